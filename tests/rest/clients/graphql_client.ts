// What a customer writes with the types of graphql-codegen: `node graphql_client.ts URL KEY`.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";

import { CreateTaskDocument, GetTaskDocument } from "./graphql_api.ts";

declare const process: { argv: string[] };
const [baseUrl, key] = process.argv.slice(2);

async function ask<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(`${baseUrl}/graphql`, {
    method: "POST",
    headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
    body: JSON.stringify({ query: print(document), variables }),
  });
  return ((await response.json()) as { data: Data }).data;
}

const payload = { profileUrl: "https://linkedin.com/in/jane-doe" };
const { createTask } = await ask(CreateTaskDocument, { input: { actionType: "FOLLOW", payload } });
const createdAt: string = createTask.task.createdAt;
const { task } = await ask(GetTaskDocument, { id: createTask.task.id });
if (!task) throw new Error("there is no such task");
const profileUrl: string = task.profileUrl;
const code: string | undefined = task.error?.code;
console.log(task.status, task.message, code, profileUrl === payload.profileUrl, createdAt.at(-1));
