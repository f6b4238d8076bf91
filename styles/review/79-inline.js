// Words read otherwise, where they stand: a double click on a word, or `w` on what is selected or chosen.

class InlineReading {
  /** `page` has book, decisions, detail, view, say and decide(line of the decisions file). */
  constructor(page) { this.page = page; }

  begin() {
    const {book, detail, view, say} = this.page;
    const place = selectedPlace(book, view.rows) ?? this.chosen();
    if (place === null) return say('Select words of one line in the source, or choose something that is in one.');
    this.close();
    const {at, end} = place, now = book.reading(at, end);
    this.field = element('input', {value: now, 'aria-label': 'How these words read', spellcheck: 'false', size: Math.max(6, now.length + 4)});
    this.form = element('form', {class: 'inline', onsubmit: (event) => { event.preventDefault(); this.decide(at, end, now); }, onkeydown: (event) => { if (event.key === 'Escape') this.close(); }},
      this.field, element('button', {}, 'Reads so'));
    const box = this.box(at);
    Object.assign(this.form.style, {left: `${Math.max(8, Math.min(box.left, innerWidth - 320))}px`, top: `${Math.min(box.top - 4, innerHeight - 60)}px`});
    document.body.append(this.form);
    this.field.focus();
    this.field.select();
  }

  // What is chosen, if it is within a line; else the line.
  chosen() {
    const {book, detail} = this.page, {change, line} = detail;
    if (line === null) return null;
    if (change !== null && change.kind !== 'block' && change.end > change.at && change.end <= book.ends[change.line]) return {at: change.at, end: change.end};
    const words = book.text(line).trim();
    const at = book.begins[line] + book.text(line).indexOf(words);
    return words === '' ? null : {at, end: at + words.length};
  }

  box(at) {
    const selection = getSelection();
    if (!selection.isCollapsed && selection.rangeCount > 0) return selection.getRangeAt(0).getBoundingClientRect();
    const number = document.querySelector(`#text [data-line="${this.page.book.lineAt(at)}"]`);
    return (document.querySelector('#text .m.current') ?? number?.nextSibling ?? document.getElementById('text')).getBoundingClientRect();
  }

  close() {
    this.form?.remove();
    this.form = undefined;
  }

  decide(at, end, now) {
    const {value} = this.field, {book, decisions} = this.page;
    this.close();
    if (value === now) return this.page.say('It reads so already.');
    if (value === book.source.slice(at, end) && decisions.list.some((one) => one.verb === 'read' && one.at === at)) return this.page.say('Take the earlier reading back, under Decided.');
    this.page.decide(decisions.line('read', '', at, end, ` => ${escapeWords(value)}`));
  }
}
