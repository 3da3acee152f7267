import { Button, Group, Text } from "@mantine/core";
import type { ApiError } from "../graphql/apiError";
import { Notice } from "./Notice";

/** What went wrong, in the place where the response would be. */
export function ErrorNotice({ error, onRetry }: { error: ApiError; onRetry?: () => void }) {
  const hint = advice(error);
  return (
    <Notice tone="bad" title={error.message} role="alert">
      {(hint || onRetry) && (
        <Group justify="space-between">
          <Text size="sm">{hint}</Text>
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              Retry
            </Button>
          )}
        </Group>
      )}
    </Notice>
  );
}

function advice({ code, retryAfterSeconds }: ApiError): string {
  if (retryAfterSeconds !== undefined) return `Retry in ${retryAfterSeconds} seconds.`;
  if (code === "UNREACHABLE") return "Check your network, and that the server is running.";
  if (code === "NO_ACTIVE_SUBSCRIPTION") return "You can still read everything that is here.";
  if (code === "INTERNAL") return "This is our fault. Retrying may help.";
  return "";
}
