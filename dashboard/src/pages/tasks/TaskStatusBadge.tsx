import { Badge } from "../../components/Badge";
import { useNow } from "../../components/RelativeTime";
import { statusLabels, statusTones, type TaskStatus } from "./labels";

/** A pending task whose time has not come yet is shown apart from those that could run now. */
export function TaskStatusBadge(props: { status: TaskStatus; scheduledAt: string | null }) {
  const { status, scheduledAt } = props;
  const now = useNow();
  if (status === "PENDING" && scheduledAt !== null && Date.parse(scheduledAt) > now) {
    return <Badge tone="info">Scheduled</Badge>;
  }
  return (
    <Badge tone={statusTones[status]} pulses={status === "PROCESSING"}>
      {statusLabels[status]}
    </Badge>
  );
}
