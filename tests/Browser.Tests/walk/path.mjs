// The way of somebody who has never seen Billing: from an empty installation to a customer who downloads a bill. By keyboard alone.
// node path.mjs; what it needs comes in the environment, see WalkTests.cs. Prints one JSON line at its end; problems make it fail.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Eyes } from './eyes.mjs';
import { Hands } from './hands.mjs';

const { WALK_BASE: base, WALK_OPERATOR: operatorLink, WALK_FILES: files, WALK_PICTURES: pictures, WALK_CHROMIUM: executablePath, WALK_AS_ROOT: asRoot } = process.env;
const port = new URL(base).port;
const password = 'three plain words of mine';
const problems = new Set();
const eyes = new Eyes(pictures, problem => problems.add(problem));
const visited = new Map();
const looked = new Set();
let said = '';

const browser = await chromium.launch({ executablePath, args: asRoot ? ['--no-sandbox'] : [] });
try {
  const facts = await walk();
  await browser.close();
  console.log(JSON.stringify({ ...facts, looks: eyes.looks, visited: Object.fromEntries([...visited].map(([k, v]) => [k, [...v].sort()])), problems: [...problems] }));
} catch (failure) {
  for (const [i, context] of browser.contexts().entries())
    for (const page of context.pages()) await page.screenshot({ path: join(pictures, `failed-${i}.png`), fullPage: true }).catch(() => { });
  console.error(`at "${said}": ${failure.stack}`);
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
  await browser.close();
}

function step(words) {
  said = words;
  console.error(`${new Date().toISOString().slice(11, 19)} ${words}`);
}

/** A person with a browser of their own. */
async function person(who) {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London', viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  await context.addInitScript(() => document.addEventListener('securitypolicyviolation', event => console.error(`refused by the content security policy: ${event.violatedDirective} ${event.sample} ${event.sourceFile}:${event.lineNumber} ${event.target?.outerHTML?.slice(0, 200)}`)));
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const hands = new Hands(page, problem => problems.add(`${who}, ${new URL(page.url()).pathname}: ${problem}`));
  visited.set(who, new Set());
  page.on('framenavigated', frame => { if (frame === page.mainFrame()) visited.get(who).add(new URL(page.url()).pathname); });
  page.on('console', message => { if (message.type() === 'error') problems.add(`${who}, ${page.url()}: the browser says: ${message.text()}`); });
  page.on('pageerror', error => problems.add(`${who}, ${page.url()}: a script failed: ${error.message}`));
  page.on('response', response => { if (response.status() >= 500) problems.add(`${who}: ${response.status()} of ${response.url()}`); });
  return {
    who, page, hands,
    field: (name, exact = true) => page.getByLabel(name, { exact }),
    button: name => page.getByRole('button', { name }),
    link: name => page.getByRole('link', { name }),
    menu: name => page.locator('nav.side').getByRole('link', { name, exact: true }),
    look: name => {
      looked.add(kindOf(page.url()));
      return eyes.look(page, `${who}-${name}`);
    },
    main: page.locator('main'),
  };
}

async function walk() {
  const admin = await person('admin');
  await openTheTenant(admin);
  await setUp(admin);
  await importRecords(admin);
  await uploadCalls(admin);
  await mend(admin);
  await carrierCharges(admin);
  const run = await bill(admin);
  await tryPrices(admin);
  const bills = await openThePdf(admin);
  await letCustomerIn(admin, bills);
  await connectPrograms(admin);
  await seeEverything(admin, '/t/larkfell');
  await admin.page.goto(`${base}/t/larkfell/parts`);
  await admin.look('parts');
  await signInAnew(admin);
  return { run, ...bills };
}

async function setPassword(somebody, link) {
  await somebody.page.goto(link);
  await somebody.look('set-password');
  await somebody.hands.type(somebody.field('New password'), password);
  await somebody.hands.type(somebody.field('The same again'), password);
  await somebody.hands.follow(somebody.button('Set password and sign in'));
}

async function openTheTenant(admin) {
  step('the operator sets a password and opens a tenant');
  const operator = await person('operator');
  await setPassword(operator, operatorLink);
  await operator.hands.follow(operator.menu('Tenants'));
  await operator.look('tenants');
  for (const [name, text] of [['Trading name', 'Larkfell Telecom'], ['Short name', 'larkfell'], ['Company', 'Larkfell Telecom Limited'], ['Address', '2nd Floor, The Old Exchange, 18 Fellside Road, Calderwick, XN1 4LT']])
    await operator.hands.type(operator.field(name, false).first(), text);
  await operator.hands.follow(operator.button('Open'));
  await operator.hands.type(operator.field('Email address'), 'mary@larkfell.example');
  await operator.hands.type(operator.field('Name'), 'Mary Larkin');
  await operator.hands.follow(operator.button('Make the invitation'));
  await operator.look('tenant');
  const link = (await operator.page.locator('pre').innerText()).trim();
  await seeEverything(operator, '/operator');

  step('the admin sets a password');
  await setPassword(admin, link);
  await admin.look('empty-overview');
}

async function setUp(admin) {
  const { page, hands, field } = admin;
  step('company, brand and tariff');
  await hands.follow(admin.menu('Getting started'));
  await admin.look('getting-started');
  await hands.follow(admin.link('Company and tax'));
  await admin.look('company');
  await hands.type(field('VAT number', false), 'GB 000 4217 26');
  await hands.follow(admin.button('Save'));
  await hands.follow(admin.menu('Company and brand'));
  if (!page.url().endsWith('/brand')) await hands.follow(page.locator('main').getByRole('link', { name: 'Brand', exact: true }));
  await hands.give(field('Logo', false).first(), join(files, 'logo.svg'));
  await hands.type(field('Support telephone', false), '0808 157 0142');
  await hands.follow(admin.button('Save'));
  await page.getByRole('status').waitFor();
  await admin.look('brand');

  await hands.follow(admin.menu('Tariffs'));
  await admin.look('no-tariffs');
  await page.goto(page.url() + '/publish');
  await admin.look('publish');
  await hands.type(field('Code of the tariff'), 'default');
  await hands.give(field('File'), join(files, 'tariff.json'));
  await hands.follow(admin.button('Compare with the latest version'));
  await admin.button('Publish version 1').waitFor();
  await admin.look('publish-changes');
  await hands.follow(admin.button('Publish version 1'));
  await page.getByRole('status').waitFor();
  await admin.look('tariff');
}

async function importRecords(admin) {
  for (const kind of ['Products', 'Customers', 'Sites', 'Numbers', 'Recurring charges', 'One-off charges'])
    await importFile(admin, kind, { 'Recurring charges': 'charges', 'One-off charges': 'one-offs' }[kind] ?? kind.toLowerCase());
}

async function importFile(admin, step_, name, settings = async () => { }) {
  const { page, hands } = admin;
  step(`import ${name}`);
  await hands.follow(admin.menu('Getting started'));
  await hands.follow(page.locator('main').getByRole('link', { name: step_, exact: true }).first());
  await admin.look('import-upload');
  await hands.give(admin.field('File'), join(files, name + '.csv'));
  await hands.follow(admin.button('Upload and look at it'));
  await settings();
  await admin.look(name === 'numbers' ? 'import-numbers' : 'import');
  const wrong = await page.locator('.tiles li', { hasText: 'Wrong rows' }).locator('strong').innerText();
  if (wrong !== '0') throw new Error(`${wrong} wrong rows in ${name}`);
  await hands.follow(admin.button(/^Apply /));
  await page.getByRole('status').waitFor();
  await admin.look('import-applied');
}

async function uploadCalls(admin) {
  const { page, hands } = admin;
  step('upload a month of CDR files');
  await hands.follow(admin.menu('CDRs'));
  await admin.look('no-cdrs');
  await hands.follow(admin.link(/^Upload/).first());
  await admin.look('cdr-upload');
  await hands.give(admin.field('Files'), readdirSync(join(files, 'cdr')).sort().map(name => join(files, 'cdr', name)));
  await hands.follow(admin.button('Upload'));
  await page.getByRole('heading', { name: 'What was uploaded' }).waitFor();
  await admin.look('cdr-uploading');
  // A reload in the middle loses nothing.
  await page.reload();
  await page.waitForFunction(() => !document.querySelector('[data-live]') || document.querySelector('[data-live][data-over], .badge.is-running') === null && !/waiting|being/i.test(document.querySelector('main table').innerText), null, { timeout: 300_000 });
  await admin.look('cdr-uploaded');
  await hands.follow(page.getByRole('region', { name: 'Uploaded files' }).getByRole('link').first());
  await admin.look('cdr-upload-of-one');
  await hands.follow(admin.menu('CDRs'));
  await admin.look('cdrs');
  step('why a call costs what it costs');
  await hands.follow(admin.link(/^larkfell_cdr_/).first());
  await hands.follow(page.locator('nav[aria-label="State of the lines"] a[href*="state=open"]'));
  await hands.follow(page.getByRole('region', { name: 'Lines' }).locator('tbody th a').first());
  await page.getByRole('heading', { name: 'How the amount comes about' }).waitFor();
  await admin.look('call-explained');
}

async function mend(admin) {
  const { page, hands } = admin;
  step('billing errors');
  await hands.follow(admin.menu('Billing Errors'));
  await admin.look('errors');
  await importFile(admin, 'Numbers', 'mend/numbers');
  await importFile(admin, 'Rate cards', 'mend/rates', async () => {
    await hands.type(admin.field('Code of the tariff'), 'default');
    await hands.tick(admin.field('Keep the rates it has'));
    await hands.follow(admin.button('Look again'));
  });
  const reasons = readFileSync(join(files, 'mend', 'excluded.csv'), 'utf8').replace('\uFEFF', '').trim().split(/\r?\n/).slice(1).map(line => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g).map(cell => cell.replace(/,$/, '').replace(/^"|"$/g, '').replaceAll('""', '"')));
  step('what was mended clears by itself');
  const table = page.getByRole('region', { name: 'Billing errors by cause' });
  const causes = () => table.locator('tbody tr').evaluateAll(rows => rows.map(row => ({ title: row.querySelector('a').textContent.trim(), code: row.querySelector('code').textContent.trim(), address: row.querySelector('a').getAttribute('href') })));
  const reason = row => reasons.find(([code, subject]) => code === row.code && (subject === '' || row.title.replaceAll(' ', '').includes(subject.replaceAll(' ', ''))));
  const isToMend = row => !reason(row) && /unassigned|unknown-destination/.test(row.code) && !/IRID6|withheld/.test(row.title);
  await hands.follow(admin.menu('Billing Errors'));
  for (let looks = 0; looks < 60 && (await causes()).some(isToMend); looks++) {
    await page.waitForTimeout(2_000);
    await page.reload();
  }
  const stuck = (await causes()).filter(isToMend);
  if (stuck.length > 0) throw new Error(`what was mended did not clear by itself: ${stuck.map(row => row.title).join(', ')}`);
  await page.getByRole('region', { name: 'What was mended' }).waitFor();
  await admin.look('errors-cleared');
  step('exclude what is not to be billed');
  for (let rounds = 0; rounds < 40; rounds++) {
    await hands.follow(admin.menu('Billing Errors'));
    const next = (await causes()).find(reason);
    if (!next) break;
    await hands.follow(table.locator(`a[href="${next.address}"]`));
    await admin.look('error');
    await hands.press(page.locator('summary', { hasText: 'Exclude from billing' }));
    await hands.type(admin.field('Why they are not billed'), reason(next)[2]);
    await hands.follow(admin.button(/^Exclude \d/));
  }
  await hands.follow(admin.menu('Billing Errors'));
  await admin.look('errors-left');
  const left = await page.getByRole('region', { name: 'Billing errors by cause' }).locator('tbody tr').count();
  if (left !== 3) throw new Error(`${left} causes are left instead of the 3 that are meant to stay`);
}

/** A carrier's recurring charges: described, uploaded, given to whom they belong; the run then asks for them too. */
async function carrierCharges(admin) {
  const { page, hands } = admin;
  step('recurring charges of a carrier');
  await page.goto(`${base}/t/larkfell/carrier-charges`);
  await admin.look('no-carrier-charges');
  await page.goto(`${base}/t/larkfell/cdrs/carriers/new?like=recurring-eight`);
  await admin.look('carrier-of-charges');
  await hands.follow(admin.button('Save'));
  const number = readFileSync(join(files, 'numbers.csv'), 'utf8').match(/\b0[12]\d{8,9}\b|\+44\d{9,10}/)?.[0] ?? '01632960001';
  const rentals = join(pictures, 'larkfell_rentals.csv');
  writeFileSync(rentals, ['Service,Product,Description,From,To,Quantity,Amount,Currency', `${number},WLR,Business line,01/03/2026,31/03/2026,1,10.50,GBP`, `${number},WLR,"Business line, part of a month",15/03/2026,31/03/2026,1,-5.76,GBP`,
    '01632960998,WLR,Business line,01/03/2026,31/03/2026,1,10.50,GBP', ',PLATFORM,Platform fee,01/03/2026,31/03/2026,1,45.00,GBP', `${number},WLR,Business line,yesterday,31/03/2026,1,1.00,GBP`, ''].join('\n'));
  await hands.follow(admin.menu('CDRs'));
  await hands.follow(admin.link(/^Upload/).first());
  await hands.give(admin.field('Files'), rentals);
  await hands.follow(admin.button('Upload'));
  await page.getByRole('heading', { name: 'What was uploaded' }).waitFor();
  await page.waitForFunction(() => !document.querySelector('[data-live]') || document.querySelector('[data-live][data-over], .badge.is-running') === null && !/waiting|being/i.test(document.querySelector('main table').innerText), null, { timeout: 120_000 });
  await hands.follow(admin.menu('Carrier Charges'));
  await admin.look('carrier-charges');
  await hands.follow(page.getByRole('region', { name: 'Files of recurring charges' }).getByRole('link').first());
  await admin.look('carrier-charge-file');
  await hands.type(admin.field('Invoice number'), 'W-2026-03');
  await hands.type(admin.field('Net amount', false), '60.24');
  await hands.follow(admin.button('Keep'));
  await page.getByText('they agree').waitFor();
  await admin.look('carrier-invoice');
  await hands.follow(page.getByRole('region', { name: 'Lines', exact: true }).getByRole('link').first());
  await admin.look('carrier-charge');
  await hands.follow(admin.menu('Carrier Charges'));
  await hands.follow(page.locator('main').getByRole('link', { name: 'Products' }).first());
  await admin.look('carrier-products');
  await hands.follow(page.getByRole('link', { name: /^Change/ }).first());
  await hands.type(admin.field('Suggested price', false), '14');
  await admin.look('carrier-product');
  await hands.follow(admin.button('Save'));
  await hands.follow(admin.menu('Carrier Charges'));
  await hands.follow(page.getByRole('link', { name: /^Errors/ }));
  await admin.look('fixed-fee-errors');
  await hands.follow(page.getByRole('link', { name: '+441632960998' }));
  await admin.look('fixed-fee-error');
  await hands.type(page.locator('#who'), 'Pennine');
  await hands.follow(admin.button('Find').last());
  await hands.tick(page.locator('#to-0'));
  await admin.look('fixed-fee-owner');
  await hands.follow(admin.button('Give it these charges'));
  await hands.follow(page.getByRole('link', { name: 'Product PLATFORM' }));
  await hands.press(page.locator('summary', { hasText: 'Exclude' }));
  await hands.type(admin.field('Why nobody is charged for it'), 'A cost of our own');
  await admin.look('fixed-fee-exclude');
  await hands.follow(admin.button(/^Exclude \d/));
  await admin.look('fixed-fee-decisions');
  await page.goto(`${base}/t/larkfell/carrier-charges/margin?month=2026-03`);
  await admin.look('carrier-margin');
}

async function bill(admin) {
  const { page, hands } = admin;
  step('open a billing run');
  await hands.follow(admin.menu('Runs'));
  await admin.look('no-runs');
  await hands.follow(admin.link('Open a run'));
  await admin.look('run-new');
  await hands.type(admin.field('Invoice date'), '2026-04-01');
  await hands.type(admin.field('Cutoff date'), '2026-03-31');
  await hands.follow(admin.button('Open the run'));
  await page.getByRole('heading', { name: 'Next Steps' }).waitFor();
  await admin.look('run-opened');
  const run = page.url();
  await hands.follow(admin.link('Change dates or message'));
  await admin.look('run-dates');
  await page.goto(run);
  for (let rounds = 0; rounds < 30; rounds++) {
    if (await page.getByRole('heading', { name: 'Run Complete' }).count() > 0) break;
    const now = page.locator('.next-steps [aria-current=step]').first();
    const title = (await now.locator('strong').first().innerText()).trim();
    step(`next step: ${title}`);
    if (await now.locator('[data-live]').count() > 0) {
      await admin.look('run-working');
      await page.waitForFunction(title => !document.querySelector('.next-steps [aria-current=step] [data-live]') || !document.querySelector('.next-steps [aria-current=step] strong').innerText.startsWith(title), title, { timeout: 400_000 });
      await page.goto(run);
    } else if (await now.locator('summary').count() > 0) {
      await admin.look('run-ready');
      await hands.follow(page.getByRole('link', { name: 'Pre-billing report' }));
      await admin.look('run-draft');
      await page.goto(run);
      await hands.press(page.locator('.next-steps [aria-current=step] summary'));
      await admin.look('run-request');
      await hands.follow(page.locator('.next-steps [aria-current=step]').getByRole('button', { name: 'Request bills' }));
    } else {
      await hands.follow(now.getByRole('button').first());
    }
  }
  await page.goto(run);
  await page.getByRole('heading', { name: 'Run Complete' }).waitFor();
  await admin.look('run-complete');
  const tile = name => page.locator('.tiles li', { hasText: name }).first().locator('strong').innerText();
  return { invoices: await tile('Invoices'), net: await tile('Net'), vat: await tile('VAT'), gross: await tile('Gross') };
}

async function tryPrices(admin) {
  const { page, hands } = admin;
  step('what if prices were higher');
  const run = page.url();
  await hands.follow(admin.menu('What if'));
  await admin.look('no-what-if');
  await hands.follow(admin.link('Replay months'));
  await admin.look('what-if-new');
  await hands.type(admin.field('Name'), 'Five percent more');
  await hands.type(admin.field('How many months'), '2');
  await hands.type(admin.field(/^Tariff 1/), 'default');
  await hands.type(admin.field(/^All prices of tariff 1/), '5');
  await hands.follow(admin.button('Replay'));
  await admin.look('what-if-running');
  await page.getByRole('heading', { name: 'Customers', exact: true }).waitFor({ timeout: 120_000 });
  await admin.look('what-if');
  const tile = name => page.locator('.tiles li', { hasText: name }).first().locator('strong').innerText();
  if (await tile('Without a price now') !== '0') throw new Error('a rise takes no price away');
  if (await tile('Revenue before') === await tile('Revenue after')) throw new Error('five percent more come to the same');
  await page.goto(run);
}

async function openThePdf(admin) {
  const { page, hands } = admin;
  step('an invoice and its PDF');
  await hands.type(page.locator('#q'), 'Pennine');
  await hands.follow(page.getByRole('search', { name: 'Number, account or name' }).getByRole('button', { name: 'Show' }));
  const row = page.getByRole('region', { name: 'Invoices' }).locator('tbody tr').first();
  const number = (await row.getByRole('link').first().innerText()).trim();
  const account = (await row.locator('td').first().innerText()).trim();
  await hands.follow(row.getByRole('link').first());
  await admin.look('invoice');
  const pdf = await hands.take(page.locator('main').getByRole('link', { name: /PDF/ }).first());
  return { number, account, pdf: pdf.path, sha: hash(pdf.path) };
}

async function letCustomerIn(admin, bills) {
  const { page, hands } = admin;
  step('a host name for customers');
  await hands.follow(admin.menu('Host names'));
  await admin.look('no-hosts');
  await hands.type(admin.field('Host name'), 'bills.larkfell.localhost');
  await hands.follow(admin.button('Add'));
  await admin.look('hosts');

  step('portal access');
  await hands.type(page.getByRole('searchbox').first(), bills.account);
  await page.keyboard.press('Enter');
  await page.waitForURL(/search|accounts/);
  await admin.look('search');
  if (/search/.test(page.url())) await hands.follow(page.locator('main').getByRole('link', { name: bills.account }).first());
  await admin.look('account');
  await hands.follow(page.locator('main').getByRole('link', { name: /portal/i }).first());
  await admin.look('portal-access');
  const candidate = await page.locator('select[name="Form.Contact"] option', { hasText: '@' }).first().getAttribute('value');
  await hands.choose(page.locator('select[name="Form.Contact"]'), candidate);
  await hands.choose(page.locator('select[name="Form.Role"]'), await page.locator('select[name="Form.Role"] option').first().getAttribute('value'));
  await hands.tick(page.locator('#every'));
  await hands.follow(admin.button('Invite'));
  await page.getByRole('region', { name: 'Who sees this account' }).waitFor();
  await admin.look('portal-access-given');
  await hands.follow(page.getByRole('region', { name: 'Who sees this account' }).getByRole('link', { name: /^Change/ }).first());
  await admin.look('portal-access-of-one');
  await hands.follow(admin.menu('Outbox'));
  await admin.look('outbox');
  await hands.follow(page.getByRole('region', { name: 'Messages' }).getByRole('link').first());
  await admin.look('message');
  const link = new URL((await page.locator('pre').innerText()).match(/https?:\/\/\S+/)[0]);
  if (link.hostname !== 'bills.larkfell.localhost') throw new Error(`the invitation leads to ${link.hostname}`);

  step('the customer signs in at the portal');
  const customer = await person('customer');
  // The test's installation stands on a port of its own and has no TLS in front.
  link.protocol = 'http:';
  link.port = port;
  await setPassword(customer, link.href);
  await customer.page.goto(`http://bills.larkfell.localhost:${port}/portal`);
  await customer.look('overview');
  await customer.hands.follow(customer.link('Bills').first());
  await customer.look('bills');
  await customer.hands.follow(customer.page.locator('main').getByRole('link', { name: bills.number }).first());
  await customer.look('bill');
  const pdf = await customer.hands.take(customer.page.locator('main').getByRole('link', { name: /PDF/ }).first());
  if (hash(pdf.path) !== bills.sha) throw new Error('the customer gets another PDF than staff');
  for (const name of ['Calls', 'Contacts', 'My sign-in']) await customer.hands.follow(customer.link(name).first()).then(() => customer.look(name.toLowerCase().replaceAll(' ', '-')));
  await seeEverything(customer, '');
}

async function connectPrograms(admin) {
  step('a key for a program, and a webhook');
  const { page, hands } = admin;
  await hands.follow(admin.menu('API keys'));
  await hands.type(admin.field('What uses it'), 'The warehouse');
  await hands.tick(page.locator('input[name="Input.Scopes"]').first());
  await hands.follow(admin.button('Make the key'));
  await admin.look('api-key-made');
  await hands.follow(admin.menu('API keys'));
  await hands.follow(page.locator('main table').getByRole('link').first());
  await admin.look('api-key');
  await hands.follow(admin.menu('Webhooks'));
  await hands.type(admin.field('Address'), 'https://hooks.larkfell.example/billing');
  await hands.tick(page.locator('input[name="Input.Events"]').first());
  await hands.follow(admin.button('Add'));
  await admin.look('webhook-added');
  await hands.follow(admin.menu('Webhooks'));
  await hands.follow(page.locator('main table').getByRole('link').first());
  await admin.look('webhook');
}

async function signInAnew(admin) {
  step('a second factor, out, and in with it');
  const { page, hands } = admin;
  await page.goto(`${base}/t/larkfell/account/second-factor`);
  const key = (await page.locator('main code').first().innerText()).replaceAll(' ', '');
  await hands.type(admin.field('Code'), oneTimeCode(key));
  await hands.type(admin.field('Your password'), password);
  await hands.follow(admin.button('Switch on'));
  await page.getByText('Your recovery codes').waitFor();
  await admin.look('recovery-codes');
  const recovery = (await page.locator('.codes code').first().innerText()).trim();
  await hands.press(page.locator('details.person summary'));
  await hands.follow(admin.link('Sign out'));
  await admin.look('sign-out');
  await hands.follow(page.locator('main').getByRole('button', { name: 'Sign out' }));
  await page.goto(`${base}/t/larkfell/sign-in`);
  await admin.look('sign-in');
  await hands.follow(admin.link('Forgotten your password?'));
  await admin.look('forgotten');
  await page.goto(`${base}/t/larkfell/runs`);
  await hands.type(admin.field('Email address'), 'mary@larkfell.example');
  await hands.type(admin.field('Password'), 'not my password');
  await hands.follow(admin.button('Sign in'));
  await admin.look('sign-in-refused');
  await hands.type(admin.field('Email address'), 'mary@larkfell.example');
  await hands.type(admin.field('Password'), password);
  await hands.follow(admin.button('Sign in'));
  await admin.look('second-step');
  await hands.type(admin.field('Code'), recovery);
  await hands.follow(admin.button('Sign in'));
  await page.getByRole('heading', { name: 'Billing runs' }).waitFor();
}

/** Six digits as an authenticator app shows them (RFC 6238). */
function oneTimeCode(key) {
  const bits = [...key].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', bytes).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Every page that links lead to, one of each kind: looked at, not used. */
async function seeEverything(somebody, prefix) {
  step(`every page ${somebody.who} can be led to`);
  const { page, who } = somebody;
  const queue = [page.url()];
  const done = new Set();
  while (queue.length > 0 && done.size < 150) {
    const address = queue.shift();
    const kind = kindOf(address);
    if (done.has(kind)) continue;
    done.add(kind);
    const answer = await page.goto(address).catch(failure => /download/i.test(failure.message) ? null : Promise.reject(failure));
    if (!answer || !/html/.test(answer.headers()['content-type'] ?? '')) continue;
    if (answer.status() >= 400) problems.add(`${who}: a link leads to ${address}, which answers ${answer.status()}`);
    if (!looked.has(kindOf(page.url()))) await somebody.look('page' + new URL(kindOf(page.url())).pathname.slice(prefix.length).replaceAll('/', '-').replaceAll(/%7B|%7D/g, ''));
    const links = await page.locator('a[href]:not([download])').evaluateAll(links => links.map(link => link.href));
    for (const link of links) {
      const url = new URL(link);
      if (url.host === new URL(address).host && url.pathname.startsWith(prefix) && !/\.(csv|xlsx|pdf|zip|svg)$|\/pdf$|sign-out/.test(url.pathname) && !/handler=|Sample|export/i.test(url.search)) {
        url.hash = '';
        queue.push(url.href);
      }
    }
  }
}

/** What kind of page an address leads to: /runs/7 and /runs/8 are one. */
function kindOf(address) {
  const url = new URL(address);
  return url.origin + url.pathname.replace(/\/(INV|C|A|LF)-?\d+/gi, '/id').replace(/\d+/g, 'n');
}

function hash(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
