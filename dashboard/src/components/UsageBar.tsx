import { Progress } from "@mantine/core";

/** How much of a limit is used; red when nothing is left. */
export function UsageBar(props: {
  /** What is counted, for readers who cannot see the bar. */
  label: string;
  used: number;
  limit: number;
  className?: string | undefined;
}) {
  const percent = props.limit > 0 ? Math.min(100, (props.used / props.limit) * 100) : 100;
  return (
    <Progress
      value={percent}
      color={percent >= 100 ? "red.7" : percent >= 80 ? "yellow.7" : "pine"}
      size="sm"
      className={props.className ?? ""}
      aria-label={`${props.label}, in percent of the limit`}
    />
  );
}
