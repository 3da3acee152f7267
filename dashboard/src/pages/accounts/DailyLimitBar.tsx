import { Progress } from "@mantine/core";

/** How much of an account's daily limit is used; red when nothing is left. */
export function DailyLimitBar(props: {
  accountName: string;
  createdToday: number;
  dailyTaskLimit: number;
  className?: string | undefined;
}) {
  const percent = Math.min(100, (props.createdToday / props.dailyTaskLimit) * 100);
  return (
    <Progress
      value={percent}
      color={percent >= 100 ? "red.7" : percent >= 80 ? "yellow.7" : "pine"}
      size="sm"
      className={props.className ?? ""}
      aria-label={`${props.accountName}: tasks created today, in percent of the limit`}
    />
  );
}
