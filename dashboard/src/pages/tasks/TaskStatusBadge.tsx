import { Badge } from "../../pieces/Badge";
import { statusTones, statusWords, type TaskStatus } from "./taskWords";

export function TaskStatusBadge({ status }: { status: TaskStatus }) {
  return (
    <Badge tone={statusTones[status]} pulses={status === "PROCESSING"}>
      {statusWords[status]}
    </Badge>
  );
}
