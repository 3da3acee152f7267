/** The URL that a link to a profile opens: a profile URL may be stored without its scheme. */
export function profileLink(profileUrl: string): string {
  const path = profileUrl.trim().replace(/^(https?:)?\/\//i, "");
  const scheme = /^http:/i.test(profileUrl.trim()) ? "http" : "https";
  return `${scheme}://${path}`;
}
