// Subscribes over multipart, and asks for persisted queries, as Apollo's client does; prints what came.
// Usage: node apollo.mjs URL TOKEN
import { createHash } from "node:crypto";
import apollo from "@apollo/client/core/core.cjs";
import persisted from "@apollo/client/link/persisted-queries/persisted-queries.cjs";

const { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } = apollo;
const { createPersistedQueryLink } = persisted;
const [uri, token] = process.argv.slice(2);

const headers = { authorization: `Bearer ${token}` };
const requests = [];
const counting = (address, options) => {
  const sent = options.method === "GET" ? Object.fromEntries(new URL(address).searchParams) : JSON.parse(options.body);
  requests.push(sent.query === undefined ? "hash" : "text");
  return fetch(address, options);
};
const clientWith = (...links) =>
  new ApolloClient({ cache: new InMemoryCache(), link: ApolloLink.from(links) });

const answersTo = (query) =>
  new Promise((resolve) => {
    const answers = [];
    clientWith(new HttpLink({ uri, headers }))
      .subscribe({ query: gql(query) })
      .subscribe({
        next: ({ data, errors }) => answers.push(errors ? { data, codes: errors.map((one) => one.extensions.code) } : { data }),
        complete: () => resolve({ answers }),
        error: (error) => resolve({ answers, error: error.message }),
      });
  });

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const hashing = (options) =>
  clientWith(createPersistedQueryLink({ sha256, ...options }), new HttpLink({ uri, headers, fetch: counting }));

const ask = async (client, query) => (await client.query({ query: gql(query), fetchPolicy: "no-cache" })).data;
const byPost = hashing({});
const byGet = hashing({ useGETForHashedQueries: true });
const found = {
  subscription: await answersTo("subscription { count(to: 3) }"),
  refused: await answersTo("subscription { refused }"),
  first: await ask(byPost, "{ hello }"),
  second: await ask(byPost, "query Again { hello }"),
};
found.requests = requests.splice(0);
found.byGet = await ask(byGet, "{ hello }");
found.requestsByGet = requests.splice(0);
console.log(JSON.stringify(found));
process.exit(0);
