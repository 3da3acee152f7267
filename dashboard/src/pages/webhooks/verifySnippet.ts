/** A receiver's function that checks the signature of an event (Node). */
export const verifySnippet = `const crypto = require('crypto');

function verifyWebhook(body, signature, secret) {
  const expected = crypto
    .createHmac('sha256', secret)
    .update(body)
    .digest('hex');
  return signature.length === expected.length && crypto.timingSafeEqual(
    Buffer.from(signature),
    Buffer.from(expected)
  );
}

// body: the raw request body, before it is parsed
// verifyWebhook(body, request.headers['x-zenmode-signature'], process.env.ZENMODE_WEBHOOK_SECRET)`;
