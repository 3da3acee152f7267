import { Badge } from "../../components/Badge";
import { enumLabel } from "../../components/enumLabel";
import { useNow } from "../../components/useNow";
import { statusTone, type TaskStatus } from "./labels";

/** A pending task that is scheduled for later is shown apart from those that can run now. */
export function TaskStatusBadge(props: { status: TaskStatus; scheduledAt: string | null }) {
  const { status, scheduledAt } = props;
  const now = useNow();
  if (status === "PENDING" && scheduledAt !== null && Date.parse(scheduledAt) > now) {
    return <Badge tone="info">Scheduled</Badge>;
  }
  return (
    <Badge tone={statusTone(status)} pulses={status === "PROCESSING"}>
      {enumLabel(status)}
    </Badge>
  );
}
