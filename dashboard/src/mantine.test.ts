import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Parts of a component stand in that component's style sheet. */
const sheetOf = (name: string) => `@mantine/core/styles/${name}.css`;

test("every Mantine component that is used has its style sheet", () => {
  const listed = readFileSync("src/mantine.css", "utf8");
  const sources = import.meta.glob<string>("./**/*.tsx", {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const used = Object.values(sources).flatMap((source) =>
    [...source.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)].flatMap(([, names = ""]) =>
      names.split(",").map((name) => name.trim().replace(/^type /, "")),
    ),
  );
  const missing = [...new Set(used)]
    .filter((name) => existsSync(`node_modules/${sheetOf(name)}`))
    .filter((name) => !listed.includes(sheetOf(name)));
  expect(missing).toEqual([]);
});
