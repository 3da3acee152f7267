// Speaks to a GraphQL server as the reference client of graphql-transport-ws does, and prints what came.
// Usage: node graphql_ws.mjs URL TOKEN
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";

const [url, token] = process.argv.slice(2);

const clientWith = (authorization, events = {}) =>
  createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    keepAlive: 100,
    retryAttempts: 0,
    on: events,
  });

const answersTo = (client, query) =>
  new Promise((resolve) => {
    const answers = [];
    client.subscribe(
      { query },
      {
        next: (answer) => answers.push(answer),
        complete: () => resolve({ answers }),
        error: (error) => resolve({ answers, error: error.code ?? error }),
      },
    );
  });

const client = clientWith(`Bearer ${token}`);
const found = {
  subscription: await answersTo(client, "subscription { count }"),
  query: await answersTo(client, "{ hello }"),
  together: await Promise.all(
    [1, 2, 3].map((to) => answersTo(client, `subscription { count(to: ${to}) }`)),
  ),
  invalid: await answersTo(client, "subscription { nope }"),
  refused: await answersTo(clientWith("Bearer zm_bad"), "{ hello }"),
};

let pongs = 0;
const patient = clientWith(`Bearer ${token}`, { pong: () => (pongs += 1) });
patient.subscribe({ query: "subscription { forever }" }, { next() {}, error() {}, complete() {} });
while (pongs < 2) await new Promise((resolve) => setTimeout(resolve, 10));
found.pongs = pongs;

await client.dispose();
await patient.dispose();
console.log(JSON.stringify(found));
