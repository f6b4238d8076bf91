// The text on the screen: only what is near the window is drawn, so that a book of any length opens at once.

class TextView {
  constructor(scroller, book, painter) {
    Object.assign(this, {scroller, book, painter, rows: rowsOf(book)});
    this.chunks = chunksOf(this.rows);
    this.rowEnds = this.rows.map((row) => row.last); // non-decreasing: the row of a line by bisection
    this.drawn = new Set();
    this.current = null;
    this.afterDrawing = () => {};
    const perLine = this.estimateLine();
    this.holders = this.chunks.map((chunk, index) => {
      const holder = element('div', {class: 'chunk', role: 'rowgroup', 'data-chunk': index});
      let lines = 0;
      for (let i = chunk.first; i < chunk.last; ++i) {
        const row = this.rows[i];
        lines += Math.max(row.last - row.first, Math.ceil((row.end - row.begin) / perLine)) + (row.page >= 0 ? 2 : 0.5);
      }
      holder.style.minHeight = `${Math.round(lines * 25)}px`;
      return holder;
    });
    scroller.append(...this.holders);
    this.watcher = new IntersectionObserver((entries) => this.seen(entries), {root: scroller, rootMargin: '1500px 0px'});
    for (const holder of this.holders) this.watcher.observe(holder);
  }

  // Characters that a line of a column holds, roughly: wide ones are two.
  estimateLine() {
    const sample = this.book.source.slice(0, 20000);
    const wide = (sample.match(/[\u2e80-\uffdc]/g) ?? []).length / Math.max(1, sample.length);
    return Math.max(12, this.scroller.clientWidth / 2 / 8.5 / (1 + wide));
  }

  seen(entries) {
    for (const entry of entries) {
      const index = Number(entry.target.dataset.chunk);
      if (entry.isIntersecting) this.draw(index);
      else if (this.drawn.has(index) && !this.printing) this.clear(index, entry.boundingClientRect.height);
    }
    this.afterDrawing();
  }

  draw(index) {
    if (this.drawn.has(index)) return;
    this.drawn.add(index);
    const chunk = this.chunks[index], holder = this.holders[index];
    const rows = document.createDocumentFragment();
    for (let i = chunk.first; i < chunk.last; ++i) rows.append(this.painter.paint(this.rows[i], i));
    holder.replaceChildren(rows);
    holder.style.minHeight = '';
    this.point(holder);
  }

  clear(index, height) {
    this.drawn.delete(index);
    this.holders[index].style.minHeight = `${height}px`;
    this.holders[index].replaceChildren();
  }

  /** Draws again what is on the screen. */
  refresh() {
    for (const index of [...this.drawn]) {
      this.drawn.delete(index);
      this.draw(index);
    }
    this.afterDrawing();
  }

  rowAt(offset) {
    const line = this.book.lineAt(offset);
    let row = upperBound(this.rowEnds, line);
    while (row + 1 < this.rows.length && this.rows[row + 1].first === line && this.rows[row + 1].begin <= offset) ++row;
    return Math.min(row, this.rows.length - 1);
  }
  chunkOfRow(row) { return Math.max(0, upperBound(this.chunkFirsts ??= this.chunks.map((chunk) => chunk.first), row) - 1); }

  /** Marks what the change touches, wherever it is drawn. */
  point(within = this.scroller) {
    for (const old of within.querySelectorAll('.current')) old.classList.remove('current');
    if (this.current === null) return;
    if (this.current.change !== undefined)
      for (const mark of within.querySelectorAll(`[data-change~="${this.current.change}"]`)) mark.classList.add('current');
    within.querySelector(`[data-row="${this.current.row}"]`)?.classList.add('current');
  }

  /** Shows an offset, and what a change did there. */
  show(offset, change) {
    const row = this.rowAt(offset);
    this.current = {row, change};
    this.scrollTo(row);
    this.point();
    requestAnimationFrame(() => { // what was drawn around it has other heights than were guessed
      this.scrollTo(row);
      this.point();
    });
  }

  scrollTo(row) {
    const chunk = this.chunkOfRow(row);
    for (let i = Math.max(0, chunk - 1); i <= Math.min(this.chunks.length - 1, chunk + 1); ++i) this.draw(i);
    const whole = this.scroller.querySelector(`[data-row="${row}"]`);
    const target = whole?.querySelector('.current') ?? whole;
    target?.scrollIntoView({block: 'center'});
  }

  /** The first offset on the screen. */
  top() {
    const edge = this.scroller.getBoundingClientRect().top + 40;
    for (const row of this.scroller.querySelectorAll('.row'))
      if (row.getBoundingClientRect().bottom > edge) return this.rows[Number(row.dataset.row)].begin;
    return 0;
  }

  drawAll() {
    this.printing = true;
    this.chunks.forEach((_, index) => this.draw(index));
  }
}
