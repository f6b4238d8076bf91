// Naming places by their words, `before[[exact]]after`, and finding them again, as pipeline/text/place.cpp does.

const CONTEXT = 24; // characters on each side

function escapeWords(text) {
  return text.replace(/[\\[\]>]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t').replace(/\f/g, '\\f');
}

function unescapeWords(text) {
  return text.replace(/\\(.)/g, (_, letter) => ({n: '\n', r: '\r', t: '\t', f: '\f'})[letter] ?? letter);
}

/** Where `words` stand in `text`, overlapping too; at most `most` places. */
function occurrences(text, words, most = 100000) {
  const all = [];
  for (let at = text.indexOf(words); at >= 0 && all.length < most; at = text.indexOf(words, at + 1)) all.push(at);
  return all;
}

const isLowSurrogate = (text, at) => at > 0 && at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/** The place of [at, end) as {words, count}: `count` is "k/n " if n places look just so. Null if it cannot be named. */
function nameOf(book, at, end) {
  const text = book.source;
  // Controls cannot stand in the file, nor U+FFFD where it may be a byte that is no character.
  const barred = (i) => {
    const code = text.charCodeAt(i);
    return (code < 0x20 && code !== 9 && code !== 10 && code !== 12 && code !== 13) || (book.broken && code === 0xfffd);
  };
  if (at === end && end < text.length) end += isLowSurrogate(text, end + 1) ? 2 : 1;
  else if (at === end && at > 0) at -= isLowSurrogate(text, at - 1) ? 2 : 1;
  if (at === end) return null;
  for (let i = at; i < end; ++i) if (barred(i)) return null;
  let begin = at, stop = end;
  while (begin > 0 && at - begin < CONTEXT && !barred(begin - 1)) --begin;
  while (stop < text.length && stop - end < CONTEXT && !barred(stop)) ++stop;
  if (isLowSurrogate(text, begin)) ++begin;
  if (isLowSurrogate(text, stop)) --stop;
  const same = occurrences(text, text.slice(begin, stop));
  const words = `${escapeWords(text.slice(begin, at))}[[${escapeWords(text.slice(at, end))}]]${escapeWords(text.slice(end, stop))}`;
  return {words, count: same.length > 1 ? `${same.indexOf(begin) + 1}/${same.length}` : ''};
}

/** Where a place is, or -1 if it is not there, or not just once. */
function findPlace(text, words, count) {
  const parts = /^((?:\\.|[^\\])*?)\[\[((?:\\.|[^\\])*?)\]\]((?:\\.|[^\\])*)$/s.exec(words);
  if (parts === null) return -1;
  const [before, exact, after] = parts.slice(1).map(unescapeWords);
  const all = occurrences(text, before + exact + after);
  const [ordinal, among] = count === '' ? [1, 1] : count.split('/').map(Number);
  return all.length === among && ordinal >= 1 && ordinal <= among ? all[ordinal - 1] + before.length : -1;
}
