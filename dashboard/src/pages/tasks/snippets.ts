import type { TaskDetails } from "./timeline";

export const languages = ["cURL", "Python", "Node"] as const;
export type Language = (typeof languages)[number];

/** The body that creates this task, in REST's names. */
function bodyOf(task: SnippetTask): object {
  return {
    action_type: task.actionType.toLowerCase(),
    linkedin_account_id: task.linkedinAccount.id,
    payload: task.payload,
    priority: task.priority,
    max_retries: task.maxRetries,
  };
}

type SnippetTask = Pick<TaskDetails, "actionType" | "payload" | "priority" | "maxRetries"> & {
  linkedinAccount: { id: string };
};

/** A program that creates the same task, with the API key from its environment. */
export function snippet(language: Language, task: SnippetTask, origin: string): string {
  const body = JSON.stringify(bodyOf(task), null, 2);
  const url = `${origin}/api/v1/tasks`;
  if (language === "cURL") {
    return `curl -X POST ${url} \\
  -H "Authorization: Bearer $ZENMODE_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d ${shellQuoted(body)}`;
  }
  if (language === "Python") {
    return `import os, requests

response = requests.post(
    "${url}",
    headers={"Authorization": f"Bearer {os.environ['ZENMODE_API_KEY']}"},
    json=${pythonOf(bodyOf(task), 1)},
)
response.raise_for_status()
print(response.json()["task"]["id"])`;
  }
  return `const response = await fetch("${url}", {
  method: "POST",
  headers: {
    Authorization: \`Bearer \${process.env.ZENMODE_API_KEY}\`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify(${body.replaceAll("\n", "\n  ")}),
});
if (!response.ok) throw new Error(await response.text());
console.log((await response.json()).task.id);`;
}

/** One word to a POSIX shell, whatever is in it. */
const shellQuoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Python writes strings and numbers as JSON does, but not null, true and false. */
function pythonOf(value: unknown, depth: number): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "object") return JSON.stringify(value);
  const indent = "    ".repeat(depth + 1);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Array.isArray(value)
    ? value.map((one) => pythonOf(one, depth + 1))
    : Object.entries(value).map(
        ([name, one]) => `${JSON.stringify(name)}: ${pythonOf(one, depth + 1)}`,
      );
  return `${open}\n${parts.map((part) => `${indent}${part},\n`).join("")}${"    ".repeat(depth)}${close}`;
}
