// Subscribes over server-sent events as urql does by itself (`fetchSubscriptions`), and prints what came.
// Usage: node urql.mjs URL TOKEN
import { Client, fetchExchange } from "@urql/core";

const [url, token] = process.argv.slice(2);

const client = new Client({
  url,
  exchanges: [fetchExchange],
  fetchSubscriptions: true,
  preferGetMethod: false,
  fetchOptions: { headers: { authorization: `Bearer ${token}` } },
});

const answersTo = (query, enough) =>
  new Promise((resolve) => {
    const answers = [];
    const { unsubscribe } = client.subscription(query, {}).subscribe((result) => {
      answers.push({ data: result.data, error: result.error?.message });
      if (answers.length === enough) {
        setTimeout(() => unsubscribe());
        // urql gives the last answer once more when the stream has ended.
        resolve(answers.slice());
      }
    });
  });

console.log(
  JSON.stringify({
    subscription: await answersTo("subscription { count(to: 3) }", 3),
    unfinished: await answersTo("subscription { forever }", 1),
    invalid: await answersTo("subscription { nope }", 1),
    query: (await client.query("{ hello }", {})).data,
  }),
);
process.exit(0);
