import type { ReactNode } from "react";
import classes from "./Rows.module.css";

/** A list of things, each with what can be done with it. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  );
}

/** One thing: its name, in what state it is, what else there is to know. */
export function Row(props: {
  name: ReactNode;
  badges?: ReactNode;
  /** Shown one after the other; what is null is left out. */
  facts: readonly (ReactNode | null)[];
  actions?: ReactNode;
  isPast?: boolean;
  children?: ReactNode;
}) {
  return (
    <li className={classes.row} data-past={props.isPast || undefined}>
      <div className={classes.what}>
        <div className={classes.head}>
          <span className={classes.name}>
            <bdi>{props.name}</bdi>
          </span>
          {props.badges}
        </div>
        <div className={classes.facts}>
          {props.facts
            .filter((fact) => fact !== null)
            .map((fact, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: facts keep their places
              <span key={place}>{fact}</span>
            ))}
        </div>
        {props.children}
      </div>
      {props.actions && <div className={classes.actions}>{props.actions}</div>}
    </li>
  );
}
