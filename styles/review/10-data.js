// The book as emend embedded it: source, lines, edition and ledger, decoded once. All places are offsets into `source`.
'use strict';

const KINDS = ['edit', 'join', 'block', 'phrase', 'page', 'link', 'meta', 'doubt'];

/** The value of `key` in attributes as the ledger has them: lines `key=value`. */
function attribute(attributes, key) {
  for (const line of attributes.split('\n')) if (line.startsWith(key + '=')) return line.slice(key.length + 1);
  return '';
}

/** The first index of a sorted array whose value is greater than `value`. */
function upperBound(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

class Book {
  constructor(data) {
    Object.assign(this, {source: data.source, name: data.name, sha256: data.sha256, program: data.program,
                         broken: data.broken, certain: data.certain, served: data.served, scans: data.scans,
                         decisions: data.decisions, decisionsName: data.decisionsName, version: data.version,
                         images: data.images, zones: data.zones, scanScale: data.scanScale}); // boxes: [line, left, top, right, bottom]
    this.facts = new Map();
    for (const [key, value] of data.facts) this.facts.set(key, this.facts.has(key) ? `${this.facts.get(key)}, ${value}` : value);
    this.readLines(data.lines);
    this.changes = data.changes.map((row, id) => this.change(row, id, data.words));
    this.blocks = data.blocks.map(([first, last, parent, change]) => ({first, last, parent: parent - 1, change: this.changes[change]}));
    this.pages = data.pages.map(([line, label, sure, read]) => ({line, label, sure, read: read === 1}));
    this.pageLines = this.pages.map((page) => page.line);
    this.patches = data.patches.map(([at, length, text]) => ({at, end: at + length, text}));
    this.patchEnds = this.patches.map((patch) => patch.end);
    this.indexBlocks();
    this.indexChanges();
  }

  readLines(lengths) {
    const count = lengths.length;
    this.begins = new Array(count);
    this.ends = new Array(count);    // without the line end
    this.numbers = new Array(count); // as an editor counts, to which a form feed ends no line
    let at = 0, number = 1;
    for (let i = 0; i < count; ++i) {
      this.begins[i] = at;
      this.numbers[i] = number;
      at += lengths[i];
      let end = at;
      while (end > this.begins[i] && '\r\n\f'.includes(this.source[end - 1])) --end;
      this.ends[i] = end;
      if (this.source[at - 1] !== '\f') ++number;
    }
  }

  change([kind, rule, sure, at, length, name = 0, attributes = 0, reason = 0, after = '', before = 0, to = -1, toLength = 0], id, words) {
    return {id, kind: KINDS[kind], rule: words[rule], sure, at, end: at + length, name: words[name], attributes: words[attributes],
            reason: words[reason], after, before: before === 0 ? this.source.slice(at, at + length) : before, to, toEnd: to + toLength,
            doubtful: KINDS[kind] === 'doubt' || sure < this.certain, line: this.lineAt(at)};
  }

  indexBlocks() {
    this.blockOf = new Int32Array(this.begins.length).fill(-1); // the innermost of each line
    this.blocks.forEach((block, index) => this.blockOf.fill(index, block.first, block.last));
  }

  // What is shown within a line, by line; what is shown at its beginning: joins and pages.
  indexChanges() {
    this.marks = new Map();
    this.joins = new Map();
    this.pageChanges = new Map();
    const add = (map, line, change) => (map.has(line) ? map.get(line).push(change) : map.set(line, [change]));
    for (const change of this.changes) {
      if (change.kind === 'join') this.joins.set(change.line, change);
      else if (change.kind === 'page') add(this.pageChanges, change.line, change);
      else if (change.kind === 'meta' ? change.doubtful : change.kind !== 'block') add(this.marks, change.line, change);
    }
    for (const marks of this.marks.values()) marks.sort((a, b) => a.at - b.at || b.end - a.end);
  }

  /** The line that holds the offset, its line end included. */
  lineAt(at) { return Math.max(0, upperBound(this.begins, at) - 1); }
  text(line) { return this.source.slice(this.begins[line], this.ends[line]); }
  isBlank(line) { return this.text(line).trim() === ''; }
  blockAt(line) { return this.blockOf[line] < 0 ? null : this.blocks[this.blockOf[line]]; }

  /** The index of the line's page, or -1. */
  pageAt(line) { return upperBound(this.pageLines, line) - 1; }
  pageName(index) {
    if (index < 0) return '';
    return this.pages[index].label === '' ? `[${index + 1}]` : this.pages[index].label;
  }
  /** "p. 12, line 134", as `emend explain` says it. */
  where(line) {
    const page = this.pageName(this.pageAt(line));
    return (page === '' ? '' : `p. ${page}, `) + `line ${this.numbers[line] ?? 1}`;
  }

  /** What [from, to) of the source reads now, in pieces: {text, at, end, patched}. */
  pieces(from, to) {
    const out = [];
    for (let i = upperBound(this.patchEnds, from); i < this.patches.length && this.patches[i].at < to; ++i) {
      const patch = this.patches[i];
      if (from < patch.at) out.push({text: this.source.slice(from, patch.at), at: from, end: patch.at, patched: false});
      if (patch.at >= from) out.push({text: patch.text, at: patch.at, end: patch.end, patched: true});
      from = patch.end;
    }
    if (from < to) out.push({text: this.source.slice(from, to), at: from, end: to, patched: false});
    return out;
  }
  /** The same as one string. */
  reading(from, to) { return this.pieces(from, to).map((piece) => piece.text).join(''); }
}
