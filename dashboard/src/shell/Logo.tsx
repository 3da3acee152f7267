import { Link } from "wouter";
import classes from "./Logo.module.css";
import logo from "./logo.svg";

export function Logo() {
  return (
    <Link href="/" className={classes.logo}>
      <img src={logo} alt="" width={26} height={26} />
      ZenMode
    </Link>
  );
}
