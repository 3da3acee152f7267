import { useEffect } from "react";
import { cameFromHistory } from "./navigationType";

/** A page that is read anew may take a moment to be as long as it was. */
const LONGEST_WAIT_MS = 2_000;

/** Where the reader was on each page of this visit, by its address. */
const places = new Map<string, number>();

/** A page that the reader comes back to is shown where they left it; any other from its top. */
export function useScrollRestoration(address: string): void {
  useEffect(() => {
    const stop = scrollWhenLongEnough(cameFromHistory() ? (places.get(address) ?? 0) : 0);
    const remember = () => places.set(address, scrollY);
    addEventListener("scroll", remember, { passive: true });
    return () => {
      stop();
      removeEventListener("scroll", remember);
    };
  }, [address]);
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
