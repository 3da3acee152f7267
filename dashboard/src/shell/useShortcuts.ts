import { useLocalStorage } from "@mantine/hooks";
import { useEffect } from "react";

export interface Shortcut {
  key: string;
  /** What it does, as the list of shortcuts says it. */
  label: string;
  run: () => void;
}

const TYPING = "input, textarea, select, [contenteditable=true]";

/** Whether keys without Ctrl or Alt are shortcuts; the reader can switch that off. */
export const useShortcutSetting = () =>
  useLocalStorage({ key: "zenmode-shortcuts", defaultValue: true, getInitialValueInEffect: false });

/** Calls a shortcut when its key is pressed on the page itself: not while typing, not in a dialog. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const [areOn] = useShortcutSetting();
  useEffect(() => {
    if (!areOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      const { target } = event;
      if (target instanceof Element && target.closest(TYPING)) return;
      if (document.querySelector("[role=dialog], [role=menu]")) return;
      const shortcut = shortcuts.find(({ key }) => key === event.key);
      if (!shortcut) return;
      event.preventDefault();
      shortcut.run();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [areOn, shortcuts]);
}
