// Linking a note to its mark: by `l` and the number of a candidate, or by `l` and a click on the other end.

const MOST_CANDIDATES = 9; // a figure each

class Linking {
  /** `page` has book, decisions, detail, view, say and linked(line of the decisions file). */
  constructor(card, page) { Object.assign(this, {card, page, mark: null, note: null, candidates: []}); }

  get active() { return !this.card.hidden; }

  /** Begins with what is chosen: words that are selected, a mark, or a note. */
  begin() {
    const {book, detail, view, say} = this.page, {change} = detail;
    if (this.active) return this.end();
    this.mark = selectedPlace(book, view.rows);
    if (this.mark === null && detail.line === null) return say('Choose a mark or a note first.');
    this.note = this.mark === null ? this.noteAt(change?.line ?? detail.line) : null;
    if (this.mark === null && this.note === null && change !== null && change.end > change.at && change.end <= book.ends[change.line])
      this.mark = {at: change.at, end: change.end};
    if (this.mark === null && this.note === null) return say('Select the mark in the text first, or choose its note.');
    this.draw();
  }

  end() {
    this.card.hidden = true;
    document.body.classList.remove('linking');
  }

  noteAt(line) {
    for (let block = this.page.book.blockAt(line); block !== null && block !== undefined; block = this.page.book.blocks[block.parent])
      if (block.change.name === 'note') return block;
    return null;
  }

  // The other ends, those without a link first, then the nearest.
  near() {
    const {book} = this.page, links = book.changes.filter((change) => change.kind === 'link' && change.name === 'note');
    const here = this.mark?.at ?? book.begins[this.note.first];
    const ends = this.mark !== null
      ? book.blocks.filter((block) => block.change.name === 'note').map((note) => ({at: book.begins[note.first], note, taken: links.some((link) => book.lineAt(link.to) === note.first), words: beginning(book, note, 50)}))
      : book.changes.filter((change) => (change.kind === 'phrase' && change.name === 'mark') || change.rule === 'omissions.mark')
          .map((mark) => ({at: mark.at, mark: {at: mark.at, end: mark.end}, taken: links.some((link) => link.at === mark.at), words: `${book.source.slice(mark.at, mark.end)} in “${context(book, mark, 14)}”`}));
    return ends.sort((a, b) => a.taken - b.taken || Math.abs(a.at - here) - Math.abs(b.at - here)).slice(0, MOST_CANDIDATES);
  }

  draw() {
    const {book} = this.page;
    this.candidates = this.near();
    const own = this.mark !== null ? `“${book.source.slice(this.mark.at, this.mark.end)}” is the mark of …` : `“${beginning(book, this.note, 40)}” belongs to …`;
    const items = this.candidates.map((one, index) => element('li', {}, element('button', {type: 'button', onclick: () => this.choose(index)}, element('kbd', {}, String(index + 1)), ' ', withText(element('span', {dir: 'auto'}), one.words),
      element('span', {class: 'quiet'}, ` ${book.where(book.lineAt(one.at))}${one.taken ? ', linked' : ''}`))));
    this.card.replaceChildren(withText(element('strong', {dir: 'auto'}), own), element('ol', {}, ...items),
      element('p', {class: 'quiet'}, this.mark !== null ? 'or click the note in the text; ' : 'or click the mark in the text, or select it; ', element('button', {type: 'button', onclick: () => this.end()}, 'Cancel ', element('kbd', {}, 'Esc'))));
    this.card.hidden = false;
    document.body.classList.add('linking');
  }

  choose(index) {
    const one = this.candidates[index];
    if (one !== undefined) this.finish(one.mark ?? this.mark, one.note ?? this.note);
  }

  /** A click in the text while a link is being made: true if it was an end. */
  clicked(event) {
    const {book, view} = this.page, row = view.rows[Number(event.target.closest('.row')?.dataset.row ?? NaN)];
    if (row === undefined) return false;
    if (this.mark !== null) {
      const note = this.noteAt(row.first);
      if (note === null) return this.page.say('That is no note: click one, or choose a number.'), true;
      return this.finish(this.mark, note), true;
    }
    const change = book.changes[Number(event.target.closest('[data-main]')?.dataset.main || NaN)];
    const words = selectedPlace(book, view.rows) ?? (change !== undefined && change.kind !== 'block' && change.end > change.at && change.end <= book.ends[change.line] ? change : null);
    if (words === null) return this.page.say('Click a mark, or select the letters that are one.'), true;
    return this.finish({at: words.at, end: words.end}, this.note), true;
  }

  finish(mark, note) {
    const {book, decisions} = this.page;
    const begin = book.begins[note.first], to = nameOf(book, begin, Math.min(book.ends[note.first], begin + 60));
    this.end();
    if (to === null || to.count !== '') return this.page.say('Another note begins with the same words: no decision could tell them apart.', true);
    this.page.linked(decisions.line('link', '', mark.at, mark.end, ` -> ${to.words}`));
  }
}
