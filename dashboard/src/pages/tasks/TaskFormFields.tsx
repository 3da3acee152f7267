import { NativeSelect, SimpleGrid, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useNow } from "../../components/useNow";
import { actionChoices, messageLengths } from "./labels";
import type { TaskForm } from "./useCreateTask";

export interface TaskFormAccount {
  id: string;
  name: string;
  status: string;
}

/** The fields of a new task. */
export function TaskFormFields(props: {
  form: UseFormReturnType<TaskForm>;
  accounts: readonly TaskFormAccount[];
}) {
  const { form, accounts } = props;
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect label="Action" data={actionChoices} {...form.getInputProps("actionType")} />
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
        label="Profile URL"
        placeholder="https://linkedin.com/in/jane-doe"
        inputMode="url"
        data-autofocus
        {...form.getInputProps("payload.profileUrl")}
      />
      <MessageField form={form} />
      <SchedulingFields form={form} />
    </>
  );
}

function MessageField({ form }: { form: UseFormReturnType<TaskForm> }) {
  const { actionType, payload } = form.getValues();
  const maxLength = messageLengths[actionType];
  if (maxLength === undefined) return null;
  return (
    <Textarea
      label={actionType === "CONNECT" ? "Note" : "Message"}
      description={<CharacterCount text={payload.message} max={maxLength} />}
      inputWrapperOrder={["label", "input", "description", "error"]}
      autosize
      minRows={3}
      maxRows={10}
      dir="auto"
      {...form.getInputProps("payload.message")}
    />
  );
}

/** Counted in characters, as the server does: an emoji is one. */
function CharacterCount({ text, max }: { text: string; max: number }) {
  const count = [...text].length;
  return (
    <Text span inherit c={count > max ? "var(--tone-bad)" : undefined}>
      {count.toLocaleString("en")} of {max.toLocaleString("en")} characters
    </Text>
  );
}

function SchedulingFields({ form }: { form: UseFormReturnType<TaskForm> }) {
  const isPast = Date.parse(form.getValues().scheduledAt) <= useNow();
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <TextInput
        label="Priority"
        description="Higher runs first"
        type="number"
        {...form.getInputProps("priority")}
      />
      <TextInput
        label="Retries"
        description="After the first attempt"
        type="number"
        {...form.getInputProps("maxRetries")}
      />
      <TextInput
        label="Not before"
        description={isPast ? "In the past: runs now" : "In your time zone"}
        type="datetime-local"
        {...form.getInputProps("scheduledAt")}
      />
    </SimpleGrid>
  );
}
