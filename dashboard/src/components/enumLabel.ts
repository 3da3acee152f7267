/**
 * A value of one of the schema's enums in words: "View profile" of VIEW_PROFILE. It also names
 * values that are newer than this page.
 */
export function enumLabel(value: string): string {
  const words = value.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
