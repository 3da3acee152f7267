import { Center, Loader } from "@mantine/core";
import classes from "./PageLoading.module.css";

/** Stands where a page will be; stays unseen if that takes but a moment. */
export function PageLoading() {
  return (
    <Center mih="50vh" className={classes.late} role="status" aria-label="Loading">
      <Loader type="dots" />
    </Center>
  );
}
