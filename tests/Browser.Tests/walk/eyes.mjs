// Eyes: what a page looks like to axe, at phone width, at 320 px, zoomed to 200 %, light and dark. Pictures are for people to look at.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const Desktop = { width: 1280, height: 900 };
const Phone = { width: 390, height: 844 };
const MostHeight = 2600;

export class Eyes {
  constructor(pictures, complain) {
    this.pictures = pictures;
    this.complain = complain;
    this.seen = new Set();
    this.looks = 0;
    mkdirSync(pictures, { recursive: true });
  }

  /** Looks at a page in every way, once for each name. */
  async look(page, name) {
    if (this.seen.has(name)) return;
    this.seen.add(name);
    this.looks++;
    for (let again = 0; ; again++) {
      try {
        return await this.#look(page, name);
      } catch (failure) {
        // A page that follows its job comes anew when the job is over.
        if (again === 3 || !/context was destroyed|navigat/i.test(failure.message)) throw failure;
        await page.waitForLoadState('load');
      }
    }
  }

  async #look(page, name) {
    const complain = what => this.complain(`${name}: ${what}`);
    // As few changes of width and of colours as it takes.
    for (const [size, viewport, scheme] of [['desktop', Desktop, 'light'], ['desktop', Desktop, 'dark'], ['phone', Phone, 'dark'], ['phone', Phone, 'light']]) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize(viewport);
      await settle(page);
      const height = Math.min(MostHeight, await page.evaluate(() => document.documentElement.scrollHeight));
      await page.screenshot({ path: join(this.pictures, `${name}-${size}-${scheme}.png`), fullPage: true, caret: 'initial', clip: { x: 0, y: 0, width: viewport.width, height: Math.max(height, viewport.height) } });
      if ((size === 'desktop') === (scheme === 'light')) await this.#ask(page, `${size}, ${scheme}`, complain);
    }
    // 200 % of 1280 is 640 wide; 320 is a phone of old, and 1280 at 400 %.
    for (const width of [640, 320]) {
      await page.setViewportSize({ width, height: width === 640 ? 450 : 568 });
      await settle(page);
      for (const what of await lasting(page, () => page.evaluate(overflow))) complain(`at ${width} px ${what}`);
    }
    await page.setViewportSize(Desktop);
  }

  async #ask(page, how, complain) {
    if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
    const found = await lasting(page, () => page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations));
    for (const rule of found)
      for (const node of rule.nodes.slice(0, 4))
        complain(`(${how}) axe ${rule.id}: ${rule.help}: ${node.target.join(' ')} ${node.html.slice(0, 160)} ${rule.id === 'color-contrast' ? node.any.map(a => a.message).join(' ') : ''}`);
  }
}

// What is wrong for a moment, while something is being drawn or comes in, is not wrong.
async function lasting(page, ask) {
  const found = await ask();
  if (found.length === 0) return found;
  await page.waitForTimeout(700);
  return ask();
}

// Charts draw themselves anew after the page has been laid out.
async function settle(page) {
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, document.querySelector('canvas') ? 60 : 0)))));
}

// What does not fit the width and can't be scrolled to by itself. Runs in the page.
function overflow() {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth + 1) found.push(`the page is ${root.scrollWidth} px wide`);
  const held = element => {
    for (let up = element.parentElement; up; up = up.parentElement) if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
    return false;
  };
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden' || style.display === 'none' || style.position === 'absolute' && style.clip !== 'auto' || element.closest('.visually-hidden, .hidden, .skip, svg, canvas')) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || !element.checkVisibility?.()) continue;
    if (box.right > innerWidth + 1 && !held(element)) found.push(`this goes beyond the edge (${Math.round(box.right)}): ${element.outerHTML.slice(0, 120)}`);
    if (element.matches('button, a.btn, .badge, h1, h2') && style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1) found.push(`this is cut off: ${element.outerHTML.slice(0, 120)}`);
  }
  return found.slice(0, 5);
}
