/** A value of a cell; null is an empty cell. */
export type CsvValue = string | number | boolean | null;

/** Spreadsheets run a text that begins with one of these as a formula. */
const BEGINS_LIKE_A_FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** A line of CSV as RFC 4180 has it, with its line end. No text in it is run as a formula. */
export const csvLine = (values: readonly CsvValue[]): string =>
  `${values.map(csvCell).join(",")}\r\n`;

function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = BEGINS_LIKE_A_FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
