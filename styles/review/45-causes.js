// Doubts that have one cause are one: the same repair, the same running head, the same reason, the same text that is missing.

const FEW_DOUBTS = 20; // a person sees so many at a glance; more are shown by cause

/** The pages that a gap says are missing: [18, Infinity] of 18–; null if it names none. */
function missingPages(gap) {
  const [, first, dash, last] = /^(\d+)(–?)(\d*)$/.exec(gap.after) ?? [];
  if (first === undefined) return null;
  return [Number(first), dash === '' ? Number(first) : last === '' ? Infinity : Number(last)];
}

class Causes {
  constructor(book) {
    this.book = book;
    this.gaps = book.changes.filter((change) => change.kind === 'meta' && change.name.startsWith('gap'));
  }

  /** The words that are the same of all changes with one cause. */
  of(change) {
    const {book} = this;
    const gap = this.gapOf(change);
    if (gap !== null) return `gap ${gap.id}`;
    if (change.kind === 'edit') return [change.rule, change.before, change.after].join('\n');
    if (change.name === 'fw') return [change.rule, change.attributes.replace(/\d+/g, '#'), this.without(book.source.slice(change.at, change.end))].join('\n');
    return [change.rule, change.kind, change.name, this.without(change.reason.replace(/'.*'/s, '…'))].join('\n');
  }

  without(words) { return words.replace(/[\d\p{P}]+/gu, '#').replace(/\s+/g, ' ').trim(); }

  /** The gap in which the text of a contents entry would stand. */
  gapOf(change) {
    if (this.gaps.length === 0) return null;
    if (this.gaps.includes(change)) return change;
    if (change.rule !== 'contents.missing') return null;
    const page = Number(/(\d+)\D*$/.exec(this.book.text(change.line))?.[1] ?? NaN);
    return this.gaps.find((gap) => {
      const pages = missingPages(gap);
      return pages !== null && pages[0] <= page && page <= pages[1];
    }) ?? null;
  }

  /** Groups of changes with one cause, the largest first; a change alone is itself. */
  group(changes) {
    const byCause = new Map();
    for (const change of changes) {
      const cause = this.of(change);
      byCause.has(cause) ? byCause.get(cause).push(change) : byCause.set(cause, [change]);
    }
    const groups = [...byCause].sort((a, b) => b[1].length - a[1].length || a[1][0].at - b[1][0].at);
    return groups.map(([cause, all], index) => (all.length === 1 ? all[0] : groupOf(cause, all, -1 - index)));
  }
}

/** Many changes as one entry of the list; it stands for the gap, if one is among them, or for the first. */
function groupOf(cause, changes, id) {
  const main = changes.find((change) => change.kind === 'meta') ?? changes[0];
  return {...main, id, cause, group: changes, sure: Math.min(...changes.map((change) => change.sure))};
}

/** What was decided of a change, or alike of all in a group: accept, reject or nothing. */
function verdict(decisions, item) {
  if (item.group === undefined) return decisions.of(item)?.verb;
  const first = decisions.of(item.group[0])?.verb;
  return item.group.every((change) => decisions.of(change)?.verb === first) ? first : undefined;
}
