import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

test("the lock names the packages of every system, or npm ci would refuse it on a fresh machine", () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as Locked;
  const locked = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies),
  );
  expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
});
