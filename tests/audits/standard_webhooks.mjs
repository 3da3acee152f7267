// The Standard Webhooks library's word on a request of ours; prints true or what it says against it.
import { Webhook } from "standardwebhooks";

const [secret, body, headers] = process.argv.slice(2);
let verdict = true;
try {
  new Webhook(secret).verify(body, JSON.parse(headers));
} catch (error) {
  verdict = error.message;
}
console.log(JSON.stringify(verdict));
