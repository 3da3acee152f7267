import { UsageBar } from "../../components/UsageBar";

/** How much of an account's daily limit of created tasks is used. */
export function DailyLimitBar(props: {
  accountName: string;
  createdToday: number;
  dailyTaskLimit: number;
  className?: string | undefined;
}) {
  return (
    <UsageBar
      label={`${props.accountName}: tasks created today`}
      used={props.createdToday}
      limit={props.dailyTaskLimit}
      className={props.className}
    />
  );
}
