import { type RefObject, useEffect } from "react";

interface EditorElement extends Element {
  CodeMirror?: { refresh: () => void };
}

/**
 * Gives GraphiQL's editors what they lack: names for those who hear the page, scrolling by keyboard,
 * and a second look at the width of letters once the fonts are there.
 */
export function useEditorAccessibility(frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!frame.current) return;
    const observer = new MutationObserver(() => frame.current && improveNew(frame.current));
    observer.observe(frame.current, { childList: true, subtree: true });
    improveNew(frame.current);
    return () => observer.disconnect();
  }, [frame]);
}

function improveNew(frame: HTMLElement): void {
  for (const editor of frame.querySelectorAll<EditorElement>(".CodeMirror:not([data-improved])")) {
    editor.setAttribute("data-improved", "");
    const place = editor.closest("section")?.getAttribute("aria-label") ?? "Editor";
    editor.querySelector("textarea")?.setAttribute("aria-label", place);
    const scroll = editor.querySelector(".CodeMirror-scroll");
    scroll?.setAttribute("tabindex", "0");
    scroll?.setAttribute("role", "group");
    scroll?.setAttribute("aria-label", `${place}, to scroll`);
    void document.fonts.ready.then(() => requestAnimationFrame(() => editor.CodeMirror?.refresh()));
  }
}
