import { Link } from "wouter";
import classes from "./Mark.module.css";
import mark from "./mark.svg";

export function Mark() {
  return (
    <Link href="/" className={classes.mark}>
      <img src={mark} alt="" width={26} height={26} />
      ZenMode
    </Link>
  );
}
