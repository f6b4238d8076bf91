// What a person reads: elements out of words, and decisions in words. Nothing of the book ever becomes markup.

/** An element; strings among the children become text. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key === 'class') made.className = value;
    else if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) made.append(child);
  return made;
}

const ODD = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]/;

/** Appends text, with what is invisible, or turns its neighbours round, shown as its number. */
function appendText(parent, text) {
  if (!ODD.test(text)) return void parent.append(text);
  let plain = '';
  for (const character of text) {
    if (character === '\t' || !ODD.test(character)) {
      plain += character;
      continue;
    }
    const code = character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
    parent.append(plain, element('span', {class: 'odd', title: `the character U+${code}`}, character === '\ufffd' ? '\ufffd' : code));
    plain = '';
  }
  parent.append(plain);
}

function withText(parent, text) {
  appendText(parent, text);
  return parent;
}

const counted = (number, one) => `${number} ${one}${number === 1 ? '' : 's'}`;

/** At most `most` characters of a text, on one line. */
function shortened(text, most) {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = Array.from(line.slice(0, 2 * most + 2));
  return letters.length > most ? letters.slice(0, most).join('') + '…' : line;
}

const THINGS = {p: 'paragraph', head: 'heading', note: 'note', fw: 'set aside', contents: 'contents list', entry: 'entry',
                list: 'list', item: 'list item', table: 'table', row: 'table row', cell: 'table cell', quote: 'quotation', lg: 'verse',
                l: 'line of verse', titlePage: 'title page', titlePart: 'part of the title', byline: 'names of persons', docAuthor: 'author', docImprint: 'imprint', docDate: 'date', bibl: 'work cited', listBibl: 'list of works', keywords: 'keywords', mark: 'note mark', label: 'printed mark',
                leader: 'leader', locus: 'page number', marker: 'item marker', gap: 'gap between cells'};
const FURNITURE = {header: 'running head', footer: 'running foot', pageNum: 'page number', catch: 'catchword', watermark: 'watermark'};

/** What a block or phrase is: "heading 2", "running head". */
function thing(change) {
  if (change.name === 'fw') return FURNITURE[attribute(change.attributes, 'type')] ?? 'set aside';
  const level = change.name === 'head' || change.name === 'entry' ? attribute(change.attributes, 'level') : '';
  const number = change.name === 'note' ? attribute(change.attributes, 'n') : '';
  return [THINGS[change.name] ?? change.name, level, number].filter((word) => word !== '').join(' ');
}

const KIND_WORDS = {edit: 'characters', join: 'lines joined', block: 'structure', phrase: 'marks and numbers', page: 'pages',
                    link: 'links', meta: 'about the book', doubt: 'doubts'};

function visible(text) { return text.replace(/\n/g, '⏎').replace(/\t/g, '⇥').replace(/^ | $/g, '␣'); }

/** The words of the source around a change. */
function context(book, change, most) {
  const from = Math.max(book.begins[change.line], change.at - most), to = Math.min(book.ends[change.line], change.end + most);
  return (from > book.begins[change.line] ? '…' : '') + shortened(book.source.slice(from, to), 3 * most) + (to < book.ends[change.line] ? '…' : '');
}

/** What was decided, in a few words. */
function told(book, change) {
  switch (change.kind) {
    case 'edit': {
      const words = change.after === '' ? `“${shortened(visible(change.before), 40)}” left out`
                                        : `${shortened(visible(change.before), 30)} → ${shortened(visible(change.after), 30)}`;
      return change.end - change.at > 12 ? words : `${words} in “${context(book, change, 8)}”`;
    }
    case 'join': {
      const before = change.line === 0 ? '' : book.text(change.line - 1).trimEnd(), words = book.text(change.line).trimStart();
      return `one paragraph${change.after === '' ? ', no space' : ''}: “${before === '' ? '' : '…' + Array.from(before.slice(-24)).slice(-12).join('')}” + “${shortened(words, 12)}”`;
    }
    case 'block':
    case 'phrase': return `${thing(change)}: ${shortened(book.source.slice(change.at, Math.min(change.end, change.at + 200)), 44)}`;
    case 'page': return change.after === '' ? 'a page begins' : `page ${change.after} begins` + (change.name === 'read' ? '' : ' (number worked out)');
    case 'link': return `${change.name === 'note' ? 'mark' : change.name === 'contents' ? 'entry' : 'text'} ` +
                        `“${shortened(book.source.slice(change.at, Math.min(change.end, change.at + 100)), 22)}” → ` +
                        `“${shortened(book.source.slice(change.to, Math.min(change.toEnd, change.to + 100)), 22)}”, ${book.where(book.lineAt(change.to))}`;
    case 'meta': {
      if (!change.name.startsWith('gap')) return `${change.name}: ${shortened(change.after, 44)}`;
      return `text is missing ${change.name === 'gap' ? 'before' : 'behind'} this line${change.after === '' ? '' : `, page ${change.after}`}`;
    }
    default: return change.reason === '' ? 'look here' : change.reason;
  }
}
