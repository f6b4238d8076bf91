// The page itself: puts the parts together, and says what the keys do.

const KEYS = [
  ['j', 'the next one in the list', (page) => page.step(1)],
  ['k', 'the one before', (page) => page.step(-1)],
  ['a', 'it is right: accept, and go on', (page) => page.settle('accept')],
  ['r', 'it is wrong: reject, and go on', (page) => page.settle('reject')],
  ['h', 'it is a heading', (page) => page.instead('h')],
  ['p', 'it is a paragraph', (page) => page.instead('p')],
  ['n', 'it is a note', (page) => page.instead('n')],
  ['f', 'it is set aside: a running head, a page number', (page) => page.instead('f')],
  ['<', 'the heading is a level higher', (page) => page.instead('<')],
  ['>', 'the heading is a level lower', (page) => page.instead('>')],
  ['m', 'it goes on from the line before: one paragraph', (page) => page.instead('m')],
  ['t', 'a paragraph begins here, or at the words that are selected in the source', (page) => page.instead('t')],
  ['l', 'link this mark, or this note; then a figure or a click', (page) => page.instead('l')],
  ['w', 'these words read otherwise: selected or chosen ones', (page) => page.instead('w')],
  ['v', 'look at it again, in the scan', (page) => page.instead('v')],
  ['o', 'the doubts of one cause, one by one', (page) => page.openGroup()],
  ['u', 'undo the last decision', (page) => page.undo()],
  ['e', 'say more: levels, kinds, what to look for in the scan', (page) => page.detail.sayMore()],
  ['g', 'back to the chosen one in the text', (page) => page.back()],
  [']', 'only the next rule', (page) => page.nextRule(1)],
  ['[', 'only the rule before', (page) => page.nextRule(-1)],
  ['1', 'doubts', (page) => page.open('doubts')],
  ['2', 'all changes', (page) => page.open('changes')],
  ['3', 'contents', (page) => page.open('contents')],
  ['4', 'notes', (page) => page.open('notes')],
  ['5', 'decisions', (page) => page.open('decisions')],
  ['b', 'about the book: title, authors, year', (page) => page.about.open()],
  ['i', 'the picture of the page', (page) => page.scan.toggle()],
  ['/', 'search', (page) => page.find('search').focus()],
  ['s', 'save the decisions', (page) => page.saving.save()],
  ['d', 'dark or light', (page) => page.changeTheme()],
  ['?', 'these keys', (page) => page.find('help').showModal()],
];

/** Where a scan has a line: nothing to judge. */
const isPlace = (change) => change.rule === 'scan.zone';

class Page {
  constructor(book) {
    this.book = book;
    this.decisions = new Decisions(book, () => this.decided());
    this.view = new TextView(this.find('text'), book, new RowPainter(book, this.decisions));
    this.search = new Search(book, this.view, this.find('search'), this.find('found'));
    this.view.afterDrawing = () => this.search.paint();
    this.saving = new Saving(book, this.decisions, (words, bad) => this.say(words, bad));
    const say = (words, bad) => this.say(words, bad);
    this.detail = new Detail(this.find('detail'), book, this.decisions,
      {settle: (verb) => this.settle(verb), openGroup: () => this.openGroup(), step: (by) => this.step(by), complain: (words) => this.say(words, true), decide: (line) => this.decide(line),
       instead: (key) => this.instead(key)});
    const parts = {book, decisions: this.decisions, detail: this.detail, view: this.view, say, decide: (line) => this.decide(line), linked: (line) => this.decideAll([line])};
    this.linking = new Linking(this.find('linking'), parts);
    this.inline = new InlineReading(parts);
    this.about = new About(this.find('about'), book, this.decisions, say);
    this.scan = new ScanView(this.find('scan'), book);
    this.kept = new KeptPlace(book);
    const doubtful = book.changes.filter((change) => change.doubtful), choose = (change) => this.goTo(change);
    this.lists = {doubts: new ChangeList(this.find('doubts'), book, this.decisions, doubtful, choose)};
    this.makers = {changes: () => (this.lists.changes = new ChangeList(this.find('changes'), book, this.decisions, book.changes.filter((change) => !change.doubtful && !isPlace(change)), choose)),
                   contents: () => this.find('contents').append(contentsTable(book, choose)),
                   notes: () => this.makeNotes()};
    this.heading();
    this.tabs();
    this.keys();
    this.clicks();
    this.printing();
    this.decided();
    this.open('doubts');
    this.returnTo(this.kept.take());
  }

  find(id) { return document.getElementById(id); }

  // ---- the head of the page

  heading() {
    const {book} = this;
    const title = book.facts.get('title') ?? book.name;
    document.body.classList.toggle('cjk', /^(zh|ja|ko)\b/.test(book.facts.get('language') ?? ''));
    document.title = `${title}: review`;
    withText(this.find('title'), title);
    withText(this.find('facts'), [book.facts.get('author'), book.facts.get('date'), book.name].filter((word) => word !== undefined && word !== '').join(' · '));
    this.find('save').addEventListener('click', () => this.saving.save());
    this.find('copy').addEventListener('click', () => this.saving.copy());
    this.find('again').addEventListener('click', () => this.saving.convertAgain(() => this.leave()));
    this.find('again').hidden = !book.served;
    this.find('theme').addEventListener('click', () => this.changeTheme());
    this.find('about-button').addEventListener('click', () => this.about.open());
    this.find('help-button').addEventListener('click', () => this.find('help').showModal());
    this.find('save').firstChild.data = book.served ? 'Save ' : 'Download decisions ';
    addEventListener('beforeunload', (event) => { if (this.decisions.unsaved > 0) event.preventDefault(); });
  }

  changeTheme() {
    const root = document.documentElement;
    const dark = root.dataset.theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : root.dataset.theme === 'dark';
    root.dataset.theme = dark ? 'light' : 'dark';
  }

  say(words, bad = false) {
    const status = this.find('status');
    status.textContent = words;
    status.className = bad ? 'bad' : '';
    clearTimeout(this.silence);
    if (!bad) this.silence = setTimeout(() => (status.textContent = ''), 6000);
  }

  // ---- tabs

  tabs() {
    const tabs = [...document.querySelectorAll('[role=tab]')];
    for (const tab of tabs) {
      tab.addEventListener('click', () => this.open(tab.dataset.panel));
      tab.addEventListener('keydown', (event) => {
        const by = {ArrowRight: 1, ArrowLeft: -1}[event.key];
        if (by === undefined) return;
        const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
        this.open(next.dataset.panel);
        next.focus();
      });
    }
    const {book} = this;
    const count = (test) => book.changes.reduce((sum, change) => sum + (test(change) ? 1 : 0), 0);
    this.counts = {doubts: count((change) => change.doubtful), changes: count((change) => !change.doubtful && !isPlace(change)),
                   contents: count((change) => change.kind === 'block' && change.name === 'entry') || count((change) => change.kind === 'block' && change.name === 'head'),
                   notes: count((change) => change.kind === 'block' && change.name === 'note')};
    for (const tab of tabs) if (this.counts[tab.dataset.panel] !== undefined) tab.querySelector('.count').textContent = String(this.counts[tab.dataset.panel]);
  }

  open(name) {
    this.panel = name;
    for (const tab of document.querySelectorAll('[role=tab]')) {
      const chosen = tab.dataset.panel === name;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      this.find(tab.dataset.panel).hidden = !chosen;
    }
    this.makers[name]?.();
    delete this.makers[name];
    if (name === 'decisions') this.drawDecisions();
    this.lists[name]?.more();
    this.lists[name]?.select(this.chosen);
  }

  get list() { return this.lists[this.panel] ?? this.lists.doubts; }

  makeNotes() {
    const only = element('input', {type: 'checkbox', onchange: () => draw()});
    const place = element('div', {class: 'scrolls'});
    const draw = () => place.replaceChildren(notesTable(this.book, (change) => this.goTo(change), only.checked));
    this.find('notes').append(element('div', {class: 'tools'}, element('label', {}, only, ' only where something is wrong')), place);
    draw();
  }

  drawDecisions() {
    const left = leftTable(this.book, this.decisions, this.lists.doubts.all, (change) => this.goTo(change));
    const decided = decisionsTable(this.book, this.decisions, (change, at) => this.goTo(change, at));
    const clashes = clashesTable(this.book, this.decisions, (change, at) => this.goTo(change, at));
    this.find('decisions').replaceChildren(...[clashes, whoField(this.saving), left, decided].filter((part) => part !== null));
  }

  // ---- going and deciding

  goTo(change, at) {
    if (change === null) return this.scan.show(this.book.lineAt(at)), this.view.show(at);
    this.chosen = change;
    const place = change.group?.find((one) => this.decisions.of(one) === undefined) ?? change.group?.[0] ?? change;
    this.view.show(place.at, place.id);
    this.scan.show(place.line);
    this.detail.show(change);
    for (const list of Object.values(this.lists)) list.select(change);
  }

  back() { if (this.chosen !== undefined) this.goTo(this.chosen); }

  step(by) {
    if (this.lists[this.panel] === undefined) this.open('doubts');
    const next = this.list.neighbour(by);
    if (next === null) return this.say(by > 0 ? 'That was the last one.' : 'That was the first one.');
    this.goTo(next);
  }

  nextRule(by) {
    if (this.lists[this.panel] === undefined) this.open('doubts');
    this.list.nextRule(by);
  }

  settle(verb) {
    const change = this.chosen;
    if (change === undefined) return this.say('Choose something first: j goes to the next doubt.');
    if (change.group !== undefined) return this.settleGroup(change, verb);
    const next = this.list.neighbour(1, true);
    if (!this.decisions.settle(change, verb)) return this.say('This place holds characters that a decision cannot name.', true);
    if (next !== null) this.goTo(next);
    else this.detail.show(change), this.say('Nothing undecided is below. Save with s.');
  }

  // The list is drawn anew; so the next one is looked for behind.
  settleGroup(item, verb) {
    const nameless = this.decisions.settleAll(item.group, verb);
    if (nameless > 0) this.say(`${counted(nameless, 'place')} hold characters that a decision cannot name.`, true);
    const next = this.list.neighbour(1, true);
    if (next !== null) this.goTo(next);
    else this.detail.show(item), this.say('Nothing undecided is below. Save with s.');
  }

  openGroup() {
    if (this.chosen?.group === undefined) return this.say('This doubt stands alone.');
    this.list.toggleGroup(this.chosen);
    this.goTo(this.chosen);
  }

  /** What it is instead, by the key: of the chosen one, of all of its cause, or of the chosen line; and on to the next. */
  instead(key) {
    const one = INSTEAD.find((other) => other.key === key), {change, line} = this.detail;
    if (one.run !== undefined) return one.run(this);
    if (line === null) return this.say('Choose something first: j goes to the next doubt.');
    const within = key === 't' ? selectedPlace(this.book, this.view.rows) : null; // a line that is two
    if (within !== null && this.book.source.slice(this.book.begins[this.book.lineAt(within.at)], within.at).trim() !== '')
      return this.decideAll([this.decisions.line('split', '', within.at, within.end)]);
    const open = (change?.group ?? []).filter((other) => this.decisions.of(other) === undefined);
    const lines = change?.group === undefined ? [change?.line ?? line] : open.map((other) => other.line);
    this.decideAll([...new Set(lines)].map((at) => insteadLine(this.book, this.decisions, one, at)));
  }

  decideAll(lines) {
    const named = lines.filter((line) => line !== null), next = this.detail.change === null ? null : this.list.neighbour(1, true);
    if (named.length < lines.length) this.say(`${counted(lines.length - named.length, 'place')} hold characters that a decision cannot name.`, true);
    if (named.length === 0) return;
    this.decisions.addAll(named);
    if (named.length === lines.length) this.say(`Decided: ${shortened(named[0], 60)}${named.length === 1 ? '' : `, and ${named.length - 1} more`}`);
    if (next !== null) this.goTo(next);
  }

  // ---- converting again

  /** What is to be shown when the book has been converted again: the chosen one, or the next that is undecided. */
  leave() {
    const next = this.list.neighbour(1, true);
    this.kept.keep({panel: this.panel, chosen: nameOfChange(this.chosen), next: nameOfChange(next), top: this.view.top()});
  }

  returnTo(place) {
    if (place === null) return;
    this.open(place.panel);
    const changes = this.lists.doubts.all;
    const change = changeNamed(changes, place.chosen) ?? changeNamed(changes, place.next);
    if (change === undefined) return this.view.show(place.top);
    const entry = this.list.shown[this.list.positions.get(change.id)];
    this.goTo(entry ?? change);
  }

  decide(line) {
    if (line === null) return this.say('This place holds characters that a decision cannot name.', true);
    this.decisions.add(line);
    this.detail.saying = false;
    this.detail.draw();
    this.say(`Decided: ${shortened(line, 60)}`);
  }

  undo() {
    const undone = this.decisions.undo();
    if (undone === null) return this.say('There is nothing to undo.');
    const change = this.book.changes.find((one) => (one.rule === undone.argument && this.decisions.anchor(one)[0] === undone.at) ||
                                                   (one.doubtful && classOf(undone.verb) === 'instead' && one.line === this.book.lineAt(undone.at)));
    if (change !== undefined) this.goTo(change);
    this.say(`Undone: ${undone.verb} ${undone.argument}`);
  }

  decided() {
    if (this.view === undefined || this.lists === undefined) return;
    this.view.refresh();
    for (const list of Object.values(this.lists)) list.redraw();
    if (this.panel === 'decisions') this.drawDecisions();
    if (this.detail.change !== null) this.detail.draw();
    const {unsaved} = this.decisions;
    const doubts = this.lists.doubts.all, done = doubts.filter((change) => this.decisions.of(change) !== undefined).length;
    this.find('progress').textContent = doubts.length === 0 ? 'no doubts' : `${done} of ${doubts.length} doubts decided`;
    document.querySelector('[data-panel=decisions] .count').textContent = String(this.decisions.list.length);
    this.find('unsaved').textContent = unsaved === 0 ? '' : String(unsaved);
    this.find('save').disabled = unsaved === 0;
  }

  // ---- keys and clicks

  keys() {
    const rows = KEYS.map(([key, words]) => element('tr', {}, element('td', {}, element('kbd', {}, key)), element('td', {}, words)));
    this.find('keys').append(...rows);
    const single = this.find('single-keys');
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.linking.active) return this.linking.end();
      const typing = event.target.closest?.('input, select, textarea, dialog[open]');
      if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !typing) return event.preventDefault(), this.undo();
      if (typing || event.ctrlKey || event.metaKey || event.altKey || !single.checked) return;
      const key = event.target.getAttribute?.('role') === 'listbox' ? {ArrowDown: 'j', ArrowUp: 'k'}[event.key] ?? event.key : event.key;
      if (this.linking.active && /^[1-9]$/.test(key)) return event.preventDefault(), this.linking.choose(Number(key) - 1);
      const known = KEYS.find(([name]) => name === key);
      if (known === undefined) return;
      event.preventDefault();
      known[2](this);
    });
  }

  clicks() {
    this.find('text').addEventListener('dblclick', (event) => {
      if (event.target.closest('.words') !== null && selectedPlace(this.book, this.view.rows) !== null) this.inline.begin();
    });
    this.find('text').addEventListener('click', (event) => {
      if (this.linking.active && this.linking.clicked(event)) return;
      const number = event.target.closest('[data-line]');
      if (number !== null) return this.scan.show(Number(number.dataset.line)), this.detail.showLine(Number(number.dataset.line));
      const mark = event.target.closest('[data-main]');
      if (mark === null || mark.dataset.main === '' || String(getSelection()) !== '') return;
      this.goTo(this.book.changes[Number(mark.dataset.main)]);
    });
  }

  printing() {
    addEventListener('beforeprint', () => {
      for (const list of Object.values(this.lists)) list.more(Math.min(list.shown.length, 5000));
      if (this.book.source.length < 1000000) this.view.drawAll();
    });
    addEventListener('afterprint', () => (this.view.printing = false));
  }
}

new Page(new Book(JSON.parse(document.getElementById('data').textContent)));
