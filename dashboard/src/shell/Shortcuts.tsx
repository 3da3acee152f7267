import { useDisclosure } from "@mantine/hooks";
import { useEffect, useMemo } from "react";
import { useLocation } from "wouter";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { useShortcuts } from "./useShortcuts";

const OPEN_EVENT = "zenmode:show-shortcuts";
const FIELD_WAIT_MS = 2_000;

/** Opens the list of shortcuts from anywhere. */
export const showShortcuts = (): boolean => dispatchEvent(new Event(OPEN_EVENT));

/** The shortcuts of every page and their list. */
export function Shortcuts() {
  const [isOpen, list] = useDisclosure(false);
  const [, navigate] = useLocation();
  const shortcuts = useMemo(
    () => [
      {
        key: "/",
        label: "Search tasks",
        run: () => {
          if (!searchField()) navigate("/tasks");
          focusSearchField(performance.now() + FIELD_WAIT_MS);
        },
      },
      { key: "?", label: "Show this list", run: list.open },
    ],
    [navigate, list.open],
  );
  useShortcuts(shortcuts);
  useEffect(() => {
    addEventListener(OPEN_EVENT, list.open);
    return () => removeEventListener(OPEN_EVENT, list.open);
  }, [list.open]);
  return <ShortcutsDialog shortcuts={shortcuts} opened={isOpen} onClose={list.close} />;
}

const searchField = () => document.querySelector<HTMLInputElement>("[data-search-field]");

/** The page with the field may still be loading. */
function focusSearchField(until: number): void {
  const field = searchField();
  if (field) {
    field.focus();
    field.select();
  } else if (performance.now() < until) {
    requestAnimationFrame(() => focusSearchField(until));
  }
}
