import type { ReactNode } from "react";
import classes from "./Badge.module.css";

export type Tone = "calm" | "info" | "busy" | "good" | "warn" | "bad";

/** A state in a word; the dot pulses while something is under way. */
export function Badge(props: { tone: Tone; pulses?: boolean; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={props.tone} data-pulses={props.pulses || undefined}>
      {props.children}
    </span>
  );
}
