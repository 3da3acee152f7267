import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("a line is written as RFC 4180 has it", () => {
  expect(csvLine(["a", 'say "hi"', "one,two", "up\r\ndown", "", null, 7, true])).toBe(
    'a,"say ""hi""","one,two","up\r\ndown",,,7,true\r\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")'])(
  "the text %j is not run as a formula",
  (text) => {
    const cell = csvLine([text]).replace(/\r\n$/, "").replace(/^"/, "");
    expect(cell.startsWith("'")).toBe(true);
  },
);

test("numbers and harmless texts stay as they are", () => {
  expect(csvLine([-5, "a=b", "1-2", " =1", "'x", "יעל 👋"])).toBe("-5,a=b,1-2, =1,'x,יעל 👋\r\n");
});
