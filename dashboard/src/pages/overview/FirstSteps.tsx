import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { Link } from "wouter";
import { Card } from "../../components/Card";
import type { FirstStep } from "./firstStepList";
import classes from "./OverviewPage.module.css";

export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <Card title="First steps" flush>
      <ol className={classes.steps}>
        {steps.map((step) => {
          const Icon = step.isDone ? IconCircleCheck : IconCircleDashed;
          return (
            <li
              key={step.title}
              data-done={step.isDone || undefined}
              data-next={step === next || undefined}
            >
              <Link href={step.href} className={classes.step}>
                <Icon size={22} stroke={1.6} aria-label={step.isDone ? "Done" : "To do"} />
                <span>
                  <strong>{step.title}</strong>
                  <span className={classes.advice}>{step.advice}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
