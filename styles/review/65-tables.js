// The printed contents against the headings, the marks against the notes, and the decisions taken: three tables.

/** A table row that goes somewhere when it is chosen. */
function tableRow(cells, go, properties = {}) {
  const row = element('tr', {...properties, tabindex: '0', onclick: go, onkeydown: (event) => { if (event.key === 'Enter') go(); }});
  for (const cell of cells) row.append(cell instanceof Element && cell.tagName === 'TD' ? cell : element('td', {class: 'short'}, cell));
  return row;
}

const problem = (words) => element('span', {class: 'problem'}, words);

function beginning(book, block, most = 60) {
  const end = Math.min(book.ends[block.last - 1], book.begins[block.first] + 300);
  return shortened(book.reading(book.begins[block.first], end), most);
}

/** A heading without its number of level, its words, and what the printed contents say of it. */
function contentsTable(book, goTo) {
  const entries = book.blocks.filter((block) => block.change.name === 'entry');
  const heads = book.blocks.filter((block) => block.change.name === 'head');
  const links = new Map(book.changes.filter((change) => change.kind === 'link' && change.name === 'contents').map((link) => [book.lineAt(link.at), link]));
  const headAt = new Map(heads.map((head) => [head.first, head]));
  const listed = new Set([...links.values()].map((link) => book.lineAt(link.to)));
  const rows = [];
  let next = 0; // headings that the list does not name stand where the book has them
  const unlisted = (before) => {
    for (; next < heads.length && heads[next].first < before; ++next)
      if (!listed.has(heads[next].first)) rows.push(row(null, heads[next], undefined));
  };
  const row = (entry, head, link) => {
    const level = Number(attribute((head ?? entry).change.attributes, 'level') || 1);
    const printed = entry === null ? '' : book.reading(book.begins[entry.first], book.ends[entry.last - 1]);
    const locus = entry === null ? '' : /(\S+)\s*$/.exec(printed)?.[1] ?? '';
    const words = withText(element('td', {class: `level-${Math.min(6, level)}`, dir: 'auto'}), shortened(entry === null ? beginning(book, head) : printed.replace(/[\s.·…‥．]*\S*$/, '') || printed, 60));
    const page = head === null ? '' : book.pageName(book.pageAt(head.first));
    const state = head === null ? problem('✗ no such heading') : entry === null ? (entries.length > 0 ? element('span', {class: 'quiet'}, 'not listed') : '')
                  : link.doubtful ? problem(`? ${link.sure} %`) : '✓';
    return tableRow([words, entry === null ? '' : locus, page, state], () => goTo(head === null ? entry.change : head.change), {class: head === null || link?.doubtful ? 'trouble' : ''});
  };
  for (const entry of entries) {
    const link = links.get(entry.first), head = link === undefined ? null : headAt.get(book.lineAt(link.to)) ?? null;
    if (head !== null) unlisted(head.first);
    rows.push(row(entry, head, link));
  }
  unlisted(Infinity);
  if (rows.length === 0) return element('p', {class: 'nothing'}, 'No headings were found.');
  return element('table', {}, element('thead', {}, element('tr', {}, ...['Heading', 'Listed', 'Page', 'Found'].map((word) => element('th', {scope: 'col'}, word)))), element('tbody', {}, ...rows));
}

/** Marks, notes and what joins them, in the order of the book. */
function notesTable(book, goTo, onlyTrouble) {
  const noteAt = new Map(), marks = [], linked = new Set(), continued = new Set(), rows = [];
  for (const block of book.blocks) if (block.change.name === 'note') noteAt.set(block.first, block);
  const linkAt = new Map();
  for (const change of book.changes) {
    if (change.kind === 'phrase' && change.name === 'mark') marks.push(change);
    if (change.kind === 'link' && change.name === 'note') linkAt.set(change.at, change), linked.add(book.lineAt(change.to));
    if (change.kind === 'link' && change.name === 'continues') continued.add(book.lineAt(change.to));
  }
  const row = (at, mark, note, link, trouble) => ({at, trouble: trouble || link?.doubtful === true, make: () =>
    tableRow([mark === null ? '' : shortened(mark.before || book.source.slice(mark.at, mark.end), 6), book.pageName(book.pageAt(book.lineAt(at))),
              withText(element('td', {dir: 'auto'}), note === null ? '' : beginning(book, note, 40)),
              trouble ? problem(mark === null ? '✗ no mark' : '✗ no note') : link.doubtful ? problem(`? ${link.sure} %`) : '✓'],
             () => goTo(link ?? mark ?? note.change), {class: trouble || link?.doubtful ? 'trouble' : ''})});
  for (const mark of marks) {
    const link = linkAt.get(mark.at), note = link === undefined ? undefined : noteAt.get(book.lineAt(link.to));
    rows.push(row(mark.at, mark, note ?? null, link, note === undefined));
  }
  for (const [line, note] of noteAt) if (!linked.has(line) && !continued.has(line)) rows.push(row(book.begins[line], null, note, undefined, true));
  rows.sort((a, b) => a.at - b.at);
  if (rows.length === 0) return element('p', {class: 'nothing'}, 'No notes were found.');
  const shown = rows.filter((one) => !onlyTrouble || one.trouble);
  return element('table', {}, element('thead', {}, element('tr', {}, ...['Mark', 'Page', 'Note', 'Joined'].map((word) => element('th', {scope: 'col'}, word)))),
                 element('tbody', {}, ...shown.slice(0, 2000).map((one) => one.make())));
}

/** What was decided, the last first, each with a way to take it back. */
function decisionsTable(book, decisions, goTo) {
  if (decisions.list.length === 0) return element('p', {class: 'nothing'}, 'Nothing is decided yet. Accept (a) or reject (r) what the list of doubts shows.');
  const changes = new Map();
  for (const [id, one] of decisions.byChange) changes.set(one, book.changes[id]);
  const rows = [...decisions.list].reverse().slice(0, 2000).map((one) => {
    const change = changes.get(one);
    const go = () => (change !== undefined ? goTo(change) : one.at >= 0 && goTo(null, one.at));
    const state = decisions.saved.has(one.line) ? (one.stamp === '' ? 'in the file' : one.stamp) : 'not saved';
    const words = withText(element('td', {dir: 'auto', class: 'words'}), change === undefined || classOf(one.verb) === 'instead' ? one.line : `${change.rule}: ${told(book, change)}`);
    if (change === undefined && one.at < 0 && one.verb !== 'fact') words.append(' ', problem('its place is not in the text'));
    const back = element('button', {type: 'button', 'aria-label': `take back: ${one.verb} ${one.argument}`, onclick: (event) => { event.stopPropagation(); decisions.takeBack(one); }}, 'take back');
    return tableRow([element('td', {class: `${one.verb} short`}, one.verb === 'accept' ? '✓ accept' : one.verb === 'reject' ? '✗ reject' : one.verb), words, element('td', {class: 'quiet short'}, state), element('td', {class: 'short'}, back)], go);
  });
  return element('table', {class: 'decided'}, element('thead', {}, element('tr', {}, ...['Verdict', 'Decision', 'When and who', 'Undo'].map((word) => element('th', {scope: 'col'}, word)))), element('tbody', {}, ...rows));
}
