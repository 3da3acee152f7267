import { expect, test } from "vitest";
import { profileName, resultOf } from "./taskContent";

test("a profile is named as in its URL, decoded", () => {
  const name = (profile_url: string) => profileName({ profile_url });
  expect(name("https://linkedin.com/in/jane-doe/?x=1")).toBe("jane-doe");
  expect(name("https://linkedin.com/in/%D7%99%D7%A2%D7%9C")).toBe("יעל");
  expect(name("https://linkedin.com/in/100%")).toBe("100%");
});

test.each([
  [null, "", false],
  [{ success: true }, "", false],
  [{ success: true, dry_run: true }, "", true],
  [
    { success: false, error: { code: "gone", message: "The profile is gone." } },
    "gone: The profile is gone.",
    false,
  ],
  [{ error: { code: "gone" } }, "gone", false],
  [{ error: "odd", dry_run: "yes" }, "", false],
  ["odd", "", false],
])("the result %j says why a task failed and whether it was real", (result, error, isDryRun) => {
  expect(resultOf(result)).toEqual({ error, isDryRun });
});
