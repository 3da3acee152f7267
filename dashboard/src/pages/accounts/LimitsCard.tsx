import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Card } from "../../components/Card";
import { Countdown } from "../../components/Countdown";
import { UsageBar } from "../../components/UsageBar";
import type { AccountDetails, Limit } from "./documents";
import { EditLimitDialog } from "./EditLimitDialog";
import classes from "./LimitsCard.module.css";
import { actionLabel } from "./labels";
import { type ActionLimits, gapText, limitsByAction, nextOf } from "./limits";

interface Props {
  account: AccountDetails;
  onChange: () => void;
}

/** A bar for each kind of action: what is used, what is left, and when the next one may go. */
export function LimitsCard(props: Props) {
  return (
    <Card title="Limits" flush>
      <ul className={classes.limits} aria-label="Limits">
        {limitsByAction(props.account.limits).map((limits) => (
          <ActionLimitsRow key={limits.actionType} limits={limits} {...props} />
        ))}
      </ul>
      <p className={classes.note}>
        The last 24 hours and the last 7 days count, also what a person did by hand and reported.
      </p>
    </Card>
  );
}

function ActionLimitsRow({ limits, account, onChange }: Props & { limits: ActionLimits }) {
  const [isEditing, editing] = useDisclosure(false);
  const { actionType, day, week } = limits;
  const label = actionLabel(actionType);
  return (
    <li className={classes.limit}>
      <div className={classes.head}>
        <strong>{label}</strong>
        <span className={classes.next}>
          Next: <Next limits={limits} status={account.status} />
          {actionType && ` · ${gapText(day)}`}
        </span>
        {actionType && (
          <Button
            size="compact-xs"
            variant="default"
            className={classes.edit}
            onClick={editing.open}
            aria-label={`Edit the limits of ${label}`}
          >
            Edit
          </Button>
        )}
      </div>
      <div className={classes.windows}>
        <WindowBar label={label} limit={day} window="24 hours" />
        {week && <WindowBar label={label} limit={week} window="7 days" />}
      </div>
      {[day.advice, week?.advice].map((advice) => advice && <Advice key={advice}>{advice}</Advice>)}
      {actionType && (
        <EditLimitDialog
          {...{ limits, account, onChange }}
          opened={isEditing}
          onClose={editing.close}
        />
      )}
    </li>
  );
}

function Next({ limits, status }: { limits: ActionLimits; status: AccountDetails["status"] }) {
  const next = nextOf(limits, status);
  return "at" in next ? <Countdown until={next.at} /> : next.words;
}

function WindowBar(props: { label: string; limit: Limit; window: string }) {
  const { used, limit, remaining, fullLimit } = props.limit;
  return (
    <div className={classes.window}>
      <div className={classes.count}>
        <span>{props.window}</span>
        <span>
          {used} of {limit} used, {remaining} left
          {limit < fullLimit && <span className={classes.ramp}> (later {fullLimit})</span>}
        </span>
      </div>
      <UsageBar label={`${props.label}, ${props.window}`} used={used} limit={limit} />
    </div>
  );
}

function Advice({ children }: { children: string }) {
  return <p className={classes.advice}>{children}</p>;
}
