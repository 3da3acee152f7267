import { Button } from "@mantine/core";
import { useId, useState } from "react";
import classes from "./LongMessage.module.css";

const SHOWN_CHARACTERS = 600;

/** A message as it was written, in its own direction. A long one opens with a button. */
export function LongMessage({ children: text }: { children: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const isLong = text.length > SHOWN_CHARACTERS || text.split("\n").length > 12;
  return (
    <>
      <blockquote
        id={id}
        className={classes.message}
        dir="auto"
        data-closed={(isLong && !isOpen) || undefined}
      >
        {text}
      </blockquote>
      {isLong && (
        <Button
          className={classes.toggle}
          size="compact-xs"
          variant="subtle"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? "Show less" : `Show all ${[...text].length.toLocaleString("en")} characters`}
        </Button>
      )}
    </>
  );
}
