// The list of doubts, or of all changes: counted by rule, ranked by doubt or in the order of the book.

const LIST_STEP = 200; // entries that are drawn at once

class ChangeList {
  /** `changes` is what may be listed; `choose(change)` is called when one is chosen. */
  constructor(panel, book, decisions, changes, choose) {
    Object.assign(this, {panel, book, decisions, all: changes, choose, rules: new Set(), hideDecided: false, chosen: null});
    this.byDoubt = changes.length > 0 && changes[0].doubtful;
    this.facets = element('div', {class: 'facets', role: 'group', 'aria-label': 'Show only these rules'});
    this.order = element('select', {'aria-label': 'Order', onchange: () => this.reorder()}, element('option', {value: 'doubt'}, 'most doubtful first'), element('option', {value: 'book'}, 'in the order of the book'));
    this.order.value = this.byDoubt ? 'doubt' : 'book';
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
    this.byDoubt = this.order.value === 'doubt';
    this.filter();
  }

  filter() {
    this.shown = this.all.filter((change) => this.passes(change));
    const inBook = (a, b) => a.at - b.at || a.id - b.id;
    this.shown.sort(this.byDoubt ? (a, b) => a.sure - b.sure || inBook(a, b) : inBook);
    this.positions = new Map(this.shown.map((change, index) => [change.id, index]));
    this.count.textContent = this.shown.length === this.all.length ? `${this.all.length}` : `${this.shown.length} of ${this.all.length}`;
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

  entry(change, index) {
    const decision = this.decisions.of(change);
    const sign = decision === undefined ? '' : decision.verb === 'accept' ? '✓' : '✗';
    return element('li', {role: 'option', id: `${this.panel.id}-${change.id}`, class: decision === undefined ? '' : decision.verb, 'data-id': change.id,
                          'aria-selected': String(this.chosen === change), 'aria-setsize': this.shown.length, 'aria-posinset': index + 1},
                   element('span', {class: 'sign', title: decision?.verb}, sign),
                   withText(element('span', {class: 'what', dir: 'auto'}), told(this.book, change) + (change.doubtful && change.kind !== 'doubt' && change.reason !== '' ? `: ${change.reason}` : '')),
                   element('span', {class: 'where'}, `${change.rule} · ${this.book.where(change.line)}`),
                   sureness(change.sure));
  }

  /** Draws again the entries of these changes, as their decisions changed. */
  redraw() {
    if (this.hideDecided) return this.filter();
    for (const old of this.list.querySelectorAll('[role=option]')) {
      const change = this.book.changes[Number(old.dataset.id)], decision = this.decisions.of(change);
      if (old.className !== (decision?.verb ?? '')) old.replaceWith(this.entry(change, this.positions.get(change.id)));
    }
  }

  // ---- choosing

  clicked(event) {
    const entry = event.target.closest('[role=option]');
    if (entry !== null) this.choose(this.book.changes[Number(entry.dataset.id)]);
  }

  /** Shows `change` as the chosen one, if it is listed. */
  select(change) {
    this.list.querySelector('[aria-selected=true]')?.setAttribute('aria-selected', 'false');
    this.chosen = change;
    const index = this.positions.get(change?.id);
    if (index === undefined) return void this.list.removeAttribute('aria-activedescendant');
    this.more(index);
    const entry = document.getElementById(`${this.panel.id}-${change.id}`);
    entry?.setAttribute('aria-selected', 'true');
    entry?.scrollIntoView({block: 'nearest'});
    this.list.setAttribute('aria-activedescendant', `${this.panel.id}-${change.id}`);
  }

  /** The entry `step` away from the chosen one; the first or last at the ends. Undecided ones only, if asked. */
  neighbour(step, undecided = false) {
    if (this.shown.length === 0) return null;
    let index = this.positions.get(this.chosen?.id) ?? (step > 0 ? -1 : this.shown.length);
    for (index += step; index >= 0 && index < this.shown.length; index += step)
      if (!undecided || this.decisions.of(this.shown[index]) === undefined) return this.shown[index];
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

/** How sure a decision is: a bar, and the number for those who do not see it. */
function sureness(sure) {
  const bar = element('span', {class: 'bar', 'aria-hidden': 'true'}, element('span', {}));
  bar.firstChild.style.width = `${sure}%`;
  return element('span', {class: 'sure', title: `${sure} % sure`}, bar, `${sure} %`);
}
