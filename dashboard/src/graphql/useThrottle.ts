import { useCallback, useRef } from "react";

/** Calls at once, then not again before the rest is over; what came in between counts as one. */
export function useThrottle(restMs: number, call: () => void): () => void {
  const latest = useRef(call);
  latest.current = call;
  const state = useRef({ isResting: false, isAsked: false });
  return useCallback(() => {
    const now = state.current;
    now.isAsked = true;
    if (now.isResting) return;
    const turn = () => {
      now.isResting = now.isAsked;
      if (!now.isAsked) return;
      now.isAsked = false;
      latest.current();
      setTimeout(turn, restMs);
    };
    turn();
  }, [restMs]);
}
