// Speaks to a GraphQL server as the reference client of server-sent events does, and prints what came.
// Usage: node graphql_sse.mjs URL TOKEN
import { createClient } from "graphql-sse";

const [url, token] = process.argv.slice(2);

const answersTo = (authorization, query) =>
  new Promise((resolve) => {
    const answers = [];
    createClient({ url, headers: { authorization }, retryAttempts: 0 }).subscribe(
      { query },
      {
        next: (answer) => answers.push(answer),
        complete: () => resolve({ answers }),
        error: (error) => resolve({ answers, status: error.response?.status }),
      },
    );
  });

const good = `Bearer ${token}`;
console.log(
  JSON.stringify({
    subscription: await answersTo(good, "subscription { count }"),
    query: await answersTo(good, "{ hello }"),
    invalid: await answersTo(good, "subscription { nope }"),
    refused: await answersTo("Bearer zm_bad", "{ hello }"),
  }),
);
