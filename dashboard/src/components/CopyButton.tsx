import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";

/** Puts `value` on the clipboard. With `children` a button of words, without an icon named `label`. */
export function CopyButton(props: { value: string; label?: string; children?: string }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => void copyText(props.value).then(setIsCopied);
  const icon = isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />;
  const label = isCopied ? "Copied" : (props.label ?? "Copy");
  if (props.children) {
    return (
      <Button size="xs" variant="default" leftSection={icon} onClick={copy}>
        {isCopied ? "Copied" : props.children}
      </Button>
    );
  }
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={copy}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** Whether it worked. Over plain http browsers give pages no clipboard, but still obey the old command. */
async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement("textarea");
  field.value = text;
  (document.querySelector("[role=dialog]") ?? document.body).append(field);
  field.select();
  const worked = document.execCommand("copy");
  field.remove();
  return worked;
}
