import { useEffect } from "react";
import { cameFromHistory } from "./navigationType";

/** A page may take a moment until it is as long as before. */
const LONGEST_WAIT_MS = 2_000;

/** How far each page of this visit was scrolled, by its URL. */
const positions = new Map<string, number>();

/** Pages reached with Back or Forward are scrolled to where the reader left them; others to the top. */
export function useScrollRestoration(url: string): void {
  useEffect(() => {
    const stop = scrollWhenLongEnough(cameFromHistory() ? (positions.get(url) ?? 0) : 0);
    const remember = () => positions.set(url, scrollY);
    addEventListener("scroll", remember, { passive: true });
    return () => {
      stop();
      removeEventListener("scroll", remember);
    };
  }, [url]);
}

/** Tries until the page is long enough, or the reader scrolls by themselves. */
function scrollWhenLongEnough(top: number): () => void {
  const until = performance.now() + LONGEST_WAIT_MS;
  let frame = 0;
  const stop = () => {
    cancelAnimationFrame(frame);
    removeEventListener("wheel", stop);
    removeEventListener("keydown", stop);
    removeEventListener("touchmove", stop);
  };
  const step = () => {
    scrollTo({ top, behavior: "instant" });
    const isThere = Math.abs(scrollY - top) < 2;
    if (isThere || performance.now() > until) stop();
    else frame = requestAnimationFrame(step);
  };
  addEventListener("wheel", stop, { passive: true });
  addEventListener("keydown", stop);
  addEventListener("touchmove", stop, { passive: true });
  step();
  return stop;
}
