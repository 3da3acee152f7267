import {
  createSourceFile,
  forEachChild,
  type Node,
  ScriptKind,
  ScriptTarget,
  SyntaxKind,
} from "typescript";
import { expect, test } from "vitest";

const MAX_LINES = 80;
const FUNCTIONS = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.MethodDeclaration,
]);
const sources = import.meta.glob<string>(["./**/*.{ts,tsx}", "!./**/*.test.*"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** How many lines each function of a file has: components, hooks and the others. */
function functionLengths(path: string, text: string): [string, number][] {
  const file = createSourceFile(path, text, ScriptTarget.Latest, true, ScriptKind.TSX);
  const lengths: [string, number][] = [];
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  const visit = (node: Node) => {
    if (FUNCTIONS.has(node.kind)) {
      const first = lineOf(node.getStart());
      lengths.push([`${path}:${first + 1}`, lineOf(node.getEnd()) - first + 1]);
    }
    forEachChild(node, visit);
  };
  visit(file);
  return lengths;
}

test("a component can be read at a glance", () => {
  const all = Object.entries(sources).flatMap(([path, text]) => functionLengths(path, text));
  expect(all.length).toBeGreaterThan(300);
  expect(all.filter(([, lines]) => lines > MAX_LINES)).toEqual([]);
});

test("the lines of a function are counted", () => {
  const text = "export const A = () => {\n  return 1;\n};\nfunction b() {}\n";
  expect(functionLengths("x.tsx", text)).toEqual([
    ["x.tsx:1", 3],
    ["x.tsx:4", 1],
  ]);
});
