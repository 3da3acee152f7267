import classes from "./LongText.module.css";

const TAIL_CHARACTERS = 14;

/** One line, however long the text: the middle is cut, and the whole is shown on hover. */
export function LongText({ children: text }: { children: string }) {
  const characters = [...text];
  const head = characters.slice(0, -TAIL_CHARACTERS).join("");
  const tail = characters.slice(-TAIL_CHARACTERS).join("");
  if (head === "") return <bdi>{text}</bdi>;
  return (
    <span className={classes.line} title={text}>
      <span className={classes.head}>{head}</span>
      <span className={classes.tail}>{tail}</span>
    </span>
  );
}
