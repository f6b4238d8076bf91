// What is left to decide, by chapter.

/** The chapters of the book with their doubts: {head, words, doubts}; those before the first heading have none. */
function doubtsByChapter(book, doubts) {
  const heads = book.blocks.filter((block) => block.change.name === 'head');
  const level = (head) => Number(attribute(head.change.attributes, 'level') || 1);
  const highest = Math.min(...heads.map(level));
  const chapters = [{head: null, words: 'before the first heading', begin: -1, doubts: []}];
  for (const head of heads) if (level(head) === highest) chapters.push({head, words: beginning(book, head), begin: book.begins[head.first], doubts: []});
  const begins = chapters.map((chapter) => chapter.begin);
  for (const change of doubts) chapters[upperBound(begins, change.at) - 1].doubts.push(change);
  return chapters.filter((chapter) => chapter.doubts.length > 0);
}

/** A row a chapter; one that is chosen goes to its first doubt that is not decided. */
function leftTable(book, decisions, doubts, goTo) {
  const open = (change) => decisions.of(change) === undefined;
  const rows = doubtsByChapter(book, doubts).map(({words, doubts: all}) => {
    const left = all.filter(open);
    const bar = element('meter', {min: 0, max: all.length, value: all.length - left.length, 'aria-label': `${all.length - left.length} of ${all.length} decided`});
    return tableRow([withText(element('td', {dir: 'auto'}), words), left.length === 0 ? '✓' : String(left.length), element('td', {class: 'short'}, bar)],
                    () => goTo(left[0] ?? all[0]), {class: left.length === 0 ? 'done' : ''});
  });
  if (rows.length === 0) return null;
  return element('table', {class: 'left'}, element('thead', {}, element('tr', {}, ...['What is left', 'Doubts', 'Decided'].map((word) => element('th', {scope: 'col'}, word)))), element('tbody', {}, ...rows));
}
