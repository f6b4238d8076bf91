// What a line or a place is instead of what it was made: a key each, and the decision that it stands for.

/** `verb` and `argument` of the decision; `fits` says of what it makes sense; those with `run` do something else. */
const INSTEAD = [
  {key: 'h', name: 'head', words: 'a heading', verb: 'head'},
  {key: 'p', name: 'p', words: 'a paragraph', verb: 'paragraph'},
  {key: 'n', name: 'note', words: 'a note', verb: 'note'},
  {key: 'f', name: 'fw', words: 'set aside', verb: 'furniture', argument: (book, line) => (/^\W*[\dIVXLCivxlc]+\W*$/.test(book.text(line)) ? 'pageNum' : 'header')},
  {key: '<', words: 'a level higher', verb: 'level', fits: (book, change, line, is) => is === 'head', argument: (book, line) => levelAt(book, line, -1)},
  {key: '>', words: 'a level lower', verb: 'level', fits: (book, change, line, is) => is === 'head', argument: (book, line) => levelAt(book, line, 1)},
  {key: 'm', words: 'one with the line before', verb: 'join', fits: (book, change, line) => line > 0},
  {key: 't', words: 'apart from it', verb: 'split', fits: (book, change, line) => line > 0},
  {key: 'l', words: 'linked to …', run: (page) => page.linking.begin()},
  {key: 'w', words: 'to be read …', run: (page) => page.inline.begin()},
  {key: 'v', words: 'to be looked at again', verb: 'look'},
];

function levelAt(book, line, by) {
  const level = Number(attribute(book.blockAt(line)?.change.attributes ?? '', 'level') || 1) + by;
  return String(Math.min(9, Math.max(1, level)));
}

/** The decision as a line of the file, about a line of the text; null if the place has no name. */
function insteadLine(book, decisions, {verb, argument}, line) {
  const blank = book.text(line).length - book.text(line).trimStart().length;
  const begin = verb === 'join' || verb === 'split' ? book.begins[line] : book.begins[line] + blank;
  const end = verb === 'join' || verb === 'split' ? begin : Math.max(begin, Math.min(book.ends[line], begin + 60));
  return decisions.line(verb, argument?.(book, line) ?? '', begin, end);
}
