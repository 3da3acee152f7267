import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { snippet } from "./snippets";

const task = {
  actionType: "MESSAGE" as const,
  linkedinAccount: { id: "acc_1" },
  payload: {
    profile_url: "https://linkedin.com/in/jane-doe",
    message: 'It\'s "me"\n`$HOME` \\ 👋',
  },
  priority: 5,
  maxRetries: 0,
};
const body = {
  action_type: "message",
  linkedin_account_id: "acc_1",
  payload: task.payload,
  priority: 5,
  max_retries: 0,
};
const origin = "http://localhost:8000";

test("the shell gives curl exactly this body", () => {
  const script = snippet("cURL", task, origin).replace(/^curl/, "printf '%s\\n' --");
  const words = execFileSync("sh", ["-c", `${script} | tail -n +8`], { encoding: "utf8" });
  expect(JSON.parse(words.slice(words.indexOf("{")))).toEqual(body);
});

test("Python sends exactly this body", () => {
  const code = snippet("Python", task, origin)
    .replace("import os, requests", "import json, os\nos.environ['ZENMODE_API_KEY'] = 'zm'")
    .replace("requests.post(", "dict(url=")
    .replace(/response\.raise[\s\S]*/, "print(json.dumps(response['json']))");
  expect(JSON.parse(execFileSync("python3", ["-c", code], { encoding: "utf8" }))).toEqual(body);
});

test("Node sends exactly this body", () => {
  const code = snippet("Node", task, origin)
    .replace("await fetch", "((_, sent) => sent)")
    .replace(/if \(!response[\s\S]*/, "process.stdout.write(response.body)");
  expect(JSON.parse(execFileSync("node", ["-e", code], { encoding: "utf8" }))).toEqual(body);
});
