import { expect, test } from "vitest";
import { profileLink } from "./profileLink";

test.each([
  ["https://www.linkedin.com/in/jane-doe", "https://www.linkedin.com/in/jane-doe"],
  ["HTTP://linkedin.com/in/jane-doe", "http://linkedin.com/in/jane-doe"],
  ["linkedin.com/in/jane-doe", "https://linkedin.com/in/jane-doe"],
  ["//m.linkedin.com/in/jane-doe", "https://m.linkedin.com/in/jane-doe"],
  [" de.linkedin.com/in/jane-doe\n", "https://de.linkedin.com/in/jane-doe"],
])("a link to %s goes to LinkedIn", (kept, link) => {
  expect(profileLink(kept)).toBe(link);
});
