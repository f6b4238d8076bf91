// The review page as a person uses it, in Chromium: open, filter, walk the doubts by keyboard, decide, save, convert again.
// Needs EMEND (the program) and EMEND_SOURCE (the checkout), Chromium, and playwright-core and axe-core, which cmake/setup.sh installs.
'use strict';
const assert = require('assert');
const fs = require('fs');
const os = require('os');
const path = require('path');
const {execFileSync, spawn, spawnSync} = require('child_process');

const modules = execFileSync('npm', ['root', '--global'], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim();
const {chromium} = require(path.join(modules, 'playwright-core'));
const axe = fs.readFileSync(path.join(modules, 'axe-core', 'axe.min.js'), 'utf8');
const {EMEND, EMEND_SOURCE} = process.env;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'emend review '));
const file = (name) => path.join(folder, name);

function sample(name) {
  for (const kind of ['txt', 'meta']) fs.copyFileSync(path.join(EMEND_SOURCE, 'samples', name, `input.${kind}`), file(`${name}.${kind}`));
  return file(`${name}.txt`);
}

/** Converts a book; gives what was said on standard error. */
function convert(book, page) {
  const run = spawnSync(EMEND, ['convert', '-q', book, '-o', file('out.tei.xml'), '--review', page], {encoding: 'utf8'});
  assert.strictEqual(run.status, 0, run.stderr);
  return run.stderr;
}

/** A page in which no error may happen and nothing may be fetched but what `address` begins with. */
async function open(browser, address, options = {}) {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, acceptDownloads: true, ...options});
  const page = await context.newPage();
  page.troubles = [];
  page.on('pageerror', (error) => page.troubles.push(`error: ${error.message}`));
  page.on('console', (message) => { // a conflict is an answer that the page asks for
    if (['error', 'warning'].includes(message.type()) && !message.text().includes('409 (Conflict)')) page.troubles.push(`${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => { if (!request.url().startsWith(address) && !/^(blob|data):/.test(request.url())) page.troubles.push(`fetched ${request.url()}`); });
  page.on('dialog', (dialog) => { page.troubles.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(address);
  await page.waitForSelector('#text .row');
  return page;
}
const fileAddress = (name) => new URL(`file://${encodeURI(name)}`).href;

async function close(page) {
  assert.deepStrictEqual(page.troubles, []);
  await page.context().close();
}

const options = (page, panel) => page.locator(`#${panel} [role=option]`);
const chosen = (page) => page.locator('nav [role=option][aria-selected=true]:visible');
const text = (locator) => locator.innerText();

const tests = {
  async 'walk the doubts by keyboard, decide, save, convert again'(browser) {
    const book = sample('thesis-zh'), html = file('thesis-zh.html');
    convert(book, html);
    const page = await open(browser, fileAddress(html));
    const all = await options(page, 'doubts').count();
    assert.ok(all >= 3, `${all} doubts`);
    assert.strictEqual(await text(page.locator('[data-panel=doubts] .count')), String(all));

    const facet = page.locator('#doubts [data-rule="pages.torn"]');
    await facet.click();
    const torn = await options(page, 'doubts').count();
    assert.ok(torn > 0 && torn < all);
    assert.strictEqual(await facet.getAttribute('aria-pressed'), 'true');
    await facet.click();

    await page.keyboard.press('j');
    assert.strictEqual(await chosen(page).getAttribute('aria-posinset'), '1');
    const first = await text(chosen(page).locator('.what'));
    assert.match(await text(page.locator('#detail')), /contents\.missing/);
    assert.ok(await page.locator('#text .m.current').first().isVisible(), 'the place is shown');
    await page.keyboard.press('r'); // and on to the second
    assert.strictEqual(await chosen(page).getAttribute('aria-posinset'), '2');
    const second = await text(chosen(page).locator('.what'));
    await page.keyboard.press('r');
    await page.keyboard.press('u');
    await page.keyboard.press('a');
    assert.strictEqual(await options(page, 'doubts').first().getAttribute('class'), 'reject');
    assert.strictEqual(await options(page, 'doubts').nth(1).getAttribute('class'), 'accept');
    assert.ok(await page.locator('#text .m.rejected.ends').count() > 0);
    assert.match(await text(page.locator('#progress')), new RegExp(`^2 of ${all} `));

    await page.keyboard.press('5');
    assert.strictEqual(await page.locator('#decisions .decided tbody tr').count(), 2);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')]);
    assert.strictEqual(download.suggestedFilename(), 'thesis-zh.decisions');
    await download.saveAs(file('thesis-zh.decisions'));
    const [stamp, ...lines] = fs.readFileSync(file('thesis-zh.decisions'), 'utf8').trim().split('\n');
    assert.match(stamp, /^# \d{4}-\d\d-\d\d \d\d:\d\d$/);
    assert.strictEqual(lines.length, 2);
    assert.match(lines[0], /^reject contents\.missing: .*\[\[.*\]\]/);
    assert.match(lines[1], /^accept contents\.missing: /);
    await close(page);

    assert.strictEqual(convert(book, html), '', 'each decision is heeded');
    const again = await open(browser, fileAddress(html));
    assert.strictEqual(await options(again, 'doubts').count(), all - 2);
    const left = await options(again, 'doubts').locator('.what').allInnerTexts();
    assert.ok(!left.includes(first) && !left.includes(second));
    await again.keyboard.press('5');
    assert.strictEqual(await again.locator('#decisions .decided tbody tr').count(), 2, 'those of the file are shown');
    await again.locator('#decisions .decided tbody tr button').first().click();
    assert.strictEqual(await again.locator('#decisions .decided tbody tr').count(), 1);
    assert.strictEqual(await text(again.locator('#unsaved')), '1');
    fs.unlinkSync(file('thesis-zh.decisions'));
    again.troubles.length = 0;
    await again.context().close();
  },

  async 'every change has a name by which emend finds it'(browser) {
    for (const name of ['monograph-en', 'thesis-zh']) {
      const book = sample(name), html = file(`${name}.html`);
      convert(book, html);
      const page = await open(browser, fileAddress(html));
      const lines = await page.evaluate(() => {
        const book = new Book(JSON.parse(document.getElementById('data').textContent));
        const decisions = new Decisions(book, () => {});
        for (const change of book.changes) if (change.kind !== 'meta' && !decisions.settle(change, 'accept')) throw new Error(`no name: ${change.id}`);
        for (const change of book.changes) if (change.kind !== 'meta' && readDecision(book, decisions.of(change).line).at !== change.at) throw new Error(`elsewhere: ${decisions.of(change).line}`);
        return decisions.file();
      });
      assert.ok(lines.split('\n').length > 100);
      fs.writeFileSync(file(`${name}.decisions`), lines);
      assert.strictEqual(convert(book, html), '', 'each is heeded');
      fs.unlinkSync(file(`${name}.decisions`));
      await close(page);
    }
  },

  async 'what a line is can be said, and how it reads'(browser) {
    const book = sample('note-short'), html = file('note-short.html');
    convert(book, html);
    const page = await open(browser, fileAddress(html));
    const paragraph = page.locator('.line', {hasText: 'Sunday'}).first();
    await paragraph.locator('.number').click();
    await page.getByLabel('Words of the source').fill('Sunday');
    await page.getByLabel('How they read').fill('Sun > day]');
    await page.getByRole('button', {name: 'Correct'}).click();
    await paragraph.locator('.number').click();
    await page.getByLabel('Level of the heading').selectOption('2');
    await page.getByRole('button', {name: 'a heading of'}).click();
    assert.strictEqual(await text(page.locator('[data-panel=decisions] .count')), '2');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()]);
    await download.saveAs(file('note-short.decisions'));
    const lines = fs.readFileSync(file('note-short.decisions'), 'utf8');
    assert.match(lines, /^read: .*\[\[Sunday\]\].* => Sun \\> day\\\]$/m);
    assert.match(lines, /^head 2: /m);
    assert.strictEqual(convert(book, html), '', 'both are heeded');
    const tei = fs.readFileSync(file('out.tei.xml'), 'utf8');
    assert.match(tei, /Sun &gt; day\]/);
    assert.match(tei, /<head>/);
    fs.unlinkSync(file('note-short.decisions'));
    await close(page);
  },

  async 'words of the book are never markup'(browser) {
    const book = file('</script> "&\'.txt');
    fs.mkdirSync(path.dirname(book), {recursive: true});
    const words = '</script><script>document.title="run"</script><img src=x onerror="document.title=\'run\'"> \u202Egnorw\u202C \u0007 bell';
    fs.writeFileSync(book, Buffer.concat([Buffer.from(`${words}\n\n\u2028<!-- <b>bold</b> & &amp; `), Buffer.from([0xff, 0x0a])]));
    const html = file('hostile.html');
    spawnSync(EMEND, ['convert', '-q', book, '--title', words.replace('\u0007', ''), '-o', file('out.tei.xml'), '--review', html]);
    const page = await open(browser, fileAddress(html));
    assert.ok((await page.title()).startsWith('</script>'), 'the title is words');
    assert.strictEqual(await page.locator('#text img, #text b, #text script').count(), 0);
    const source = await page.locator('.source .words').first().innerText();
    assert.match(source, /<\/script><script>document\.title="run"<\/script><img src=x/);
    assert.match(source, /202Egnorw202C.*0007 bell/s, 'what turns or hides words is shown as its number');
    await page.keyboard.press('2');
    await page.keyboard.press('j');
    await close(page);
  },

  async 'search, contents, notes, and the other ways to look'(browser) {
    const html = file('monograph-en.html');
    convert(sample('monograph-en'), html);
    const page = await open(browser, fileAddress(html));
    await page.keyboard.press('/');
    await page.keyboard.type('selfevident (');
    await page.waitForFunction(() => document.getElementById('found').textContent === 'not found');
    await page.locator('#search').fill('the millers');
    await page.keyboard.press('Enter');
    assert.match(await text(page.locator('#found')), /^1 of \d+$/);
    assert.ok(await page.evaluate(() => CSS.highlights.get('found').size) > 0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('3');
    assert.ok(await page.locator('#contents tbody tr').count() >= 10);
    await page.locator('#contents tbody tr', {hasText: 'The Last Grinding'}).click();
    assert.match(await text(page.locator('#text .row.current .edition')), /The Last Grinding/);
    await page.keyboard.press('4');
    assert.ok(await page.locator('#notes tbody tr').count() >= 13);
    await page.keyboard.press('?');
    assert.ok(await page.locator('#help').isVisible());
    await page.keyboard.press('Escape');
    await page.locator('#help').waitFor({state: 'hidden'});
    await page.keyboard.press('d');
    assert.strictEqual(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await page.locator('#single-keys').evaluate((box) => { box.checked = false; });
    await page.keyboard.press('d');
    assert.strictEqual(await page.evaluate(() => document.documentElement.dataset.theme), 'dark', 'single keys can be turned off');
    await page.emulateMedia({media: 'print'});
    assert.ok(!await page.locator('#search').isVisible());
    await close(page);
  },

  async 'all can be read and reached: names, roles, contrast, narrow windows'(browser) {
    const html = file('thesis-zh.html');
    convert(sample('thesis-zh'), html);
    for (const colorScheme of ['light', 'dark']) {
      const page = await open(browser, fileAddress(html), {colorScheme, viewport: {width: 380, height: 800}});
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
      const low = await page.evaluate(() => {
        const probe = document.body.appendChild(document.createElement('i'));
        const light = (name) => {
          probe.style.color = `var(--${name})`;
          const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map((n) => ((n /= 255) <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4));
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const pairs = [['ink', 'paper'], ['ink', 'desk'], ['ink', 'card'], ['quiet', 'paper'], ['quiet', 'desk'], ['quiet', 'card'], ['accent', 'paper'], ['accent', 'accent-wash'],
                       ['ink', 'chosen'], ['ink', 'found'], ['doubt', 'doubt-wash'], ['ink', 'doubt-wash'], ['right', 'right-wash'], ['wrong', 'wrong-wash'], ['doubt', 'desk'], ['paper', 'accent'], ['quiet', 'accent-wash']];
        return pairs.map(([a, b]) => [a, b, (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)]).filter(([, , ratio]) => ratio < 4.5);
      });
      assert.deepStrictEqual(low, [], 'contrast of at least 4.5');
      const unnamed = await page.evaluate(() => [...document.querySelectorAll('button, input, select')].filter((one) => one.checkVisibility() && !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.length)).map((one) => one.outerHTML));
      assert.deepStrictEqual(unnamed, []);
      await close(page);
    }
  },

  async 'axe finds nothing on any of its lists, cards and dialogs'(browser) {
    const html = file('monograph-en.html');
    convert(sample('monograph-en'), html);
    for (const colorScheme of ['light', 'dark']) {
      const page = await open(browser, fileAddress(html), {colorScheme, bypassCSP: true});
      await page.evaluate(axe);
      const states = [['doubts', ''], ['a doubt', 'j'], ['what can be said', 'e'], ['changes', 'e2j'], ['linking', 'l'], ['contents', 'l3'], ['notes', '4'], ['decisions', '1jah5'], ['the book', 'b'], ['help', '?']];
      for (const [what, keys] of states) {
        for (const key of keys) await page.keyboard.press(key);
        const found = await page.evaluate(async () => (await window.axe.run(document, {resultTypes: ['violations']})).violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`));
        assert.deepStrictEqual(found, [], `${colorScheme}, ${what}`);
        if (keys === 'b') await page.keyboard.press('Escape');
      }
      page.troubles.length = 0; // what axe itself says in the console
      await page.context().close();
    }
  },

  async 'a long book opens without drawing it all, and one that is a single line too'(browser) {
    const text = fs.readFileSync(sample('monograph-en'), 'utf8');
    fs.writeFileSync(file('long.txt'), text.repeat(Math.ceil(1.5e6 / text.length)));
    fs.writeFileSync(file('line.txt'), 'one word after another, '.repeat(40000));
    for (const name of ['long', 'line']) {
      convert(file(`${name}.txt`), file(`${name}.html`));
      const page = await open(browser, fileAddress(file(`${name}.html`)));
      const size = () => page.evaluate(() => [document.querySelectorAll('*').length, document.querySelectorAll('#text .words').length]);
      assert.ok((await size())[0] < 12000, `${await size()} elements`);
      await page.evaluate(() => { const text = document.getElementById('text'); text.scrollTop = text.scrollHeight; });
      await page.waitForFunction(() => document.querySelector('#text .chunk:last-child .row') !== null);
      assert.ok((await size())[0] < 12000, 'what is out of sight is let go');
      await close(page);
    }
  },

  async 'doubts of one cause are settled at once, and what is left is told by chapter'(browser) {
    const chapter = (n) => `Chapter ${n}\n\n` + ['The keepers counted the posts along the lower ford, and wrote them down again.',
      'Three of them were missing since the frost, and nobody had gone to look for them.',
      'A carter said that he had seen them in the reeds; but he was not asked a second time.'].map((line) => `${line}\n\n`).join('').repeat(14);
    const titles = ['Chapter 1', 'Chapter 2', 'Chapter 3', 'Chapter 4', 'Chapter 5', 'Chapter 6'];
    const lost = Array.from({length: 46}, (_, i) => `Chapter ${i + 7} ........ ${25 + 4 * i}`);
    fs.writeFileSync(file('big.txt'), `Contents\n\n${titles.map((title, i) => `${title} ........ ${1 + 4 * i}`).join('\n')}\n${lost.join('\n')}\n\n` + titles.map((_, i) => chapter(i + 1)).join('\n'));
    convert(file('big.txt'), file('big.html'));
    const page = await open(browser, fileAddress(file('big.html')));
    const all = Number(await text(page.locator('[data-panel=doubts] .count')));
    assert.ok(all > 40, `${all} doubts`);
    assert.ok(await options(page, 'doubts').count() < all / 3, 'many doubts are shown by cause');
    const first = options(page, 'doubts').first();
    const others = (await options(page, 'doubts').allInnerTexts()).slice(1);
    assert.match(await text(first), /^▸?\s*\d+ ×/);
    await page.keyboard.press('j');
    assert.match(await text(page.locator('#detail')), /one cause/);
    const size = Number(/(\d+) places/.exec(await text(page.locator('#detail')))[1]);
    assert.ok(size > 40);
    await page.keyboard.press('o');
    assert.ok(await options(page, 'doubts').count() > size, 'one by one');
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    assert.match(await text(first.locator('.where')), new RegExp(`${size - 1} left`));
    await first.click();
    await page.getByRole('button', {name: /The \d+ left right/}).click();
    assert.match(await text(page.locator('#progress')), new RegExp(`^${size} of ${all} `));
    await page.keyboard.press('u');
    assert.match(await text(page.locator('#progress')), new RegExp(`^1 of ${all} `), 'one step is undone at once');
    await first.click();
    await page.keyboard.press('a');
    await page.keyboard.press('5');
    const left = page.locator('#decisions .left tbody tr');
    assert.ok(await left.count() >= 1);
    const sum = (await left.locator('td:nth-child(2)').allInnerTexts()).reduce((n, words) => n + (Number(words) || 0), 0);
    assert.strictEqual(sum, all - size);
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')]);
    await download.saveAs(file('big.decisions'));
    await close(page);
    assert.strictEqual(convert(file('big.txt'), file('big.html')), '', 'each decision is heeded');
    const again = await open(browser, fileAddress(file('big.html')));
    // What was decided is evidence for the lines beside it: no doubt comes again or anew, and of the others only such go
    // as the second reader had of a line that it reads with its neighbours.
    const remaining = await options(again, 'doubts').allInnerTexts();
    assert.ok(remaining.length >= 1 && remaining.length <= all - size, `${remaining.length} of ${all - size}`);
    for (const doubt of remaining) assert.ok(others.includes(doubt), doubt);
    for (const doubt of others) assert.ok(remaining.includes(doubt) || doubt.includes('reader.'), doubt);
    await close(again);
  },

  async 'what is wrong is said to be something else by one key, and holds in the next conversion'(browser) {
    const book = file('instead.txt'), html = file('instead.html');
    fs.writeFileSync(book, 'The Lower Ford\n\nThe keepers counted the posts.\nThe Reeds\nA carter had seen them there, and said so to the men of the shore.\n\n' +
      'They were mended each spring by the men of both of the shores, with stakes and wattle.\n\nThe stakes were of alder.\nAnd so on, for years.\n');
    convert(book, html);
    const page = await open(browser, fileAddress(html));
    const choose = (words) => page.locator('.line', {hasText: words}).first().locator('.number').click();
    await choose('The Reeds');
    await page.keyboard.press('h');
    await choose('The stakes were');
    await page.keyboard.press('v');
    await choose('And so on');
    await page.keyboard.press('t');
    await page.evaluate(() => { // within a line
      const node = document.evaluate('//*[@class="source"]//text()[contains(., "of the shores, with")]', document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue;
      const at = node.data.indexOf('with stakes');
      getSelection().setBaseAndExtent(node, at, node, at + 4);
    });
    await page.keyboard.press('t');
    await page.evaluate(() => getSelection().removeAllRanges());
    const keyed = page.locator('.source .words', {hasText: 'A carter'});
    const box = await keyed.boundingBox();
    await page.mouse.dblclick(box.x + 24, box.y + box.height / 2); // the word carter
    await page.getByLabel('How these words read').fill('Carter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('b');
    await page.getByLabel('Title').fill('The Ford');
    await page.getByLabel('Authors').fill('Ada Quill\nBo Reed');
    await page.getByLabel('Date').fill('1871');
    await page.getByLabel('Language').fill('en-GB');
    await page.keyboard.press('Enter');
    assert.strictEqual(await text(page.locator('[data-panel=decisions] .count')), '10');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')]);
    await download.saveAs(file('instead.decisions'));
    await close(page);
    const lines = fs.readFileSync(file('instead.decisions'), 'utf8');
    for (const wanted of [/^head: .*\[\[The Reeds\]\]/m, /^look: .*\[\[The stakes/m, /^split: /m, /^split: .*\[\[with\]\] stakes/m, /^read: .*\[\[carter\]\].* => Carter$/m, /^fact title: The Ford\nfact author: Ada Quill\nfact author: Bo Reed\nfact date: 1871\nfact language: en-GB$/m]) assert.match(lines, wanted);
    assert.strictEqual(convert(book, html), '', 'all are heeded');
    const tei = fs.readFileSync(file('out.tei.xml'), 'utf8');
    for (const wanted of [/<head[^>]*>The Reeds<\/head>/, /Carter/, /<title[^>]*>The Ford<\/title>/, /Ada Quill/, /Bo Reed/, /1871/, /en-GB/, /<p>with stakes and wattle/]) assert.match(tei, wanted);
    const again = await open(browser, fileAddress(html));
    assert.match((await options(again, 'doubts').allInnerTexts()).join('\n'), /wants to look at this again/);
    assert.match(await text(again.locator('#title')), /^The Ford$/);
    fs.unlinkSync(file('instead.decisions'));
    await close(again);
  },

  async 'a note is linked to its mark by two keys, and by two clicks'(browser) {
    const book = file('link.txt'), html = file('link.html');
    fs.writeFileSync(book, 'The weirs were built of stakes and wattleX, and mended each spring by the men of both of the shores.^1\n\n^1 They came from the farms.\n\n* The stakes were of alder.\n');
    convert(book, html);
    const page = await open(browser, fileAddress(html));
    const choose = (words) => page.locator('.line', {hasText: words}).last().locator('.number').click();
    await choose('The stakes were');
    await page.keyboard.press('n');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')]);
    await download.saveAs(file('link.decisions'));
    await close(page);
    convert(book, html);
    const select = (on) => on.evaluate(() => { // the X alone
      const node = document.evaluate('//*[@class="source"]//text()[contains(., "wattleX")]', document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue;
      const at = node.data.indexOf('wattleX') + 6;
      getSelection().setBaseAndExtent(node, at, node, at + 1);
    });
    const linking = (on) => on.locator('#linking');
    const decided = fs.readFileSync(file('link.decisions'));
    for (const way of ['keys', 'clicks', 'from the note']) {
      const second = await open(browser, fileAddress(html));
      const note = second.locator('.line', {hasText: 'The stakes were'}).last();
      if (way === 'from the note') {
        await note.locator('.number').click();
        await second.keyboard.press('l');
        assert.match(await text(linking(second)), /belongs to/);
        await second.locator('.edition .words', {hasText: 'of both of the shores'}).first().click({position: {x: 3, y: 3}});
        assert.ok(await linking(second).isVisible(), 'a click on nothing ends nothing');
        await select(second);
        await second.locator('.source .words', {hasText: 'wattleX'}).dispatchEvent('click');
      } else {
        await select(second);
        await second.keyboard.press('l');
        assert.match(await text(linking(second)), /“X” is the mark of/);
        assert.match(await text(linking(second).locator('li').first()), /The stakes were/, 'the note without a mark comes first');
        if (way === 'keys') await second.keyboard.press('1');
        else await note.locator('.words').click();
      }
      assert.ok(!await linking(second).isVisible());
      const [linked] = await Promise.all([second.waitForEvent('download'), second.keyboard.press('s')]);
      await linked.saveAs(file('link.decisions'));
      assert.match(fs.readFileSync(file('link.decisions'), 'utf8'), /^link: .*wattle\[\[X\]\].* -> .*\[\[\* The stakes were of alder\.\]\]/m, way);
      assert.strictEqual(convert(book, file('linked.html')), '', 'heeded');
      fs.writeFileSync(file('link.decisions'), decided);
      await close(second);
    }
    fs.unlinkSync(file('link.decisions'));
  },

  async 'the picture of the page stands beside its text'(browser) {
    const book = file('scan.txt'), folder = file('pictures of pages');
    fs.writeFileSync(book, 'The first page of a small book, which has two of them.\n\fThe second page of it, and the last.\n');
    fs.mkdirSync(folder);
    const red = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
    for (const name of ['10.png', '9.png']) fs.writeFileSync(path.join(folder, name), Buffer.from(red, 'base64'));
    fs.writeFileSync(path.join(folder, 'notes.txt'), 'no picture');
    const server = spawn(EMEND, ['review', book, '--scans', folder], {stdio: ['ignore', 'pipe', 'pipe']});
    try {
      const address = String(await new Promise((resolve) => server.stdout.once('data', resolve))).trim();
      const page = await open(browser, address);
      assert.ok(await page.locator('#scan').isVisible());
      await page.locator('.line', {hasText: 'The second page'}).locator('.number').click();
      await page.waitForFunction(() => document.querySelector('#scan img').naturalWidth === 1);
      assert.match(await page.locator('#scan img').getAttribute('src'), /^scan\/2$/);
      assert.match(await text(page.locator('#scan')), /Scan of page/);
      await page.keyboard.press('i');
      assert.ok(!await page.locator('#scan').isVisible());
      await close(page);
    } finally {
      server.kill('SIGINT');
    }
  },

  async 'two windows keep what the other decided, and are told where they differ'(browser) {
    const book = sample('thesis-zh');
    const server = spawn(EMEND, ['review', book], {stdio: ['ignore', 'pipe', 'pipe']});
    try {
      const address = String(await new Promise((resolve) => server.stdout.once('data', resolve))).trim();
      const one = await open(browser, address), two = await open(browser, address);
      const decisions = () => fs.readFileSync(file('thesis-zh.decisions'), 'utf8').split('\n').filter((line) => /^(accept|reject)/.test(line));
      for (const key of 'jr') await one.keyboard.press(key);
      for (const key of 'jjr') await two.keyboard.press(key);
      await one.keyboard.press('s');
      await one.waitForFunction(() => document.getElementById('status').textContent.startsWith('Saved'));
      await two.keyboard.press('s');
      await two.waitForFunction(() => document.getElementById('status').textContent.startsWith('Saved'));
      assert.match(await text(two.locator('#status')), /Another window had changed 1 decision/);
      assert.strictEqual(decisions().length, 2, 'both are in the file');
      assert.strictEqual(await text(two.locator('[data-panel=decisions] .count')), '2');
      for (const key of 'kk') await one.keyboard.press(key); // the second place was decided by the other, otherwise
      for (const key of 'ja') await one.keyboard.press(key);
      await one.keyboard.press('s');
      await one.waitForFunction(() => document.getElementById('status').textContent.startsWith('Not saved: another window decided otherwise in 1 place'));
      assert.strictEqual(decisions().length, 2);
      await one.keyboard.press('5');
      await one.getByRole('button', {name: 'Mine holds'}).click();
      await one.keyboard.press('s');
      await one.waitForFunction(() => document.getElementById('status').textContent.startsWith('Saved'));
      assert.deepStrictEqual(decisions().map((line) => line.split(' ')[0]), ['reject', 'accept']);
      await close(one);
      await close(two);
    } finally {
      server.kill('SIGINT');
      fs.rmSync(file('thesis-zh.decisions'), {force: true});
    }
  },

  async 'served: saved by emend, converted again, and the doubt is gone'(browser) {
    const book = sample('thesis-zh');
    const server = spawn(EMEND, ['review', book], {stdio: ['ignore', 'pipe', 'pipe']});
    try {
      const address = String(await new Promise((resolve) => server.stdout.once('data', resolve))).trim();
      const page = await open(browser, address);
      const all = await options(page, 'doubts').count();
      await page.keyboard.press('j');
      await page.keyboard.press('r');
      await page.keyboard.press('s');
      await page.waitForFunction(() => document.getElementById('status').textContent.startsWith('Saved'));
      assert.match(fs.readFileSync(file('thesis-zh.decisions'), 'utf8'), /^# [^\n]*\nreject contents\.missing: [^\n]*\n$/);
      fs.writeFileSync(file('thesis-zh.decisions'), '# my own words\n' + fs.readFileSync(file('thesis-zh.decisions'), 'utf8'));
      await page.keyboard.press('5');
      await page.getByLabel('Decided by').fill('Ada Quill');
      await page.keyboard.press('Tab');
      await page.keyboard.press('1');
      await page.keyboard.press('j');
      await page.keyboard.press('a');
      await Promise.all([page.waitForNavigation(), page.locator('#again').click()]);
      await page.waitForSelector('#text .row');
      assert.strictEqual(await options(page, 'doubts').count(), all - 2);
      assert.match(fs.readFileSync(file('thesis-zh.decisions'), 'utf8'), /^# my own words\n# [^\n]*:\d\d\nreject [^\n]*\n# [^\n]*, Ada Quill\naccept [^\n]*\n$/);
      assert.strictEqual(await chosen(page).count(), 1, 'the place is kept');
      await page.keyboard.press('5');
      assert.match(await text(page.locator('#decisions .decided tbody tr').first()), /\d\d:\d\d, Ada Quill/, 'who decided, and when');
      await page.locator('#decisions .decided tbody tr button').first().click();
      await page.locator('#decisions .decided tbody tr button').first().click();
      await page.keyboard.press('s');
      await page.waitForFunction(() => document.getElementById('unsaved').textContent === '');
      assert.strictEqual(fs.readFileSync(file('thesis-zh.decisions'), 'utf8'), '# my own words\n');
      await close(page);
    } finally {
      server.kill('SIGINT');
    }
  },
};

(async () => {
  const browser = await chromium.launch({executablePath: process.env.EMEND_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
  let failures = 0;
  for (const [name, test] of Object.entries(tests)) {
    if (!name.includes(process.argv[2] ?? '')) continue;
    const begun = Date.now();
    try {
      await test(browser);
      console.log(`ok: ${name} (${Date.now() - begun} ms)`);
    } catch (error) {
      ++failures;
      console.log(`FAIL: ${name}\n${error.stack}`);
    }
  }
  await browser.close();
  fs.rmSync(folder, {recursive: true});
  process.exit(failures === 0 ? 0 : 1);
})();
