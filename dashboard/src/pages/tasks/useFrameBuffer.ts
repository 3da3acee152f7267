import { useCallback, useEffect, useRef } from "react";

/** As many tasks as a page keeps; beyond that it begins again at the top. */
export const MOST_KEPT = 20_000;

/** Hidden pages get no frames, but what is heard there must not pile up either. */
const HIDDEN_MS = 1_000;

/**
 * Collects what comes in and hands it on once a frame, the newest of each. While held, it only
 * counts; when even that is too much, it lets go of all and asks for a fresh start.
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
    hasOverflown: false,
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
    if (state.hasOverflown) onOverflow();
    else if (items.length > 0) show(items);
    state.hasOverflown = false;
  }, [state, forget, show, onWaiting, onOverflow]);

  useEffect(() => {
    if (!isHeld) flush();
  }, [isHeld, flush]);
  useEffect(() => forget, [forget]);

  return (item) => {
    state.waiting.set(item.id, item);
    if (state.waiting.size > MOST_KEPT) {
      state.waiting.clear();
      state.hasOverflown = true;
    }
    if (isHeld) {
      onWaiting(state.hasOverflown ? MOST_KEPT : state.waiting.size);
    } else {
      state.frame ||= requestAnimationFrame(flush);
      state.timer ||= setTimeout(flush, HIDDEN_MS);
    }
  };
}
