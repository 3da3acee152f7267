/** How the reader came to the page that is shown: by the browser's Back or Forward, or anew. */
let isReturn = false;
addEventListener("popstate", () => {
  isReturn = true;
});
// The router dispatches it whenever a link is followed.
addEventListener("pushState", () => {
  isReturn = false;
});

export const cameFromHistory = (): boolean => isReturn;
