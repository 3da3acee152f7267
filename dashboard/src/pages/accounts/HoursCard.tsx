import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Badge } from "../../components/Badge";
import { Card } from "../../components/Card";
import { Countdown } from "../../components/Countdown";
import { enumLabel } from "../../components/enumLabel";
import type { AccountDetails, Pacing } from "./documents";
import classes from "./HoursCard.module.css";
import { HoursDialog } from "./HoursDialog";
import { placeOf, rangesOf } from "./hours";
import { weekdays } from "./labels";

interface Props {
  account: AccountDetails;
  onChange: () => void;
}

const MARKS = [0, 6, 12, 18, 24];

/** The week, and when the account may act in it. */
export function HoursCard(props: Props) {
  const { pacing } = props.account;
  const [isEditing, editing] = useDisclosure(false);
  return (
    <Card
      title="Hours"
      actions={
        <Button size="xs" variant="default" onClick={editing.open} aria-label="Edit the hours">
          Edit
        </Button>
      }
    >
      <div className={classes.state}>
        <OpenState pacing={pacing} />
        <span>{pacing.timeZone ?? "UTC"}</span>
      </div>
      <WeekGrid pacing={pacing} />
      <HoursDialog {...props} opened={isEditing} onClose={editing.close} />
    </Card>
  );
}

function OpenState({ pacing: { isOn, isOpen, opensAt, hours } }: { pacing: Pacing }) {
  if (hours.length === 0) return <span>No hours are set: it may act at any time.</span>;
  if (!isOn) return <span>These hours hold only while the account is paced.</span>;
  if (isOpen) return <Badge tone="good">Open now</Badge>;
  return (
    <>
      <Badge tone="calm">Closed now</Badge>
      {opensAt && (
        <span>
          Opens <Countdown until={opensAt} />
        </span>
      )}
    </>
  );
}

function WeekGrid({ pacing: { hours } }: { pacing: Pacing }) {
  return (
    <div>
      <ul className={classes.week} aria-label="Hours of the week">
        {weekdays.map((weekday) => {
          const ranges = rangesOf(hours, weekday).map(({ range }) => range);
          return (
            <li key={weekday} className={classes.day}>
              <span className={classes.name}>{enumLabel(weekday)}</span>
              <span className={classes.track} aria-hidden>
                {hours.length === 0 && <i style={{ left: 0, width: "100%" }} data-always />}
                {ranges.map((range) => (
                  <i key={range.opens} style={placeOf(range)} />
                ))}
              </span>
              <span className={classes.words}>
                {ranges.length === 0 && (hours.length > 0 ? "Closed" : "Open")}
                {ranges.map(({ opens, closes }) => (
                  <span key={opens}>
                    {opens}–{closes}
                  </span>
                ))}
              </span>
            </li>
          );
        })}
      </ul>
      <div className={classes.marks} aria-hidden>
        {MARKS.map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
    </div>
  );
}
