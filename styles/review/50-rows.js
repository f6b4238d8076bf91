// The two columns, row by row: a row is a stretch of lines that are one thing in the edition, drawn from both sides.

const ROW_LINES = 40, ROW_CHARACTERS = 4000, CHUNK_ROWS = 24, CHUNK_CHARACTERS = 6000;

/** The rows of the book: {first, last, block, begin, end, page}; begin and end are offsets, for lines too long for one row. */
function rowsOf(book) {
  const rows = [];
  let row = null;
  const pages = new Map(book.pages.map((page, index) => [page.line, index]));
  for (let line = 0; line < book.begins.length; ++line) {
    const block = book.blockOf[line], page = pages.get(line) ?? -1, blank = book.isBlank(line);
    const other = row !== null && !blank && row.named && (block !== row.block || block < 0);
    const full = row !== null && (row.long || line - row.first >= ROW_LINES || book.ends[line] - row.begin > ROW_CHARACTERS);
    if (row === null || page >= 0 || other || full) {
      row = {first: line, last: line + 1, block, begin: book.begins[line], end: book.ends[line], page, named: !blank, long: false};
      rows.push(row);
      while (row.end - row.begin > 2 * ROW_CHARACTERS) { // a line that no screen could hold
        let cut = row.begin + ROW_CHARACTERS;
        if (isLowSurrogate(book.source, cut)) ++cut;
        const rest = {...row, begin: cut, page: -1, long: true};
        row.end = cut;
        rows.push(rest);
        row = rest;
      }
      continue;
    }
    if (!blank && !row.named) Object.assign(row, {block, named: true});
    row.last = line + 1;
    row.end = book.ends[line];
  }
  return rows;
}

/** Rows in parcels that are drawn together: {first, last} of the rows. */
function chunksOf(rows) {
  const chunks = [];
  let characters = 0;
  rows.forEach((row, index) => {
    const size = row.end - row.begin;
    const chunk = chunks.at(-1);
    if (chunk === undefined || index - chunk.first >= CHUNK_ROWS || characters + size > CHUNK_CHARACTERS) {
      chunks.push({first: index, last: index + 1});
      characters = size;
    } else {
      chunk.last = index + 1;
      characters += size;
    }
  });
  return chunks;
}

class RowPainter {
  constructor(book, decisions, goTo) { Object.assign(this, {book, decisions, goTo}); }

  paint(row, index) {
    const block = row.block < 0 ? null : this.book.blocks[row.block];
    const whole = element('div', {class: 'row', 'data-row': index});
    const source = element('div', {class: 'source', role: 'cell'}), edition = element('div', {class: 'edition', role: 'cell', lang: this.book.facts.get('language')});
    this.sourceText(row, source);
    this.editionText(row, block, edition);
    whole.append(element('div', {class: 'pair', role: 'row'}, source, edition));
    if (row.page >= 0) whole.prepend(this.pageBreak(row.page));
    return whole;
  }

  // ---- the source

  // Blank lines that follow one another take the room of one.
  sourceText(row, source) {
    const {book} = this;
    for (let line = row.first; line < row.last; ++line) {
      const first = line;
      while (line + 1 < row.last && book.isBlank(first) && book.isBlank(line + 1)) ++line;
      const whole = this.sourceLine(row, first);
      if (line > first) whole.firstChild.textContent = `${book.numbers[first]}–${book.numbers[line]}`;
      source.append(whole);
    }
  }

  sourceLine(row, line) {
    const {book} = this;
    const from = Math.max(row.begin, book.begins[line]), to = Math.min(row.end, book.ends[line]);
    const number = element('span', {class: 'number', 'data-line': line, title: 'Choose this line'}, from === book.begins[line] ? String(book.numbers[line]) : '');
    const text = element('span', {class: 'words', dir: 'auto'});
    for (const segment of this.segments(from, to, this.marksIn(line, from, to)))
      this.mark(text, book.source.slice(segment.at, segment.end), segment.changes, segment.end, 'source');
    return element('div', {class: 'line'}, number, text);
  }

  marksIn(line, from, to) {
    const all = this.book.marks.get(line) ?? [];
    return all.filter((change) => change.at < to ? change.end > from || (change.at === change.end && change.at >= from) : change.at === to && change.at === change.end);
  }

  // [from, to) cut wherever a mark begins or ends.
  segments(from, to, marks) {
    if (marks.length === 0) return [{at: from, end: to, changes: []}];
    const cuts = new Set([from, to]);
    const inside = (at) => Math.min(to, Math.max(from, at));
    for (const mark of marks) cuts.add(inside(mark.at)).add(inside(mark.end));
    const sorted = [...cuts].sort((a, b) => a - b), out = [];
    for (let i = 0; i + 1 < sorted.length; ++i)
      out.push({at: sorted[i], end: sorted[i + 1], changes: marks.filter((mark) => mark.at <= sorted[i] && mark.end >= sorted[i + 1] && mark.end > mark.at)});
    return out;
  }

  /** Text with the changes that touch it: the one that matters most is the one that a click chooses. */
  mark(parent, text, changes, end, side, extra = '') {
    if (changes.length === 0) return void appendText(parent, text);
    const main = [...changes].sort((a, b) => this.weight(b) - this.weight(a))[0];
    const classes = ['m', main.kind, `of-${side}`, extra, end >= main.end ? 'ends' : '', ...this.states(main)];
    for (const change of changes) if (change.kind === 'phrase') classes.push(`is-${change.name.replace(/[^a-zA-Z]/g, '')}`);
    const made = element('mark', {class: classes.filter((word) => word !== '').join(' '), 'data-change': changes.map((change) => change.id).join(' '),
                                  'data-main': main.id, title: `${main.rule}, ${main.sure} % sure`});
    appendText(made, text);
    parent.append(made);
  }

  weight(change) {
    return (change.doubtful ? 8 : 0) + ({doubt: 4, edit: 3, link: 2}[change.kind] ?? 0);
  }

  /** The classes that tell what was decided of a change, and whether it is doubtful. */
  states(change) {
    const decision = this.decisions.of(change);
    return [change.doubtful ? 'doubtful' : '', decision === undefined ? '' : decision.verb === 'reject' ? 'rejected' : 'accepted'];
  }

  // ---- the edition

  editionText(row, block, edition) {
    const {book} = this;
    const name = block?.change.name ?? 'none';
    const begins = block === null || block.first >= row.first;
    edition.classList.add(`block-${name.replace(/[^a-zA-Z]/g, '')}`);
    const level = Number(attribute(block?.change.attributes ?? '', 'level') || 1);
    if (name === 'head' || name === 'entry') edition.classList.add(`level-${Math.min(6, level)}`);
    if (block !== null) edition.append(this.chip(block.change, begins && row.begin === book.begins[row.first]));
    const text = element('div', name === 'head' && begins ? {class: 'words', dir: 'auto', role: 'heading', 'aria-level': String(Math.min(6, level + 1))} : {class: 'words', dir: 'auto'});
    let any = false;
    for (let line = row.first; line < row.last; ++line) {
      if (book.isBlank(line)) continue;
      const from = Math.max(row.begin, book.begins[line]), to = Math.min(row.end, book.ends[line]);
      if (from === book.begins[line]) this.between(text, line, any || !begins, name);
      any = true;
      this.editionLine(text, line, from, to);
    }
    edition.append(text);
  }

  // What stands between a line and the one before it.
  between(text, line, follows, name) {
    const join = this.book.joins.get(line);
    if (join !== undefined) return this.mark(text, join.after, [join], join.end, 'edition');
    if (follows) text.append(name === 'titlePage' || name === 'lg' ? '\n' : ' ');
  }

  editionLine(text, line, from, to) {
    const {book} = this;
    const marks = this.marksIn(line, from, to);
    let first = true;
    for (const piece of book.pieces(from, to)) {
      if (piece.patched) {
        const touching = marks.filter((mark) => mark.at < piece.end && mark.end > piece.at);
        this.mark(text, piece.text, touching, piece.end, 'edition', piece.text === '' ? 'gone' : '');
      } else {
        for (const segment of this.segments(piece.at, piece.end, marks)) {
          const words = book.source.slice(segment.at, segment.end);
          this.mark(text, first ? words.trimStart() : words, segment.changes.filter((change) => change.kind !== 'edit'), segment.end, 'edition');
          first = false;
        }
      }
      first = false;
    }
  }

  chip(change, begins) {
    const words = begins ? thing(change) : `${thing(change)}, goes on`;
    return element('button', {class: ['chip', ...this.states(change)].filter((word) => word !== '').join(' '), type: 'button', tabindex: '-1', 'data-change': change.id,
                              'data-main': change.id, title: `${change.rule}, ${change.sure} % sure`}, begins || change.name !== 'p' ? words : '…');
  }

  pageBreak(index) {
    const {book} = this;
    const page = book.pages[index], changes = book.pageChanges.get(page.line) ?? [];
    const main = changes.find((change) => change.doubtful) ?? changes.at(-1);
    const label = page.label === '' ? `page [${index + 1}], no number` : `page ${page.label}` + (page.read ? '' : ', number worked out');
    const states = main === undefined ? [] : this.states(main);
    return element('div', {class: 'page-break', role: 'row'},
                   element('div', {role: 'cell'}, element('button', {class: ['m', 'page', ...states].filter((word) => word !== '').join(' '), type: 'button', tabindex: '-1',
                                      'data-change': changes.map((change) => change.id).join(' '), 'data-main': main?.id ?? '',
                                      title: main === undefined ? undefined : `${main.rule}, ${main.sure} % sure`}, label)));
  }
}
