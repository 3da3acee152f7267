// What a customer writes with the generated TypeScript types: `node client.ts URL KEY`.
import createClient from "openapi-fetch";

import type { components, paths } from "./api";

declare const process: { argv: string[] };
const [baseUrl, key] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${key}` } });

const payload = { profile_url: "https://linkedin.com/in/jane-doe" };
const created = await client.POST("/api/v1/tasks", { body: { action_type: "follow", payload } });
if (!created.data) throw new Error(created.error.error);
const task: components["schemas"]["Task"] = created.data.task;
const slug: string = task.payload.profile_url;
const waiting = await client.GET("/api/v1/tasks", {
  params: { query: { status: ["pending", "queued"] } },
});
const id = "task_m1abc2de_x7k2p9qr";
const missing = await client.GET("/api/v1/tasks/{id}", { params: { path: { id } } });
const known: components["schemas"]["TaskStatus"] = "pending";
if (task.status !== known) throw new Error("another status");
// Of a later version, too.
const status: components["schemas"]["Task"]["status"] = "postponed";
if (status === task.status) throw new Error("a later status");
const code: components["schemas"]["Error"]["code"] = "a_code_of_tomorrow";
if (code === missing.error?.code) throw new Error("a later code");
console.log(task.status, waiting.data?.tasks.length, missing.error?.code, slug === payload.profile_url);
