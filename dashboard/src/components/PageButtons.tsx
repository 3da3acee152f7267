import { Button, Group } from "@mantine/core";
import classes from "./PageButtons.module.css";

/** Leads to newer and older pages of a list; shown when there is more than one. */
export function PageButtons(props: {
  /** The cursors of the pages that lead to the one that is shown; empty at the newest. */
  cursors: readonly string[];
  onChange: (cursors: string[]) => void;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}) {
  const { cursors, onChange, pageInfo } = props;
  if (cursors.length === 0 && !pageInfo.hasNextPage) return null;
  return (
    <Group justify="space-between" className={classes.buttons}>
      <Button
        size="xs"
        variant="default"
        disabled={cursors.length === 0}
        onClick={() => onChange(cursors.slice(0, -1))}
      >
        Newer
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={!pageInfo.hasNextPage}
        onClick={() => onChange([...cursors, pageInfo.endCursor ?? ""])}
      >
        Older
      </Button>
    </Group>
  );
}
