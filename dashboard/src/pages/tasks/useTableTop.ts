import { type RefObject, useLayoutEffect, useState } from "react";

/** How far below the top of the page a table begins, in pixels. */
export function useTableTop(table: RefObject<HTMLTableElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (table.current) setTop(table.current.getBoundingClientRect().top + scrollY);
    };
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, [table]);
  return top;
}
