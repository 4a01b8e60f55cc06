// Hands that have a keyboard and no mouse. Whatever can't be reached with Tab, or shows no sign of having the focus, can't be used.
export class Hands {
  constructor(page, complain) {
    this.page = page;
    this.complain = complain;
  }

  /** Goes to a control with Tab, from wherever the focus is. */
  async reach(target, most = 900) {
    const handle = await target.first().elementHandle({ timeout: 30_000 });
    for (let presses = 0; presses <= most; presses++) {
      const at = await handle.evaluate(wanted => {
        const active = document.activeElement;
        if (!active || active === document.body) return { isThere: false };
        const style = getComputedStyle(active);
        const isShown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
        const box = active.getBoundingClientRect();
        return {
          isThere: active === wanted, isShown: isShown || active.id === 'main',
          isInView: box.bottom >= 0 && box.top <= innerHeight && box.width > 0 && box.height > 0,
          name: active.outerHTML.slice(0, 120),
        };
      });
      if (at.name && !at.isShown) this.complain(`has the focus and does not show it: ${at.name}`);
      // Where the focus was before may have been scrolled away; where Tab leads is brought into view.
      if (presses > 0 && at.name && !at.isInView && !await this.#comesIntoView()) this.complain(`has the focus and is not in view: ${at.name}`);
      if (at.isThere) return handle;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`can't be reached with Tab: ${target}`);
  }

  /** Activates a link, a button or a summary. */
  async press(target) {
    await this.reach(target);
    await this.page.keyboard.press('Enter');
  }

  /** Activates something that leads to another page, and waits for that. */
  async follow(target) {
    await this.page.evaluate(() => { window.walkMain = document.querySelector('main'); });
    await this.press(target);
    // A boosted form replaces the body and leaves the window.
    await this.page.waitForFunction(() => document.readyState === 'complete' && window.walkMain !== document.querySelector('main'), null, { timeout: 60_000 });
    await this.page.waitForLoadState('load');
  }

  /** Replaces what a field says. */
  async type(target, text) {
    const handle = await this.reach(target);
    await this.page.keyboard.press('Control+A');
    if (await handle.evaluate(field => field.type) === 'date') {
      // The parts stand in the order of the browser's language.
      const [year, month, day] = text.split('-');
      await this.page.keyboard.type(day + month + year);
      if (await handle.evaluate(field => field.value) !== text) {
        for (let back = 0; back < 3; back++) await this.page.keyboard.press('ArrowLeft');
        await this.page.keyboard.type(month + day + year);
      }
    } else if (text === '') {
      await this.page.keyboard.press('Delete');
    } else if (text.length > 200) {
      await this.page.keyboard.insertText(text);
    } else {
      await this.page.keyboard.type(text);
    }
    const said = await handle.evaluate(field => field.value);
    if (said.replaceAll('\r\n', '\n') !== text) throw new Error(`typed '${text}' and the field says '${said}': ${target}`);
  }

  /** Chooses in a list. */
  async choose(target, value) {
    const handle = await this.reach(target);
    await this.page.keyboard.press('Home');
    for (let steps = 0; steps < 600; steps++) {
      if (await handle.evaluate((field, value) => field.value === value || field.selectedOptions[0]?.textContent.trim() === value, value)) return;
      await this.page.keyboard.press('ArrowDown');
    }
    throw new Error(`has no choice '${value}': ${target}`);
  }

  /** Ticks a box, or chooses one of several. */
  async tick(target) {
    const handle = await this.page.waitForFunction(field => field, await target.elementHandle());
    if (await handle.evaluate(field => field.type) === 'radio') {
      // Tab leads to the chosen one of a group, arrows to the others.
      const name = await handle.evaluate(field => field.name);
      const chosen = this.page.locator(`input[type=radio][name="${name}"]:checked`);
      await this.reach(await chosen.count() > 0 ? chosen : target);
      for (let steps = 0; steps < 20 && !await handle.evaluate(field => field.checked); steps++) await this.page.keyboard.press(await chosen.count() > 0 ? 'ArrowUp' : 'Space');
    } else {
      await this.reach(target);
      if (!await handle.evaluate(field => field.checked)) await this.page.keyboard.press('Space');
    }
    if (!await handle.evaluate(field => field.checked)) throw new Error(`can't be ticked: ${target}`);
  }

  /** Gives files to a field, by the browser's own dialog. */
  async give(target, files) {
    const field = await this.reach(target);
    const dialogs = this.page.waitForEvent('filechooser', { timeout: 60_000 });
    for (let presses = 0; presses < 5; presses++) {
      await this.page.keyboard.press('Space');
      // A browser under load may swallow the first press after a page has come.
      if (await Promise.race([dialogs.then(() => true), this.page.waitForTimeout(5_000)])) break;
      await field.focus();
    }
    const dialog = await dialogs;
    await dialog.setFiles(files);
  }

  /** Takes what a link or a button downloads. */
  async take(target) {
    await this.reach(target);
    const [download] = await Promise.all([this.page.waitForEvent('download', { timeout: 60_000 }), this.page.keyboard.press('Enter')]);
    return { name: download.suggestedFilename(), path: await download.path() };
  }

  // The browser scrolls when it gets to it.
  #comesIntoView() {
    return this.page.waitForFunction(() => {
      const box = document.activeElement.getBoundingClientRect();
      return box.bottom >= 0 && box.top <= innerHeight && box.width > 0 && box.height > 0;
    }, null, { timeout: 3_000 }).then(() => true, () => false);
  }
}
