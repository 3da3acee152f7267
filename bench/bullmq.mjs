// The same deliveries through BullMQ and undici; prints how many a second, and the CPU µs of each.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { Queue, Worker } from "bullmq";
import IORedis from "ioredis";
import { Agent, request } from "undici";

const [socket, url, caBundle, deliveries, webhooks, atOnce, body] = process.argv.slice(2);
const connection = new IORedis(socket, { maxRetriesPerRequest: null });
const dispatcher = new Agent({ connect: { ca: readFileSync(caBundle) }, connections: +atOnce });
const secret = "whsec_c2VjcmV0IG9mIHRoZSBiZW5jaG1hcms=";

const queue = new Queue("deliveries", { connection });
await queue.addBulk(
  Array.from({ length: +deliveries }, (_, n) => ({
    name: "send",
    data: { n, body },
    opts: { attempts: 8, backoff: { type: "exponential", delay: 5000 }, removeOnComplete: true },
  })),
);

let done = 0;
let began, spent;
const worker = new Worker(
  "deliveries",
  async (job) => {
    began ??= performance.now();
    spent ??= process.cpuUsage();
    const signature = createHmac("sha256", secret).update(job.data.body).digest("hex");
    const answer = await request(`${url}/${job.data.n % +webhooks}`, {
      method: "POST",
      dispatcher,
      body: job.data.body,
      headers: { "content-type": "application/json", "x-zenmode-signature": signature },
    });
    await answer.body.dump();
    if (answer.statusCode >= 300) throw new Error(`answered ${answer.statusCode}`);
  },
  { connection, concurrency: +atOnce },
);
await new Promise((resolve) => {
  worker.on("completed", () => ++done === +deliveries && resolve());
});
const { user, system } = process.cpuUsage(spent);
console.log(+deliveries / ((performance.now() - began) / 1000), (user + system) / +deliveries);
process.exit(0);
