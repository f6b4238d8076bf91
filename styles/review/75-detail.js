// The card under the text: what was decided, why and how surely; and what a person can say about it.

class Detail {
  /** `act` has accept, reject, takeBack, and decide(line of the decisions file). */
  constructor(card, book, decisions, act) {
    Object.assign(this, {card, book, decisions, act, change: null, line: null, saying: false});
  }

  show(change) {
    Object.assign(this, {change, line: change.line, saying: false});
    this.draw();
  }
  showLine(line) {
    Object.assign(this, {change: null, line, saying: true});
    this.draw();
  }
  sayMore() {
    if (this.line === null || this.change?.group !== undefined) return;
    this.saying = !this.saying;
    this.draw();
    this.card.querySelector('.saying select, .saying button')?.focus();
  }

  draw() {
    const {book, change} = this;
    if (this.line === null) return;
    const parts = change === null ? [this.lineHead()] : [this.head(), this.body(), this.places()];
    parts.push(this.buttons(), this.rather());
    if (this.saying) parts.push(this.sayings());
    this.card.replaceChildren(...parts.filter((part) => part !== null));
    this.card.hidden = false;
  }

  lineHead() {
    const words = shortened(this.book.text(this.line), 100);
    return element('div', {class: 'head'}, element('strong', {}, this.book.where(this.line)), withText(element('span', {dir: 'auto'}), words));
  }

  head() {
    const {book, change} = this;
    const verb = verdict(this.decisions, change);
    const place = change.group === undefined ? book.where(change.line) : `${change.group.length} places, one cause`;
    return element('div', {class: 'head'}, element('strong', {class: 'rule'}, change.rule), element('span', {class: 'quiet'}, `${KIND_WORDS[change.kind]} · ${place}`),
                   sureness(change.sure), verb === undefined ? null : element('span', {class: `verdict ${classOf(verb)}`}, `${signOf(verb)} ${{accept: 'accepted', reject: 'rejected', look: 'to be looked at again'}[verb] ?? `decided otherwise: ${verb}`}`));
  }

  body() {
    const {book, change} = this;
    const body = element('div', {class: 'body'});
    if (change.kind === 'edit') {
      const line = book.begins[change.line];
      const before = book.source.slice(Math.max(line, change.at - 30), change.at), after = book.source.slice(change.end, Math.min(book.ends[change.line], change.end + 30));
      body.append(withText(element('p', {dir: 'auto', class: 'context'}), before));
      const words = body.firstChild;
      words.append(withText(element('del', {}), visible(change.before)), ' ', withText(element('ins', {}), change.after === '' ? '∅' : visible(change.after)));
      appendText(words, after);
    } else {
      body.append(withText(element('p', {dir: 'auto', class: 'context'}), told(book, change)));
    }
    if (change.reason !== '' && change.kind !== 'doubt') body.append(withText(element('p', {class: 'reason'}), change.reason));
    return body;
  }

  // The first places of a group, so that a person sees whether they are alike.
  places() {
    const {change, book} = this;
    if (change.group === undefined) return null;
    const most = 6, shown = change.group.slice(0, most);
    const items = shown.map((one) => withText(element('li', {dir: 'auto'}), `${book.where(one.line)}: ${shortened(book.text(one.line), 60)}`));
    return element('ul', {class: 'places'}, ...items, change.group.length > most ? element('li', {}, `and ${change.group.length - most} more`) : null);
  }

  groupButtons(button) {
    const {change} = this;
    const left = change.group.filter((one) => this.decisions.of(one) === undefined).length;
    const all = left === change.group.length ? `All ${left}` : `The ${left} left`;
    return element('div', {class: 'buttons'},
      left === 0 ? null : button(`${all} right`, 'a', () => this.act.settle('accept'), {class: 'accept'}),
      left === 0 ? null : button(`${all} wrong`, 'r', () => this.act.settle('reject'), {class: 'reject'}),
      button('One by one', 'o', () => this.act.openGroup()),
      element('span', {class: 'steps'}, button('Previous', 'k', () => this.act.step(-1)), button('Next', 'j', () => this.act.step(1))));
  }

  buttons() {
    const {change} = this;
    const button = (words, key, run, properties = {}) => element('button', {type: 'button', onclick: run, ...properties}, words, ' ', element('kbd', {}, key));
    if (change === null) return null;
    if (change.group !== undefined) return this.groupButtons(button);
    const decision = this.decisions.of(change);
    return element('div', {class: 'buttons'},
      button(change.kind === 'doubt' ? 'Settled' : 'Right', 'a', () => this.act.settle('accept'), {class: 'accept', 'aria-pressed': String(decision?.verb === 'accept')}),
      button('Wrong', 'r', () => this.act.settle('reject'), {class: 'reject', 'aria-pressed': String(decision?.verb === 'reject')}),
      decision === undefined ? null : element('button', {type: 'button', onclick: () => this.decisions.takeBack(decision)}, 'Take back'),
      button('Say what it is', 'e', () => this.sayMore(), {'aria-expanded': String(this.saying)}),
      element('span', {class: 'steps'}, button('Previous', 'k', () => this.act.step(-1)), button('Next', 'j', () => this.act.step(1))));
  }

  // What is right, if this is wrong: one key each, of which the page knows what they do.
  rather() {
    const {book, change, line} = this;
    const block = book.blockAt(change?.line ?? line), is = block === null ? '' : block.change.name;
    const keys = INSTEAD.filter((one) => one.name !== is && (one.fits === undefined || one.fits(book, change, line, is)));
    const button = ({key, words}) => element('button', {type: 'button', onclick: () => this.act.instead(key)}, words, ' ', element('kbd', {}, key));
    return element('div', {class: 'buttons rather', role: 'group', 'aria-label': 'What it is instead'}, change === null ? 'It is: ' : 'Rather: ', ...keys.map(button));
  }

  // What the line is, or how its words read, in a person's own words.
  sayings() {
    const {book, line} = this;
    const begin = book.begins[line] + (book.text(line).length - book.text(line).trimStart().length);
    const end = Math.min(book.ends[line], begin + 60);
    const decide = (verb, argument, from = begin, to = Math.max(begin, end), rest = '') =>
      this.act.decide(this.decisions.line(verb, argument, from, to, rest));
    const choice = (words, run) => element('button', {type: 'button', onclick: run}, words);
    const level = element('select', {'aria-label': 'Level of the heading'}, ...[1, 2, 3, 4, 5, 6].map((n) => element('option', {value: n}, `level ${n}`)));
    const kind = element('select', {'aria-label': 'Kind of furniture'}, ...Object.entries(FURNITURE).map(([value, words]) => element('option', {value}, words)));
    const words = this.words();
    const was = element('input', {value: words, 'aria-label': 'Words of the source', spellcheck: 'false'}), reads = element('input', {value: words, 'aria-label': 'How they read', spellcheck: 'false'});
    const again = element('input', {placeholder: 'for what, in the scan', 'aria-label': 'What to look for in the scan'});
    const read = () => {
      const at = book.source.slice(book.begins[line], book.ends[line]).indexOf(was.value);
      if (was.value === '' || at < 0) return this.act.complain('These words are not in the line; copy them as the source has them.');
      decide('read', '', book.begins[line] + at, book.begins[line] + at + was.value.length, ` => ${escapeWords(reads.value)}`);
    };
    return element('div', {class: 'saying', role: 'group', 'aria-label': 'Say what the line is'},
      element('div', {}, 'This line is ', element('span', {class: 'group'}, choice('a heading of', () => decide('head', level.value)), level), choice('a paragraph', () => decide('paragraph', '')),
              choice('a note', () => decide('note', '')), element('span', {class: 'group'}, choice('set aside as', () => decide('furniture', kind.value)), kind)),
      line === 0 ? null : element('div', {}, 'With the line before, it ', choice('goes on', () => decide('join', '', book.begins[line], book.begins[line])), choice('is apart', () => decide('split', '', book.begins[line], book.begins[line]))),
      element('form', {onsubmit: (event) => { event.preventDefault(); decide('look', '', begin, Math.max(begin, end), again.value.trim() === '' ? '' : ` => ${escapeWords(again.value.trim())}`); }}, again, ' ', element('button', {}, 'Look at it again')),
      element('form', {onsubmit: (event) => { event.preventDefault(); read(); }}, was, ' reads ', reads, ' ', element('button', {}, 'Correct')));
  }

  // What is selected in the text, else what the change is about, else the line.
  words() {
    const selected = String(getSelection()), line = this.book.text(this.line);
    if (selected !== '' && line.includes(selected)) return selected;
    const inLine = this.change !== null && this.change.end > this.change.at && this.change.end <= this.book.ends[this.line];
    return inLine && this.change.kind !== 'block' ? this.book.source.slice(this.change.at, this.change.end) : line.trim().slice(0, 60);
  }
}
