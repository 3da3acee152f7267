import { useCallback, useEffect, useRef } from "react";

/** As many tasks as a page keeps; beyond that the list is read again from its top. */
export const MAX_KEPT = 20_000;

/** Hidden pages get no frames, but changes must not pile up there either. */
const HIDDEN_MS = 1_000;

/**
 * Collects items and passes them on once a frame, the newest of each. While held, it only
 * counts; when even that is too much, it drops all of them and asks for a refresh.
 */
export function useFrameBuffer<Item extends { id: string }>(options: {
  isHeld: boolean;
  show: (items: Item[]) => void;
  onWaiting: (count: number) => void;
  onOverflow: () => void;
}): (item: Item) => void {
  const { isHeld, show, onWaiting, onOverflow } = options;
  const state = useRef({
    waiting: new Map<string, Item>(),
    hasOverflowed: false,
    frame: 0,
    timer: 0 as ReturnType<typeof setTimeout> | 0,
  }).current;

  const forget = useCallback(() => {
    cancelAnimationFrame(state.frame);
    clearTimeout(state.timer);
    state.frame = 0;
    state.timer = 0;
  }, [state]);

  const flush = useCallback(() => {
    forget();
    const items = [...state.waiting.values()];
    state.waiting.clear();
    onWaiting(0);
    if (state.hasOverflowed) onOverflow();
    else if (items.length > 0) show(items);
    state.hasOverflowed = false;
  }, [state, forget, show, onWaiting, onOverflow]);

  useEffect(() => {
    if (!isHeld) flush();
  }, [isHeld, flush]);
  useEffect(() => forget, [forget]);

  return (item) => {
    state.waiting.set(item.id, item);
    if (state.waiting.size > MAX_KEPT) {
      state.waiting.clear();
      state.hasOverflowed = true;
    }
    if (isHeld) {
      onWaiting(state.hasOverflowed ? MAX_KEPT : state.waiting.size);
    } else {
      state.frame ||= requestAnimationFrame(flush);
      state.timer ||= setTimeout(flush, HIDDEN_MS);
    }
  };
}
