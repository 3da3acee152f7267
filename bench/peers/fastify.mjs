// Fastify with pg and ioredis on Node, with a schema for each answer, as its documentation advises.

import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import Fastify from "fastify";
import { Redis } from "ioredis";
import pg from "pg";

const LIMIT = Number(process.env.BENCH_RATE_LIMIT);
const DAILY = Number(process.env.BENCH_DAILY_LIMIT);
const PLACE = readFileSync(process.env.BENCH_PLACE_SQL, "utf8");
const SCRIPT = readFileSync(process.env.BENCH_LIMIT_LUA, "utf8");
const COLUMNS = `id, action_type, status, linkedin_account_id, payload, priority, max_retries,
  attempt_count AS attempts, result, scheduled_at, created_at, updated_at, started_at, completed_at`;
const GET = `SELECT ${COLUMNS} FROM tasks WHERE id = $1 AND workspace_id = $2`;
const LIST = `SELECT ${COLUMNS} FROM tasks WHERE workspace_id = $1
  ORDER BY seq DESC LIMIT $2 OFFSET $3`;
const KEY = `SELECT workspace_id FROM api_keys WHERE token_hash = $1 AND revoked_at IS NULL`;

pg.types.setTypeParser(20, Number);
const pool = new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 10 });
const redis = new Redis(process.env.BENCH_REDIS_URL.replace("unix://", ""), { enableAutoPipelining: true });
redis.defineCommand("spend", { numberOfKeys: 1, lua: SCRIPT });
const keys = new Map();

const text = { type: "string" };
const time = { type: ["string", "null"] };
const task = {
  type: "object",
  properties: {
    id: text, action_type: text, status: text, linkedin_account_id: text,
    payload: { type: "object", additionalProperties: true },
    priority: { type: "integer" }, max_retries: { type: "integer" }, attempts: { type: "integer" },
    result: { type: ["object", "null"], additionalProperties: true },
    scheduled_at: time, created_at: time, updated_at: time, started_at: time, completed_at: time,
  },
};
const one = { type: "object", properties: { task } };
const page = {
  type: "object",
  properties: {
    tasks: { type: "array", items: task }, limit: { type: "integer" }, offset: { type: "integer" },
    has_more: { type: "boolean" },
  },
};
const order = {
  type: "object",
  required: ["action_type", "payload"],
  additionalProperties: false,
  properties: {
    action_type: { enum: ["connect", "message", "follow", "view_profile", "withdraw_connection"] },
    linkedin_account_id: text,
    payload: {
      type: "object",
      required: ["profile_url"],
      properties: {
        profile_url: {
          type: "string", maxLength: 2048,
          pattern: "^https?://((www|[a-z]{2})\\.)?linkedin\\.com/in/[^/?#\\s]+/?(\\?\\S*)?$",
        },
        message: { type: "string", maxLength: 8000 },
      },
    },
    priority: { type: "integer", minimum: 0, maximum: 10, default: 0 },
    max_retries: { type: "integer", minimum: 0, maximum: 10, default: 3 },
  },
};

function iso(ms) {
  return ms === null ? null : new Date(ms).toISOString();
}

function shown(row) {
  return {
    ...row,
    attempts: row.attempts ?? row.attempt_count,
    payload: JSON.parse(row.payload),
    result: row.result === null ? null : JSON.parse(row.result),
    scheduled_at: iso(row.scheduled_at), created_at: iso(row.created_at),
    updated_at: iso(row.updated_at), started_at: iso(row.started_at),
    completed_at: iso(row.completed_at),
  };
}

function newId(now) {
  const tail = Array.from(randomBytes(8), (byte) => (byte % 36).toString(36)).join("");
  return `task_${now.toString(36)}_${tail}`;
}

const query = (name, sql, values) => pool.query({ name, text: sql, values });
const app = Fastify({ logger: false });

app.addHook("onRequest", async (request, reply) => {
  const token = (request.headers.authorization ?? "").replace(/^Bearer /i, "");
  const digest = createHash("sha256").update(token).digest("hex");
  let known = keys.get(digest);
  if (!known || performance.now() - known.at > 4000) {
    const { rows } = await query("key", KEY, [digest]);
    if (!rows.length) return reply.code(401).send({ error: { code: "unauthorized" } });
    known = { workspace: rows[0].workspace_id, at: performance.now() };
    keys.set(digest, known);
  }
  const [fits, left, wait] = await redis.spend(`zenmode:limit:${known.workspace}`, LIMIT, 1, 60000);
  const seconds = Math.max(1, Math.ceil(wait / 1000));
  reply.headers({
    "RateLimit-Policy": `"requests";q=${LIMIT};w=60`,
    RateLimit: `"requests";r=${left};t=${seconds}`,
    "X-RateLimit-Limit": LIMIT, "X-RateLimit-Remaining": left, "X-RateLimit-Reset": seconds,
  });
  if (!fits) return reply.code(429).send({ error: { code: "rate_limited" } });
  request.workspace = known.workspace;
});

app.post("/api/v1/tasks", { schema: { body: order, response: { 201: one } } },
  async (request, reply) => {
    const { body, workspace } = request;
    const now = Date.now();
    const { rows } = await query("place", PLACE, [
      newId(now), workspace, body.linkedin_account_id ?? null,
      new Date(now).toISOString().slice(0, 10), DAILY, body.action_type,
      JSON.stringify(body.payload), body.priority, body.max_retries, null, null, now,
    ]);
    if (!rows.length) return reply.code(429).send({ error: { code: "daily_task_limit" } });
    redis.publish("bench:events", JSON.stringify({ kind: "task", task: rows[0] }));
    reply.code(201);
    return { task: shown(rows[0]) };
  });

app.get("/api/v1/tasks/:id", { schema: { response: { 200: one } } }, async (request, reply) => {
  const { rows } = await query("get", GET, [request.params.id, request.workspace]);
  if (!rows.length) return reply.code(404).send({ error: { code: "not_found" } });
  return { task: shown(rows[0]) };
});

app.get("/api/v1/tasks", { schema: { response: { 200: page } } }, async (request) => {
  const limit = Number(request.query.limit ?? 50);
  const offset = Number(request.query.offset ?? 0);
  const { rows } = await query("list", LIST, [request.workspace, limit + 1, offset]);
  const tasks = rows.slice(0, limit).map(shown);
  return { tasks, limit, offset, has_more: rows.length > limit };
});

await app.listen({ port: Number(process.env.BENCH_PORT), host: "127.0.0.1" });
