// A small webhook receiver: it verifies every request and prints the result.
// ZENMODE_WEBHOOK_SECRET is the secret in the response that created the webhook. PORT is optional.
// Certificate and key: `python -m trustme` creates a pair for this machine.

const crypto = require('crypto');
const fs = require('fs');
const https = require('https');

function verifyWebhook(body, signature, secret) {
  const expected = crypto
    .createHmac('sha256', secret)
    .update(body)
    .digest('hex');
  return crypto.timingSafeEqual(
    Buffer.from(signature),
    Buffer.from(expected)
  );
}

const port = process.env.PORT ?? 8443;
const tls = {
  cert: fs.readFileSync('var/tls/server.pem'),
  key: fs.readFileSync('var/tls/server.key'),
};

https
  .createServer(tls, async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks); // the raw bytes: parsing first would break the signature
    const signature = request.headers['x-zenmode-signature'] ?? '';
    // timingSafeEqual throws if the lengths differ.
    const isGenuine =
      signature.length === 64 &&
      verifyWebhook(body, signature, process.env.ZENMODE_WEBHOOK_SECRET);
    console.log(isGenuine ? 'verified' : 'NOT VERIFIED', body.toString());
    response.writeHead(isGenuine ? 204 : 401).end();
  })
  .listen(port, '127.0.0.1', () => console.log(`listening on https://127.0.0.1:${port}`));
