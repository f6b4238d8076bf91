// The decisions that a person has taken: those of the file, and what was added or taken back since.

/** A line of the file as {line, verb, argument, at}; null for a comment or what is no decision. */
function readDecision(book, line) {
  const parts = /^\s*([a-z]+)((?: [^:]*?)?)( \d+\/\d+)?: ?(.*)$/s.exec(line);
  if (parts === null || line.trim().startsWith('#')) return null;
  const [, verb, argument, count = '', rest] = parts;
  const place = rest.replace(verb === 'link' ? / -> .*$/s : verb === 'read' ? / => ?.*$/s : /$/, '');
  return {line, verb, argument: argument.trim(), at: findPlace(book.source, place, count.trim())};
}

class Decisions {
  constructor(book, changed) {
    this.book = book;
    this.changed = changed;  // called after each change of the decisions
    this.history = [];       // what undo takes back: {added, removed}
    this.list = book.decisions.split(/\r?\n/).map((line) => readDecision(book, line)).filter((one) => one !== null);
    this.saved = new Set(this.list.map((one) => one.line)); // the lines of the file
    this.index();
  }

  index() {
    this.byChange = new Map();
    const settled = new Map();
    for (const one of this.list) if (one.verb === 'accept' || one.verb === 'reject') settled.set(`${one.argument} ${one.at}`, one);
    if (settled.size > 0)
      for (const change of this.book.changes) {
        const one = settled.get(`${change.rule} ${this.anchor(change)[0]}`);
        if (one !== undefined) this.byChange.set(change.id, one);
      }
  }

  /** The words that stand for a change: a long block is named by its beginning. */
  anchor(change) {
    const lineEnd = this.book.ends[change.line] ?? change.end;
    return [change.at, Math.max(change.at, Math.min(change.end, change.kind === 'block' || change.kind === 'doubt' ? Math.min(lineEnd, change.at + 60) : lineEnd))];
  }

  of(change) { return this.byChange.get(change.id); }

  /** The line that says `verb argument` of [at, end), or null if the place has no name. */
  line(verb, argument, at, end, rest = '') {
    const place = nameOf(this.book, at, end);
    if (place === null) return null;
    return [verb, argument, place.count].filter((word) => word !== '').join(' ') + `: ${place.words}${rest}`;
  }

  /** Accepts or rejects a change; false if its place cannot be named. */
  settle(change, verb) {
    const line = this.line(verb, change.rule, ...this.anchor(change));
    if (line === null) return false;
    const before = this.of(change);
    if (before?.verb === verb) return true;
    this.apply([{line, verb, argument: change.rule, at: this.anchor(change)[0]}], before === undefined ? [] : [before]);
    return true;
  }

  /** The same of all that are not decided yet, as one step; how many places have no name, and stay. */
  settleAll(changes, verb) {
    const added = [];
    let nameless = 0;
    for (const change of changes) {
      if (this.of(change) !== undefined) continue;
      const line = this.line(verb, change.rule, ...this.anchor(change));
      if (line === null) ++nameless;
      else added.push({line, verb, argument: change.rule, at: this.anchor(change)[0]});
    }
    if (added.length > 0) this.apply(added, []);
    return nameless;
  }

  add(line) {
    if (line === null) return false;
    if (!this.list.some((one) => one.line === line)) this.apply([readDecision(this.book, line)], []);
    return true;
  }

  takeBack(decision) { this.apply([], [decision]); }

  apply(added, removed) {
    this.history.push({added, removed});
    this.replace(added, removed);
  }

  /** Takes back what was done last; gives the decision that it was about, or null. */
  undo() {
    const last = this.history.pop();
    if (last === undefined) return null;
    this.replace(last.removed, last.added);
    return last.added[0] ?? last.removed[0];
  }

  replace(added, removed) {
    this.list = this.list.filter((one) => !removed.includes(one)).concat(added);
    this.index();
    this.changed();
  }

  /** What the file does not have yet, and what it has no longer: {add, remove}. */
  difference() {
    const now = new Set(this.list.map((one) => one.line));
    return {add: this.list.map((one) => one.line).filter((line) => !this.saved.has(line)),
            remove: [...this.saved].filter((line) => !now.has(line))};
  }
  get unsaved() {
    const {add, remove} = this.difference();
    return add.length + remove.length;
  }
  /** The file now says `text`, which holds all decisions. */
  markSaved(text) {
    this.book.decisions = text;
    this.saved = new Set(this.list.map((one) => one.line));
    this.changed();
  }

  /** The whole file: what stood there, comments too, without what was taken back, and what is new. */
  file() {
    const {add, remove} = this.difference();
    const gone = new Set(remove);
    const kept = this.book.decisions === '' ? [] : this.book.decisions.replace(/\r?\n$/, '').split(/\r?\n/).filter((line) => !gone.has(line));
    return [...kept, ...add].map((line) => line + '\n').join('');
  }
}
