import { Center, Loader } from "@mantine/core";
import classes from "./PageLoading.module.css";

/** Shown while a page is loading; appears only if that takes longer than a moment. */
export function PageLoading() {
  return (
    <Center mih="50vh" className={classes.late} role="status" aria-label="Loading">
      <Loader type="dots" />
    </Center>
  );
}
