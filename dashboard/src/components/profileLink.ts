/** Where a link to a profile goes: an address may be kept without its scheme, as people write it. */
export function profileLink(profileUrl: string): string {
  const address = profileUrl.trim().replace(/^(https?:)?\/\//i, "");
  const scheme = /^http:/i.test(profileUrl.trim()) ? "http" : "https";
  return `${scheme}://${address}`;
}
