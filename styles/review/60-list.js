// The list of doubts, or of all changes: counted by rule; by cause, ranked by doubt or in the order of the book.

const LIST_STEP = 200; // entries that are drawn at once

class ChangeList {
  /** `changes` is what may be listed; `choose(change)` is called when one is chosen. */
  constructor(panel, book, decisions, changes, choose) {
    Object.assign(this, {panel, book, decisions, all: changes, choose, rules: new Set(), hideDecided: false, chosen: null, opened: new Set()});
    const doubts = changes.length > 0 && changes[0].doubtful;
    this.causes = doubts ? new Causes(book) : null;
    this.ranking = doubts ? (changes.length > FEW_DOUBTS ? 'cause' : 'doubt') : 'book';
    this.facets = element('div', {class: 'facets', role: 'group', 'aria-label': 'Show only these rules'});
    this.order = element('select', {'aria-label': 'Order', onchange: () => this.reorder()}, doubts ? element('option', {value: 'cause'}, 'by cause') : null, element('option', {value: 'doubt'}, 'most doubtful first'), element('option', {value: 'book'}, 'in the order of the book'));
    this.order.value = this.ranking;
    const hide = element('input', {type: 'checkbox', onchange: () => ((this.hideDecided = hide.checked), this.filter())});
    this.count = element('span', {class: 'count', 'aria-live': 'polite'});
    this.list = element('ul', {class: 'list', role: 'listbox', tabindex: '0', 'aria-label': 'Changes', onscroll: () => this.more(), onclick: (event) => this.clicked(event)});
    panel.append(this.facets, element('div', {class: 'tools'}, this.order, element('label', {}, hide, ' hide decided'), this.count), this.list);
    this.filter();
  }

  // ---- what is listed

  passes(change) {
    return (this.rules.size === 0 || this.rules.has(change.rule)) && !(this.hideDecided && this.decisions.of(change) !== undefined);
  }

  reorder() {
    this.ranking = this.order.value;
    this.filter();
  }

  filter() {
    const changes = this.all.filter((change) => this.passes(change));
    const inBook = (a, b) => a.at - b.at || a.id - b.id;
    changes.sort(this.ranking === 'doubt' ? (a, b) => a.sure - b.sure || inBook(a, b) : inBook);
    this.shown = this.ranking === 'cause' ? this.causes.group(changes).flatMap((item) => (this.opened.has(item.cause) ? [item, ...item.group] : [item])) : changes;
    this.positions = new Map();
    this.shown.forEach((item, index) => { // what is in a group that is not open stands where the group does
      for (const change of item.group ?? []) this.positions.set(change.id, index);
      this.positions.set(item.id, index);
    });
    const groups = this.ranking === 'cause' ? `, ${counted(this.shown.filter((item) => item.group !== undefined).length, 'cause')} of several` : '';
    this.count.textContent = (changes.length === this.all.length ? `${this.all.length}` : `${changes.length} of ${this.all.length}`) + groups;
    this.list.replaceChildren();
    this.more();
    if (this.shown.length === 0) this.list.append(element('li', {class: 'nothing', role: 'presentation'}, this.all.length === 0 ? 'Nothing here needs a look.' : 'Nothing passes the filter.'));
    this.drawFacets();
  }

  drawFacets() {
    const counts = new Map();
    for (const change of this.all) counts.set(change.rule, (counts.get(change.rule) ?? 0) + 1);
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    this.facets.replaceChildren(...sorted.map(([rule, count]) =>
      element('button', {type: 'button', class: 'facet', 'aria-pressed': String(this.rules.has(rule)), 'data-rule': rule, onclick: () => this.toggle(rule)},
              rule, ' ', element('span', {class: 'count'}, String(count)))));
    this.facets.hidden = sorted.length < 2;
  }

  toggle(rule) {
    if (!this.rules.delete(rule)) this.rules.add(rule);
    this.filter();
    this.facets.querySelector(`[data-rule="${CSS.escape(rule)}"]`)?.focus();
  }

  // ---- drawing

  more(least = 0) {
    const near = this.list.scrollTop + 2 * this.list.clientHeight >= this.list.scrollHeight;
    const drawn = this.list.querySelectorAll('[role=option]').length;
    if (drawn >= this.shown.length || !(near || least >= drawn)) return;
    const to = Math.max(drawn + LIST_STEP, least + 1);
    this.list.append(...this.shown.slice(drawn, to).map((change, i) => this.entry(change, drawn + i)));
  }

  classesOf(item) {
    return [classOf(verdict(this.decisions, item)), item.group === undefined ? '' : 'group', this.ranking === 'cause' && item.group === undefined && this.isMember(item) ? 'member' : '']
      .filter((word) => word !== undefined && word !== '').join(' ');
  }

  isMember(change) { return this.opened.has(this.causes.of(change)); }

  entry(change, index) {
    const verb = verdict(this.decisions, change);
    const sign = verb === undefined ? (change.group === undefined ? '' : this.opened.has(change.cause) ? '▾' : '▸') : signOf(verb);
    if (change.group !== undefined) return this.groupEntry(change, index, sign);
    return element('li', {role: 'option', id: `${this.panel.id}-${change.id}`, class: this.classesOf(change), 'data-id': change.id,
                          'aria-selected': String(this.chosen === change), 'aria-setsize': this.shown.length, 'aria-posinset': index + 1},
                   element('span', {class: 'sign', title: verb}, sign),
                   withText(element('span', {class: 'what', dir: 'auto'}), told(this.book, change) + (change.doubtful && change.kind !== 'doubt' && change.reason !== '' ? `: ${change.reason}` : '')),
                   element('span', {class: 'where'}, `${change.rule} · ${this.book.where(change.line)}`),
                   sureness(change.sure));
  }

  groupEntry(item, index, sign) {
    const left = item.group.filter((change) => this.decisions.of(change) === undefined).length;
    const words = told(this.book, item).replace(/'.*'/s, '…');
    return element('li', {role: 'option', id: `${this.panel.id}-${item.id}`, class: this.classesOf(item), 'data-id': item.id,
                          'aria-selected': String(this.chosen?.id === item.id), 'aria-setsize': this.shown.length, 'aria-posinset': index + 1},
                   element('span', {class: 'sign'}, sign),
                   withText(element('span', {class: 'what', dir: 'auto'}, element('strong', {}, `${item.group.length} ×`), ' '), words + (item.kind !== 'doubt' && item.reason !== '' ? `: ${item.reason}` : '')),
                   element('span', {class: 'where'}, `${item.rule} · ${left === 0 ? 'all decided' : left === item.group.length ? 'one cause' : `${left} left`}`),
                   sureness(item.sure));
  }

  /** Shows the changes of a group one by one, or hides them again. */
  toggleGroup(item) {
    if (!this.opened.delete(item.cause)) this.opened.add(item.cause);
    this.filter();
    this.select(this.shown.find((one) => one.cause === item.cause) ?? null);
  }

  /** Draws again the entries of these changes, as their decisions changed. */
  redraw() {
    if (this.hideDecided) return this.filter();
    for (const old of this.list.querySelectorAll('[role=option]')) {
      const item = this.itemOf(old);
      if (item.group !== undefined || old.className !== this.classesOf(item)) old.replaceWith(this.entry(item, this.shown.indexOf(item)));
    }
  }

  // ---- choosing

  clicked(event) {
    const entry = event.target.closest('[role=option]');
    if (entry === null) return;
    const item = this.itemOf(entry);
    if (item.group !== undefined && (event.target.closest('.sign') !== null || this.chosen?.id === item.id)) this.toggleGroup(item);
    this.choose(item);
  }

  itemOf(entry) {
    const id = Number(entry.dataset.id);
    return id < 0 ? this.shown.find((item) => item.id === id) : this.book.changes[id];
  }

  /** Shows `change` as the chosen one, if it is listed. */
  select(change) {
    this.list.querySelector('[aria-selected=true]')?.setAttribute('aria-selected', 'false');
    this.chosen = change;
    const index = this.positions.get(change?.id);
    if (index === undefined) return void this.list.removeAttribute('aria-activedescendant');
    this.more(index);
    const entry = document.getElementById(`${this.panel.id}-${this.shown[index].id}`);
    entry?.setAttribute('aria-selected', 'true');
    entry?.scrollIntoView({block: 'nearest'});
    this.list.setAttribute('aria-activedescendant', `${this.panel.id}-${this.shown[index].id}`);
  }

  /** The entry `step` away from the chosen one; the first or last at the ends. Undecided ones only, if asked. */
  neighbour(step, undecided = false) {
    if (this.shown.length === 0) return null;
    let index = this.positions.get(this.chosen?.id) ?? (step > 0 ? -1 : this.shown.length);
    for (index += step; index >= 0 && index < this.shown.length; index += step)
      if (!undecided || verdict(this.decisions, this.shown[index]) === undefined) return this.shown[index];
    return null;
  }

  /** Filters by the next rule (or the one before), and by none at the end. */
  nextRule(step) {
    const rules = [null, ...[...this.facets.children].map((facet) => facet.dataset.rule)];
    const now = rules.indexOf(this.rules.size === 1 ? [...this.rules][0] : null);
    const next = rules[(now + step + rules.length) % rules.length];
    this.rules = new Set(next === null ? [] : [next]);
    this.filter();
  }
}

/** A decision as a sign, and as a class of the style sheet: what was said instead is neither accepted nor rejected. */
const signOf = (verb) => ({accept: '✓', reject: '✗'})[verb] ?? '✎';
const classOf = (verb) => (verb === undefined || verb === 'accept' || verb === 'reject' ? verb : 'instead');

/** How sure a decision is: a bar, and the number for those who do not see it. */
function sureness(sure) {
  const bar = element('span', {class: 'bar', 'aria-hidden': 'true'}, element('span', {}));
  bar.firstChild.style.width = `${sure}%`;
  return element('span', {class: 'sure', title: `${sure} % sure`}, bar, `${sure} %`);
}
