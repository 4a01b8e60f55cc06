// Checks an event as its receiver would, by the library of the Standard Webhooks specification: node verify.mjs SECRET ID TIMESTAMP SIGNATURE BODY.
import { Webhook } from 'standardwebhooks';

const [secret, id, timestamp, signature, body] = process.argv.slice(2);
try {
  const event = new Webhook(secret).verify(body, { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature });
  console.log(event.type);
} catch (problem) {
  console.log(problem.message);
}
