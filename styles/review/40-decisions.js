// The decisions that a person has taken: those of the file, and what was added or taken back since.

/** A line of the file as {line, verb, argument, at}; null for a comment or what is no decision. */
function readDecision(book, line) {
  const parts = /^\s*([a-z]+)((?: [^:]*?)?)( \d+\/\d+)?: ?(.*)$/s.exec(line);
  if (parts === null || line.trim().startsWith('#')) return null;
  const [, verb, argument, count = '', rest] = parts;
  if (verb === 'fact') return {line, verb, argument: argument.trim(), at: 0, text: unescapeWords(rest)};
  const place = rest.replace(verb === 'link' ? / -> .*$/s : verb === 'read' || verb === 'look' ? / => ?.*$/s : /$/, '');
  return {line, verb, argument: argument.trim(), at: findPlace(book.source, place, count.trim())};
}

const STAMP = /^# (\d{4}-\d\d-\d\d \d\d:\d\d(?:, .*)?)$/;

/** The decisions of a file; a stamp says when those below it were taken, and by whom, up to a blank line or a comment. */
function readDecisions(book, text) {
  const all = [];
  let stamp = '';
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '' || line.trim().startsWith('#')) stamp = STAMP.exec(line)?.[1] ?? '';
    const one = readDecision(book, line);
    if (one !== null) all.push({...one, stamp});
  }
  return all;
}

const LINE_VERBS = ['head', 'furniture', 'paragraph', 'note'];

/** Whether both cannot hold. */
function contradict(a, b) {
  if (a.line === b.line || a.at !== b.at || a.at < 0) return false;
  const verbs = [a.verb, b.verb].sort().join(' ');
  if (verbs === 'accept reject' || verbs === 'fact fact') return a.argument === b.argument && a.argument !== 'author';
  if (LINE_VERBS.includes(a.verb) && LINE_VERBS.includes(b.verb)) return true;
  return ['join split', 'level level', 'link link', 'read read'].includes(verbs);
}

class Decisions {
  constructor(book, changed) {
    this.book = book;
    this.changed = changed;  // called after each change of the decisions
    this.history = [];       // what undo takes back: {added, removed}
    this.list = readDecisions(book, book.decisions);
    this.clashes = [];       // with what another window saved: [mine, theirs]
    this.saved = new Set(this.list.map((one) => one.line)); // the lines of the file
    this.index();
  }

  index() {
    this.byChange = new Map();
    const settled = new Map();
    for (const one of this.list) if (one.verb === 'accept' || one.verb === 'reject') settled.set(`${one.argument} ${one.at}`, one);
    const instead = this.list.filter((one) => one.at >= 0 && !['accept', 'reject', 'fact'].includes(one.verb));
    const byLine = new Map();
    for (const one of instead) {
      const line = this.book.lineAt(one.at);
      byLine.has(line) ? byLine.get(line).push(one) : byLine.set(line, [one]);
    }
    if (settled.size > 0 || instead.length > 0)
      for (const change of this.book.changes) {
        const one = settled.get(`${change.rule} ${this.anchor(change)[0]}`) ?? (change.doubtful ? byLine.get(change.line)?.find((other) => this.answers(other, change)) : undefined);
        if (one !== undefined) this.byChange.set(change.id, one);
      }
  }

  /** Whether what was said of a line, or of words in it, settles a doubtful change there. */
  answers(one, change) {
    if (change.kind === 'doubt' || one.verb === 'look') return one.verb !== 'read' || (change.at <= one.at && one.at <= change.end);
    if (one.verb === 'level') return change.name === 'head';
    if (LINE_VERBS.includes(one.verb)) return change.kind === 'block';
    if (one.verb === 'join' || one.verb === 'split') return change.kind === 'join' || (change.kind === 'block' && change.name === 'p');
    return change.at <= one.at && one.at < Math.max(change.end, change.at + 1) && (one.verb === 'link' ? change.kind === 'link' || change.kind === 'phrase' : change.kind === 'edit');
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
    this.addAll([line]);
    return true;
  }

  /** Lines of the file as one step; what they contradict goes. */
  addAll(lines) {
    const there = new Set(this.list.map((one) => one.line));
    const added = lines.filter((line) => !there.has(line)).map((line) => readDecision(this.book, line));
    const removed = this.list.filter((one) => added.some((other) => contradict(one, other)));
    if (added.length > 0) this.apply(added, removed);
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
  markSaved(text, version) {
    this.take(text, version);
    this.index();
    this.changed();
  }

  // Those that are the same stay the same objects, for undo.
  take(text, version) {
    const known = new Map(this.list.map((one) => [one.line, one]));
    this.book.decisions = text;
    this.book.version = version;
    const theirs = readDecisions(this.book, text).map((one) => (known.has(one.line) ? Object.assign(known.get(one.line), {stamp: one.stamp}) : one));
    this.saved = new Set(theirs.map((one) => one.line));
    return theirs;
  }

  /** Another window saved `text`: takes that in, and keeps what is not saved here. How many are new, and which clash. */
  merge(text, version) {
    const {add, remove} = this.difference(), before = this.saved;
    const mine = this.list.filter((one) => add.includes(one.line)), gone = new Set(remove);
    const theirs = this.take(text, version).filter((one) => !gone.has(one.line));
    this.list = theirs.concat(mine.filter((one) => !this.saved.has(one.line)));
    this.clashes = mine.flatMap((one) => theirs.filter((other) => contradict(one, other)).map((other) => [one, other]));
    this.index();
    this.changed();
    return theirs.filter((one) => !before.has(one.line)).length + [...before].filter((line) => !this.saved.has(line)).length;
  }

  /** Which of two that clash holds. */
  resolve(clash, gone) {
    this.clashes = this.clashes.filter((one) => one !== clash);
    this.takeBack(gone);
  }

  /** The whole file: what stood there, comments too, without what was taken back, and what is new, below its stamp. */
  file(stamp = '') {
    const {add, remove} = this.difference();
    const gone = new Set(remove);
    const kept = this.book.decisions === '' ? [] : this.book.decisions.replace(/\r?\n$/, '').split(/\r?\n/).filter((line) => !gone.has(line));
    return [...kept, ...(stamp !== '' && add.length > 0 ? [stamp] : []), ...add].map((line) => line + '\n').join('');
  }
}
