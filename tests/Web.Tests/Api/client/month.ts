// A reseller's month by the generated client: node month.js BASE_URL KEY FOLDER RECEIVER. Says what it did, one line each.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { client } from './generated/client.gen';
import {
  addWebhook, confirmCheck, draftBillingRun, getBillingRun, getCdrUpload, getInvoicePdf, getJob, listAccounts, listInvoices, listWebhookDeliveries, openBillingRun, requestBills, uploadCdrFile,
} from './generated/sdk.gen';
import type { JobView } from './generated/types.gen';

const [base, key, folder, receiver] = process.argv.slice(2);
client.setConfig({ baseUrl: base, auth: () => key, throwOnError: true });

const calls = `caller_id,recipient,call_date,end_time,duration,cost,reference,currency
441632960001,442079460000,05/10/2026,10:01:00,60,0.010,R1,GBP
441632960002,33140000000,06/10/2026,11:10:00,600,0.900,R2,GBP
`;

let writes = 0;
/** The client turns bodies into JSON unless it is told not to; a file goes as it is. */
const asItIs = { bodySerializer: null };
const once = () => ({ 'Idempotency-Key': `month-${++writes}` });

/** Asks until a job is over, at the pace that the limits of the API allow. */
async function watch(id: number): Promise<JobView> {
  for (let asked = 0; asked < 240; asked++) {
    const { data: job } = await getJob({ path: { id }, throwOnError: true });
    if (!job.isLive) {
      if (job.state !== 'done') throw new Error(`Job ${id} is ${job.state}: ${job.message}`);
      return job;
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  throw new Error(`Job ${id} does not end.`);
}

/** Asks until every event was taken by its receiver. */
async function told(): Promise<string[]> {
  for (let asked = 0; asked < 240; asked++) {
    const { data: deliveries } = await listWebhookDeliveries({ throwOnError: true });
    if (deliveries.items.every(delivery => delivery.isDone)) return deliveries.items.map(delivery => delivery.kind).reverse();
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  throw new Error('Events are not delivered.');
}

async function month() {
  const events = ['cdr-file.imported', 'billing-run.requested', 'invoice.posted', 'billing-run.completed'];
  const { data: made } = await addWebhook({ body: { url: receiver, events }, headers: once(), throwOnError: true });
  console.log(`webhook ${made.webhook.isActive}`);

  const { data: accounts } = await listAccounts({ throwOnError: true });
  console.log(`accounts ${accounts.items.map(account => account.number).join(' ')}`);

  const { data: upload } = await uploadCdrFile({ query: { name: 'october.csv' }, body: new Blob([calls]), headers: once(), ...asItIs, throwOnError: true });
  await watch(upload.job!.id);
  const { data: file } = await getCdrUpload({ path: { id: upload.id }, throwOnError: true });
  console.log(`upload ${file.state} ${file.lines} lines`);

  const { data: run } = await openBillingRun({ body: { invoiceDate: '2026-11-01', cutoffOn: '2026-10-31' }, headers: once(), throwOnError: true });
  const { data: drafting } = await draftBillingRun({ path: { id: run.id }, headers: once(), throwOnError: true });
  await watch(drafting.id);
  for (const gate of ['payments', 'cdrs-processed', 'errors-checked', 'pre-billing-report'])
    await confirmCheck({ path: { id: run.id }, body: { gate }, headers: once(), throwOnError: true });
  const { data: drafted } = await getBillingRun({ path: { id: run.id }, throwOnError: true });
  const { data: posting } = await requestBills({ path: { id: run.id }, body: { draft: drafted.draftHash! }, headers: once(), throwOnError: true });
  await watch(posting.id);
  const { data: posted } = await getBillingRun({ path: { id: run.id }, throwOnError: true });
  console.log(`run ${posted.status} ${posted.figures.invoices} invoices`);

  const { data: invoices } = await listInvoices({ query: { run: run.id }, throwOnError: true });
  for (const invoice of invoices.items) {
    const { data: pdf } = await getInvoicePdf({ path: { number: invoice.number }, parseAs: 'blob', throwOnError: true });
    writeFileSync(join(folder, `${invoice.number}.pdf`), Buffer.from(await (pdf as Blob).arrayBuffer()));
    console.log(`invoice ${invoice.number} ${invoice.accountNumber} ${invoice.gross} ${invoice.currency}`);
  }

  console.log(`told ${(await told()).join(' ')}`);

  // A refusal is a problem with a code, and the client hands it over as such.
  const refusal = await uploadCdrFile({ query: { name: 'again.csv' }, body: new Blob([calls]), headers: once(), ...asItIs, throwOnError: false });
  console.log(`refusal ${refusal.response.status} ${(refusal.error as { code?: string }).code}`);
}

month().catch(problem => {
  console.error(problem instanceof Error ? problem.message : JSON.stringify(problem));
  process.exit(1);
});
