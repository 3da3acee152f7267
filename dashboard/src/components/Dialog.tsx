import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useRef } from "react";

/** What had the focus last on the page itself: neither in a dialog nor in a menu. */
let lastOnPage: HTMLElement | null = null;
document.addEventListener("focusin", ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  if (target.closest("[role=dialog], [role=menu]")) return;
  // A click on what can't have the focus, such as a button that is busy, gives it to the page.
  // A reader who clicked beside a text field has left the field.
  if (target.matches("#main") && !lastOnPage?.matches("input, textarea")) return;
  lastOnPage = target;
});

/** A list is read again after a change, and may lose the button that was pressed. */
const LOOK_AFTER_MS = [0, 250, 500, 2_000];

/**
 * Mantine's modal; it gives the focus back to where the reader was on the page: to the button
 * that opened it, also when that was an item of a menu, or the dialog followed another one.
 */
export function Dialog(props: ModalProps) {
  const wasOpened = useRef(false);
  useEffect(() => {
    if (props.opened) wasOpened.current = true;
    else if (wasOpened.current) {
      wasOpened.current = false;
      returnFocus();
    }
  }, [props.opened]);
  useEffect(
    () => () => {
      if (wasOpened.current) returnFocus();
    },
    [],
  );
  return <Modal returnFocus={false} {...props} />;
}

function returnFocus(): void {
  const wanted = lastOnPage;
  for (const ms of LOOK_AFTER_MS) {
    setTimeout(() => {
      if (!isLost()) return;
      const target = wanted?.isConnected ? wanted : document.getElementById("main");
      target?.focus({ preventScroll: true });
    }, ms);
  }
}

/** Nothing has the focus, or a dialog that is closing. */
function isLost(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body;
}
