// Where in the source a person selected words, on either side.

/** {at, end} of the selection, or null: it is empty, elsewhere, over several lines, or its words are not just once in its row. */
function selectedPlace(book, rows) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0), from = range.startContainer.parentElement?.closest('.words');
  const row = rows[Number(from?.closest('.row')?.dataset.row ?? NaN)];
  if (row === undefined) return null;
  const words = range.toString(), bare = words.trim();
  if (bare === '' || words.includes('\n')) return null;
  const line = from.previousSibling?.dataset?.line;
  if (line !== undefined) { // the source: its letters are counted
    const before = document.createRange();
    before.selectNodeContents(from);
    before.setEnd(range.startContainer, range.startOffset);
    const at = Math.max(row.begin, book.begins[Number(line)]) + before.toString().length + (words.length - words.trimStart().length);
    return book.source.slice(at, at + bare.length) === bare ? {at, end: at + bare.length} : null;
  }
  const all = occurrences(book.source.slice(row.begin, row.end), bare, 2);
  return all.length === 1 ? {at: row.begin + all[0], end: row.begin + all[0] + bare.length} : null;
}
