import { VisuallyHidden } from "@mantine/core";
import classes from "./TaskTable.module.css";

export function TableHead() {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th className={classes.status}>Status</th>
        <th>Task</th>
        <th className={classes.account}>Account</th>
        <th className={classes.attempts}>Attempts</th>
        <th className={classes.created}>Created</th>
        <th className={classes.changed}>Changed</th>
        <th className={classes.actions}>
          <VisuallyHidden>Actions</VisuallyHidden>
        </th>
      </tr>
    </thead>
  );
}
