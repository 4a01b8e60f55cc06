// A clerk's daily round in a real browser, by keyboard: a file in, errors to zero on the desk with a preview and an undo, a tariff compared, tried and
// published, and what it mends clearing by itself. node clerk.mjs; what it needs comes in the environment, see ClerkTests.cs. Prints one JSON line.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Hands } from './hands.mjs';

const { WALK_BASE: base, WALK_OPERATOR: operatorLink, WALK_FILES: files, WALK_PICTURES: pictures, WALK_CHROMIUM: executablePath, WALK_AS_ROOT: asRoot } = process.env;
const password = 'three plain words of mine';
const problems = [];
const browser = await chromium.launch({ executablePath, args: asRoot ? ['--no-sandbox'] : [] });
const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/London', viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
page.setDefaultTimeout(60_000);
page.on('console', message => { if (message.type() === 'error') problems.push(`${page.url()}: ${message.text()}`); });
page.on('response', response => { if (response.status() >= 500) problems.push(`${response.status()} of ${response.url()}`); });
const hands = new Hands(page, problem => problems.push(`${page.url()}: ${problem}`));
const field = name => page.getByLabel(name, { exact: true });
const button = name => page.getByRole('button', { name });
const errors = page.getByRole('region', { name: 'Billing errors by cause' });
const mended = page.getByRole('region', { name: 'What was mended' });
const picture = name => page.screenshot({ path: join(pictures, `clerk-${name}.png`), fullPage: true });
const say = words => console.error(`${new Date().toISOString().slice(11, 19)} ${words}`);

try {
  await setUp();
  const facts = await round();
  console.log(JSON.stringify({ ...facts, problems }));
} catch (failure) {
  await picture('failed').catch(() => { });
  console.error(failure.stack);
  process.exitCode = 1;
} finally {
  await browser.close();
}

/** A tenant with the demo's customers, numbers and tariff: not what this is about, so the quick way. */
async function setUp() {
  say('a tenant');
  await signUp(operatorLink);
  await page.goto(`${base}/operator/tenants`).catch(() => { });
  await page.locator('nav.side').getByRole('link', { name: 'Tenants', exact: true }).click();
  for (const [name, text] of [['Trading name', 'Larkfell Telecom'], ['Short name', 'larkfell'], ['Company', 'Larkfell Telecom Limited'], ['Address', '18 Fellside Road, Calderwick']])
    await page.getByLabel(name).first().fill(text);
  await button('Open').click();
  await page.getByLabel('Email address', { exact: true }).fill('mary@larkfell.example');
  await page.getByLabel('Name', { exact: true }).fill('Mary Larkin');
  await button('Make the invitation').click();
  const link = (await page.locator('pre').innerText()).trim();
  await context.clearCookies();
  await signUp(link);
  say('its tariff, customers and numbers');
  await publish(join(files, 'tariff.json'), false);
  for (const [kind, name] of [['customers', 'customers'], ['sites', 'sites'], ['numbers', 'numbers']]) {
    await page.goto(`${base}/t/larkfell/onboarding/import/${kind}`);
    await page.setInputFiles('input[type=file]', join(files, name + '.csv'));
    await button('Upload and look at it').click();
    await button(/^Apply /).click();
    await page.getByRole('status').waitFor();
  }
}

async function signUp(link) {
  await page.goto(link);
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('The same again', { exact: true }).fill(password);
  await button('Set password and sign in').click();
  await page.locator('nav.side').waitFor();
}

/** As the page wants it: compared with the latest version first. */
async function publish(file, byKeyboard) {
  await page.goto(`${base}/t/larkfell/tariffs/publish`);
  if (byKeyboard) {
    await hands.type(field('Code of the tariff'), 'default');
    await hands.give(field('File'), file);
    await hands.follow(button('Compare with the latest version'));
    return hands.follow(button(/^Publish version/));
  }
  await field('Code of the tariff').fill('default');
  await page.setInputFiles('input[type=file]', file);
  await button('Compare with the latest version').click();
  await button(/^Publish version/).click();
  await page.getByRole('status').waitFor();
}

async function round() {
  const number = readFileSync(join(files, 'numbers.csv'), 'utf8').match(/\b0\d{9,10}\b|\+44\d{9,10}\b/)[0].replace(/^0/, '44').replace('+', '');
  const cdr = join(files, 'clerk.csv');
  const line = (from, to, id) => `${from},${to},05/03/2026,10:01:00,60,0.010,CLERK${id},GBP\n`;
  writeFileSync(cdr, 'caller_id,recipient,call_date,end_time,duration,cost,reference,currency\n' + line(number, '442079460000', 1) + line('441632960777', '442079460000', 2) + line(number, '99912345678', 3));

  say('a file comes in');
  await page.goto(`${base}/t/larkfell/cdrs/upload`);
  await hands.give(field('Files'), cdr);
  await hands.follow(button('Upload'));
  await until(async () => (await page.getByRole('region', { name: 'Uploaded files' }).innerText()).match(/\bin\b|Imported|lines/i) && !/waiting|being/i.test(await page.locator('main table').first().innerText()));

  say('the errors desk');
  await hands.follow(page.locator('nav.side').getByRole('link', { name: 'Billing Errors', exact: true }));
  const before = await errors.locator('tbody tr').count();
  await picture('errors');
  await assign();
  await hands.follow(button(/Undo number/));
  await errors.getByText('usage.unassigned').waitFor();
  const undone = await mended.getByText(/Undone by/).count();
  await assign();
  const between = await errors.locator('tbody tr').count();

  say('a tariff, compared, tried and published');
  const tariff = JSON.parse(readFileSync(join(files, 'tariff.json'), 'utf8'));
  tariff.rates.push({ prefix: '999', destination: 'Nowhere in particular', perMinute: '0.30' });
  const changed = join(files, 'changed.json');
  writeFileSync(changed, JSON.stringify(tariff, null, 1));
  await publish(changed, true);
  await page.getByRole('status').waitFor();
  await hands.type(page.locator('#q'), '99912345678');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Rates', exact: true }).getByText('Nowhere in particular').waitFor();

  say('what it mends clears by itself');
  await hands.follow(page.locator('nav.side').getByRole('link', { name: 'Billing Errors', exact: true }));
  await until(async () => await errors.count() === 0);
  await picture('mended');
  const byItself = await mended.getByText('by itself').count();
  await hands.follow(page.getByRole('link', { name: 'By run, day or file' }));
  await picture('trend');
  return { before, undone, between, byItself, trend: await page.getByRole('region', { name: 'Error rate', exact: true }).locator('tbody tr').count() };
}

/** The unassigned number, to a service that is looked for: tried, then done. */
async function assign() {
  await hands.tick(errors.getByRole('checkbox', { name: /usage.unassigned/ }));
  await hands.follow(button('Mend the chosen causes…'));
  await hands.type(field('Whose is it? Account, name or service'), 'Pennine');
  await hands.follow(button('Find'));
  await hands.follow(button('Preview assigning'));
  await page.locator('#preview').getByText('1 call worth').waitFor();
  await picture('preview');
  await hands.follow(button('Assign and price again'));
  await mended.waitFor();
}

/** Looks again until something is so; the page is loaded anew each time. */
async function until(isSo) {
  for (let looks = 0; looks < 40; looks++) {
    if (await isSo()) return;
    await page.waitForTimeout(750);
    await page.reload();
  }
  throw new Error(`${page.url()} did not come to what was waited for`);
}
