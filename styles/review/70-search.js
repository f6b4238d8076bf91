// Searching source and edition at once, row by row, and painting what was found on what is drawn.

class Search {
  constructor(book, view, field, status) {
    Object.assign(this, {book, view, field, status, found: [], position: -1, pattern: null});
    let waiting = 0;
    field.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => this.search(), 150);
    });
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') clearTimeout(waiting), this.step(event.shiftKey ? -1 : 1);
      if (event.key === 'Escape') this.clear(), field.blur();
      else if (event.key !== 'Enter') return;
      event.preventDefault();
    });
  }

  clear() {
    this.field.value = '';
    this.search();
  }

  search() {
    const words = this.field.value.trim();
    this.pattern = words === '' ? null : new RegExp(words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+'), 'giu');
    this.searched = this.field.value;
    this.found = [];
    this.position = -1;
    if (this.pattern !== null)
      this.view.rows.forEach((row, index) => {
        if (this.matches(this.book.source.slice(row.begin, row.end)) || this.matches(this.edition(row))) this.found.push(index);
      });
    this.tell();
    this.paint();
  }

  matches(text) {
    this.pattern.lastIndex = 0;
    return this.pattern.test(text);
  }

  // The row's words as the edition has them, lines put together.
  edition(row) {
    let out = '';
    for (let line = row.first; line < row.last; ++line) {
      const join = this.book.joins.get(line);
      const from = Math.max(row.begin, this.book.begins[line]), to = Math.min(row.end, this.book.ends[line]);
      out += (line === row.first ? '' : join === undefined ? ' ' : join.after) + this.book.reading(from, to).trimStart();
    }
    return out;
  }

  step(by) {
    if (this.searched !== this.field.value) this.search();
    if (this.found.length === 0) return;
    if (this.position < 0) { // begin from what is on the screen
      const top = this.view.rowAt(this.view.top());
      this.position = by > 0 ? this.found.findIndex((row) => row >= top) - 1 : this.found.findIndex((row) => row >= top);
      if (this.position < -1) this.position = -1;
    }
    this.position = (this.position + by + this.found.length) % this.found.length;
    this.view.current = {row: this.found[this.position]};
    this.view.scrollTo(this.found[this.position]);
    this.view.point();
    this.tell();
    this.paint();
  }

  tell() {
    this.status.textContent = this.pattern === null ? '' : this.found.length === 0 ? 'not found'
      : this.position < 0 ? `${this.found.length} places` : `${this.position + 1} of ${this.found.length}`;
  }

  /** Paints the matches on what is drawn, where the browser can paint without changing the page. */
  paint() {
    if (typeof Highlight === 'undefined') return;
    CSS.highlights.delete('found');
    if (this.pattern === null) return;
    const ranges = [];
    for (const words of this.view.scroller.querySelectorAll('.words')) this.rangesIn(words, ranges);
    CSS.highlights.set('found', new Highlight(...ranges));
  }

  rangesIn(parent, ranges) {
    const nodes = [], starts = [];
    let text = '';
    for (let walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT); walker.nextNode();) {
      nodes.push(walker.currentNode);
      starts.push(text.length);
      text += walker.currentNode.data;
    }
    for (const match of text.matchAll(this.pattern)) {
      if (match[0] === '') break;
      const range = new Range(), first = upperBound(starts, match.index) - 1, last = upperBound(starts, match.index + match[0].length - 1) - 1;
      range.setStart(nodes[first], match.index - starts[first]);
      range.setEnd(nodes[last], match.index + match[0].length - starts[last]);
      ranges.push(range);
    }
  }
}
