import { StartsAt } from "../../components/StartsAt";
import classes from "./TaskForecast.module.css";
import { calendarOf } from "./taskCalendar";
import { inputOf, type TaskForm } from "./useCreateTask";
import { useForecast } from "./useForecast";

/** The calendar of a task before it is created: the day, the time, and what stands against it. */
export function TaskForecast({ form }: { form: TaskForm }) {
  const { forecast, hasFailed, isCurrent } = useForecast(inputOf(form));
  const hasProfile = form.payload.profileUrl.trim() !== "";
  return (
    <section
      className={classes.forecast}
      aria-label="Calendar"
      aria-busy={hasProfile && !isCurrent}
    >
      {!hasProfile && "Enter a profile to see when the task would start."}
      {hasProfile && hasFailed && "When the task would start can't be said right now."}
      {hasProfile && !hasFailed && !forecast && "Looking when it would start…"}
      {hasProfile && !hasFailed && forecast && <ForecastContent forecast={forecast} />}
    </section>
  );
}

type Forecast = NonNullable<ReturnType<typeof useForecast>["forecast"]>;

function ForecastContent({ forecast }: { forecast: Forecast }) {
  const { finishesAt, problems, days } = forecast;
  if (problems.length > 0) {
    return (
      <ul className={classes.problems} aria-label="Problems">
        {problems.map(({ index, path, message }) => (
          <li key={`${index} ${path.join()}`}>
            {labelOf(path)}: {message}.
          </li>
        ))}
      </ul>
    );
  }
  return (
    <>
      {finishesAt ? (
        <p className={classes.start}>
          It would start <StartsAt at={finishesAt} />.
        </p>
      ) : (
        <p className={classes.start}>
          When it would start can't be said: see why on the account's page.
        </p>
      )}
      <ol className={classes.days} aria-label="Days">
        {calendarOf(days).map(({ date, label, actions }) => (
          <li key={date}>
            <time dateTime={date}>{label}</time>
            <span>{actions}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Fields as the form calls them. */
const labels: Record<string, string> = {
  linkedinAccountId: "LinkedIn account",
  maxRetries: "Retries",
  message: "Message",
  priority: "Priority",
  profileUrl: "Profile URL",
  scheduledAt: "Not before",
};

const labelOf = (path: readonly string[]): string => labels[path.at(-1) ?? ""] ?? path.join(".");
