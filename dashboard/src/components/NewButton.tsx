import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";

/** Opens the dialog that creates one more of what a page lists. */
export function NewButton({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <Button leftSection={<IconPlus size={16} />} onClick={onClick}>
      {children}
    </Button>
  );
}
