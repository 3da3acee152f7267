import { expect, test } from "vitest";
import { clockOf, nextRange, placeOf, rangesOf, timeZones, workingWeek } from "./hours";

const monday = (opens: string, closes: string) => ({ weekday: "MONDAY" as const, opens, closes });

test("hours are understood as people type them", () => {
  const typed = ["9", "930", "0930", "9:30", "18.00", " 24 ", "24:00", "7h15"];
  expect(typed.map(clockOf)).toEqual([
    "09:00",
    "09:30",
    "09:30",
    "09:30",
    "18:00",
    "24:00",
    "24:00",
    "07:15",
  ]);
});

test("what is no time is left as it was typed, for the server to say why", () => {
  expect(["", "soon", "9 to 5", "12:5"].map(clockOf)).toEqual(["", "soon", "9 to 5", "12:5"]);
});

test("a further range begins where the last one of its day ends", () => {
  const hours = [
    monday("09:00", "12:00"),
    { ...monday("13:00", "14:00"), weekday: "FRIDAY" as const },
  ];
  expect(nextRange(hours, "MONDAY")).toEqual(monday("12:00", ""));
  expect(nextRange(hours, "SUNDAY")).toMatchObject({ opens: "09:00", closes: "18:00" });
  expect(nextRange([monday("20:00", "24:00")], "MONDAY")).toEqual(monday("", ""));
});

test("ranges keep their places in the whole list, by which the server names them", () => {
  const hours = [...workingWeek(), monday("20:00", "22:00")];
  expect(rangesOf(hours, "MONDAY").map(({ index }) => index)).toEqual([0, 5]);
  expect(hours.map(({ weekday }) => weekday)).not.toContain("SATURDAY");
});

test("a range has its place in the 24 hours of its day", () => {
  expect(placeOf(monday("06:00", "18:00"))).toEqual({ left: "25%", width: "50%" });
  expect(placeOf(monday("12:00", "24:00"))).toEqual({ left: "50%", width: "50%" });
});

test("the account's own time zone can be chosen also where the browser does not know it", () => {
  expect(timeZones("Mars/Olympus")).toEqual(expect.arrayContaining(["UTC", "Mars/Olympus"]));
  expect(timeZones("UTC").filter((zone) => zone === "UTC")).toHaveLength(1);
});
