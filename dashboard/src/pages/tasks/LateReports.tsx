import { Stack, Text } from "@mantine/core";
import { CodeBlock } from "../../components/CodeBlock";
import type { TaskDetails } from "./timeline";

/** What agents reported about a task after it was final. */
export function LateReports({ attempts }: { attempts: TaskDetails["attempts"] }) {
  return attempts
    .filter(({ lateReport }) => lateReport !== null)
    .map(({ number, lateReport }) => (
      <Stack key={number} gap="xs" mt="md">
        <Text size="sm">
          After the task was final, its agent still reported on attempt {number}:
        </Text>
        <CodeBlock label="late report" code={JSON.stringify(lateReport, null, 2)} />
      </Stack>
    ));
}
