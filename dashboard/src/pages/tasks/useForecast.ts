import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "urql";
import type { VariablesOf } from "../../graphql/graphql";
import { ForecastTasks } from "./documents";

type Input = VariablesOf<typeof ForecastTasks>["inputs"][number];

const DEBOUNCE_MS = 500;

/**
 * When a task would start that is not created yet, read again a moment after the form has changed.
 * While nothing is entered that could be planned, nothing is asked.
 */
export function useForecast(input: Input) {
  const [wanted] = useDebouncedValue(JSON.stringify(input), DEBOUNCE_MS);
  const settled = JSON.parse(wanted) as Input;
  const [{ data, error, fetching }] = useQuery({
    query: ForecastTasks,
    variables: { inputs: [settled] },
    requestPolicy: "network-only",
    pause: settled.payload.profileUrl === "",
  });
  const isCurrent = wanted === JSON.stringify(input) && !fetching;
  return { forecast: data?.forecastTasks, hasFailed: error !== undefined, isCurrent };
}
