/** Whether the reader came to this page with the browser's Back or Forward button. */
let isReturn = false;
addEventListener("popstate", () => {
  isReturn = true;
});
// The router dispatches it whenever a link is followed.
addEventListener("pushState", () => {
  isReturn = false;
});

export const cameFromHistory = (): boolean => isReturn;
