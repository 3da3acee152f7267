import { Button } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import classes from "./TaskTable.module.css";

/** Says how many tasks are new above the rows in view, and leads to them. */
export function NewTasksButton({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <div className={classes.pill}>
      <Button
        size="xs"
        radius="xl"
        leftSection={<IconArrowUp size={14} />}
        onClick={() => scrollTo({ top: 0, behavior: "instant" })}
      >
        {count} new
      </Button>
    </div>
  );
}
