import { Anchor } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "wouter";
import { FormDialog } from "../../components/FormDialog";
import { TaskForecast } from "./TaskForecast";
import { type TaskFormAccount, TaskFormFields } from "./TaskFormFields";
import { emptyTaskForm, useCreateTask } from "./useCreateTask";

export function CreateTaskDialog(props: {
  opened: boolean;
  onClose: () => void;
  accounts: readonly TaskFormAccount[];
}) {
  const { create, forgetRequest } = useCreateTask();
  const close = () => {
    forgetRequest();
    props.onClose();
  };
  return (
    <FormDialog
      opened={props.opened}
      onClose={close}
      title="New task"
      size="lg"
      submitLabel="Create task"
      initialValues={emptyTaskForm}
      send={create}
      onDone={({ createTask: { task } }) => showCreated(task.id, task.warnings)}
    >
      {(form) => (
        <>
          <TaskFormFields form={form} accounts={props.accounts} />
          <TaskForecast form={form.getValues()} />
        </>
      )}
    </FormDialog>
  );
}

function showCreated(id: string, warnings: readonly { message: string }[]): void {
  notifications.show({
    color: warnings.length > 0 ? "yellow" : undefined,
    message: (
      <>
        The task is created. {warnings.map(({ message }) => `${message} `)}
        <Anchor component={Link} href={`/tasks/${id}`} inherit underline="always">
          View task
        </Anchor>
      </>
    ),
  });
}
