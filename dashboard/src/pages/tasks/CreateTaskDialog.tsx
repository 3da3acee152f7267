import {
  Anchor,
  Button,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRef } from "react";
import { Link } from "wouter";
import { Dialog } from "../../components/Dialog";
import { ErrorNotice } from "../../components/ErrorNotice";
import { UNREACHABLE } from "../../graphql/apiError";
import { useApiMutation } from "../../graphql/useApiMutation";
import { useServerForm } from "../../graphql/useServerForm";
import { CreateTask } from "./documents";
import { type ActionType, actionLabels, messageLengths } from "./labels";

interface Account {
  id: string;
  name: string;
  status: string;
  isDefault: boolean;
}

export function CreateTaskDialog(props: {
  opened: boolean;
  onClose: () => void;
  accounts: readonly Account[];
}) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title="New task" size="lg">
      <CreateTaskForm {...props} />
    </Dialog>
  );
}

function CreateTaskForm({
  onClose,
  accounts,
}: {
  onClose: () => void;
  accounts: readonly Account[];
}) {
  const create = useApiMutation(CreateTask);
  // An order that was sent but never answered must not become two tasks when it is sent again.
  const idempotencyKey = useRef(newKey());
  const { form, error, isSending, onSubmit } = useServerForm({
    initialValues: {
      actionType: "CONNECT" as ActionType,
      linkedinAccountId: "",
      payload: { profileUrl: "", message: "" },
      priority: "0",
      maxRetries: "3",
      scheduledAt: "",
    },
    send: async ({ payload, ...values }) => {
      const outcome = await create.run({
        input: {
          actionType: values.actionType,
          linkedinAccountId: values.linkedinAccountId || null,
          payload: {
            profileUrl: payload.profileUrl.trim(),
            message: (messageLengths[values.actionType] && payload.message) || null,
          },
          priority: Number(values.priority),
          maxRetries: Number(values.maxRetries),
          scheduledAt: values.scheduledAt ? new Date(values.scheduledAt).toISOString() : null,
          idempotencyKey: idempotencyKey.current,
        },
      });
      if (outcome.error?.code !== UNREACHABLE) idempotencyKey.current = newKey();
      return outcome;
    },
    onDone: ({ createTask: { task } }) => {
      showCreated(task.id, task.warnings);
      onClose();
    },
  });
  const { actionType, payload } = form.getValues();
  const longest = messageLengths[actionType];

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        {error && <ErrorNotice error={error} />}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <NativeSelect
            label="Action"
            data={Object.entries(actionLabels).map(([value, label]) => ({ value, label }))}
            {...form.getInputProps("actionType")}
          />
          <NativeSelect
            label="LinkedIn account"
            data={[
              { value: "", label: "The default" },
              ...accounts
                .filter(({ status }) => status !== "DISCONNECTED")
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
            {...form.getInputProps("linkedinAccountId")}
          />
        </SimpleGrid>
        <TextInput
          label="Profile"
          placeholder="https://linkedin.com/in/jane-doe"
          inputMode="url"
          data-autofocus
          {...form.getInputProps("payload.profileUrl")}
        />
        {longest !== undefined && (
          <Textarea
            label={actionType === "CONNECT" ? "Note" : "Message"}
            description={<Counter text={payload.message} longest={longest} />}
            inputWrapperOrder={["label", "input", "description", "error"]}
            autosize
            minRows={3}
            maxRows={10}
            {...form.getInputProps("payload.message")}
          />
        )}
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput
            label="Priority"
            description="Higher goes first"
            type="number"
            {...form.getInputProps("priority")}
          />
          <TextInput
            label="Retries"
            description="After the first try"
            type="number"
            {...form.getInputProps("maxRetries")}
          />
          <TextInput
            label="Not before"
            description="In your time zone"
            type="datetime-local"
            {...form.getInputProps("scheduledAt")}
          />
        </SimpleGrid>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" loading={isSending}>
            Create the task
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Counted in characters, as the server does: an emoji is one. */
function Counter({ text, longest }: { text: string; longest: number }) {
  const count = [...text].length;
  return (
    <Text span inherit c={count > longest ? "var(--tone-bad)" : undefined}>
      {count.toLocaleString("en")} of {longest.toLocaleString("en")} characters
    </Text>
  );
}

function showCreated(id: string, warnings: readonly { message: string }[]): void {
  notifications.show({
    color: warnings.length > 0 ? "yellow" : undefined,
    message: (
      <>
        The task is created. {warnings.map(({ message }) => `${message} `)}
        <Anchor component={Link} href={`/tasks/${id}`} inherit underline="always">
          View it
        </Anchor>
      </>
    ),
  });
}

/** `randomUUID` is not there on pages that came over plain http from another machine. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
