import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ApiError } from "../graphql/apiError";

/** What went wrong, for the place where the answer would have been. */
export function ErrorNotice({ error, onRetry }: { error: ApiError; onRetry?: () => void }) {
  const hint = advice(error);
  return (
    <Alert
      color="var(--tone-bad)"
      icon={<IconAlertTriangle />}
      title={error.message}
      role="alert"
      styles={{ title: { color: "var(--tone-bad)" } }}
    >
      {(hint || onRetry) && (
        <Group justify="space-between">
          <Text size="sm">{hint}</Text>
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
        </Group>
      )}
    </Alert>
  );
}

function advice({ code, retryAfterSeconds }: ApiError): string {
  if (retryAfterSeconds !== undefined) return `Try again in ${retryAfterSeconds} seconds.`;
  if (code === "UNREACHABLE") return "Check your network, or that the server is running.";
  if (code === "NO_ACTIVE_SUBSCRIPTION") return "You can still read everything that is here.";
  if (code === "INTERNAL") return "This is our fault. Trying again may help.";
  return "";
}
