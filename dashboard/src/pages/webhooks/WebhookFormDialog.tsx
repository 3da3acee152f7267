import { Checkbox, Stack, TextInput } from "@mantine/core";
import { FormDialog } from "../../components/FormDialog";
import type { MutationResult } from "../../graphql/useApiMutation";
import { eventName, type WebhookEvent, webhookEvents } from "./labels";

interface Values extends Record<string, unknown> {
  url: string;
  events: WebhookEvent[];
}

/** The URL and the events of a webhook, for a new one and for a change. */
export function WebhookFormDialog<Data>(props: {
  opened: boolean;
  onClose: () => void;
  title: string;
  submitLabel: string;
  initialValues: Values;
  send: (values: Values) => Promise<MutationResult<Data>>;
  onDone: (data: Data) => void;
}) {
  return (
    <FormDialog<Values, Data> {...props}>
      {(form) => (
        <>
          <TextInput
            label="URL"
            description="An endpoint of your server. It must begin with https://."
            placeholder="https://your-server.com/zenmode-webhook"
            inputMode="url"
            data-autofocus
            {...form.getInputProps("url")}
          />
          <Checkbox.Group label="Events" {...form.getInputProps("events")}>
            <Stack gap="xs" mt="xs">
              {webhookEvents.map((event) => (
                <Checkbox key={event} value={event} label={<code>{eventName(event)}</code>} />
              ))}
            </Stack>
          </Checkbox.Group>
        </>
      )}
    </FormDialog>
  );
}
