import { clockFor, exactTime } from "../../components/times";
import { useNow } from "../../components/useNow";
import classes from "./Timeline.module.css";
import type { Step } from "./timeline";

export function Timeline({ steps }: { steps: readonly Step[] }) {
  const clock = clockFor(
    steps.map(({ at }) => at),
    useNow(),
  );
  return (
    <ol className={classes.line}>
      {steps.map((step) => (
        <li
          key={`${step.at} ${step.title}`}
          className={classes.step}
          data-tone={step.tone}
          data-open={step.isOpen || undefined}
        >
          <div className={classes.what}>
            <strong>{step.title}</strong>
            {step.text && <span className={classes.text}>{step.text}</span>}
          </div>
          <time dateTime={step.at} title={exactTime(step.at)} className={classes.at}>
            {clock(step.at)}
          </time>
        </li>
      ))}
    </ol>
  );
}
