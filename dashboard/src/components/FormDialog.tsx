import { Button, Group } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { ReactNode } from "react";
import type { MutationResult } from "../graphql/useApiMutation";
import { useServerForm } from "../graphql/useServerForm";
import { Dialog } from "./Dialog";
import { Form } from "./Form";

interface FormProps<Values extends Record<string, unknown>, Data> {
  onClose: () => void;
  submitLabel: string;
  initialValues: Values;
  /** Sends the form; the server checks it. */
  send: (values: Values) => Promise<MutationResult<Data>>;
  /** Called when the server has accepted the form; the dialog closes by itself. */
  onDone: (data: Data) => void;
  /** The form's fields. */
  children: (form: UseFormReturnType<Values>) => ReactNode;
}

/** A dialog with a form in it: creates or changes one thing. It is empty each time it opens. */
export function FormDialog<Values extends Record<string, unknown>, Data>({
  opened,
  title,
  size,
  ...form
}: FormProps<Values, Data> & { opened: boolean; title: string; size?: "md" | "lg" }) {
  return (
    <Dialog opened={opened} onClose={form.onClose} title={title} {...(size && { size })}>
      <FormInDialog {...form} />
    </Dialog>
  );
}

function FormInDialog<Values extends Record<string, unknown>, Data>(
  props: FormProps<Values, Data>,
) {
  const form = useServerForm<Values, Data>({
    initialValues: props.initialValues,
    send: props.send,
    onDone: (data) => {
      props.onClose();
      props.onDone(data);
    },
  });
  return (
    <Form form={form}>
      {props.children(form.form)}
      <Group justify="flex-end">
        <Button variant="default" onClick={props.onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={form.isSending}>
          {props.submitLabel}
        </Button>
      </Group>
    </Form>
  );
}
