import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { ErrorNotice } from "../../components/ErrorNotice";
import type { MutationResult } from "../../graphql/useApiMutation";
import { useServerForm } from "../../graphql/useServerForm";
import { eventNames, type WebhookEvent } from "./labels";

interface Values extends Record<string, unknown> {
  url: string;
  events: WebhookEvent[];
}

/** Where events go and which: for a new webhook and for a change. */
export function WebhookForm<Data>(props: {
  initialValues: Values;
  submitLabel: string;
  send: (values: Values) => Promise<MutationResult<Data>>;
  onDone: (data: Data) => void;
  onClose: () => void;
}) {
  const { form, error, isSending, onSubmit } = useServerForm<Values, Data>(props);
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {error && <ErrorNotice error={error} />}
        <TextInput
          label="Address"
          description="Of your own server; it must begin with https."
          placeholder="https://your-server.com/zenmode-webhook"
          inputMode="url"
          data-autofocus
          {...form.getInputProps("url")}
        />
        <Checkbox.Group label="Events" {...form.getInputProps("events")}>
          <Stack gap="xs" mt="xs">
            {Object.entries(eventNames).map(([value, label]) => (
              <Checkbox key={value} value={value} label={<code>{label}</code>} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            Close
          </Button>
          <Button type="submit" loading={isSending}>
            {props.submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
