"""How near a conversion comes to the truth of its sample, as a few figures between 0 and 1, and its harm.

A book is two things here: the truth (truth.json, described in samples/README.md) and the TEI that the program made. Both
are brought to the same form, `Book`, and compared. All text is compared folded: compatible characters are one (NFKC),
case and white space do not count, since how a line was set is no question of structure. The very characters are looked at
in harm.py."""
import bisect
import difflib
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from harm import harm

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
BLOCKS = {"p", "head", "lg", "item", "row", "quote", "titlePart", "docAuthor", "docDate", "byline", "bibl", "ab"}
HOLDERS = BLOCKS | {"div", "list"}  # a quote or item that begins with one of these is no block itself
HIGHER = ("headings", "paragraphs", "notes", "anchors", "contents", "pages", "facts")  # better when they are higher
LOWER = ("leak", "loss", "harm")  # better when they are lower; harm is in characters per 10,000
GRAM, ALIKE = 12, 0.9


def fold(text):
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass
class Book:
    text: str = ""  # the running text, folded, without notes, furniture and contents list
    starts: list = field(default_factory=list)  # where in `text` its paragraphs, quotations, verses and items begin
    opening: int = 0  # the length of the title page, which opens the text; its lines are no paragraphs
    headings: list = field(default_factory=list)  # (text, level)
    notes: list = field(default_factory=list)  # (body, the characters before its mark)
    contents: list = field(default_factory=list)  # (entry, text of the heading it leads to, or "")
    pages: list = field(default_factory=list)  # labels, without those of unnumbered pages


# The truth.


def named(entry):
    return fold(entry["label"] + entry["text"])


def true_book(truth):
    book = Book(text=fold("".join(truth["title_page"])))
    book.opening = len(book.text)
    for block in truth["blocks"]:
        label = block.get("label", "")
        if block["type"] == "heading":
            book.headings.append((named(block), block["level"]))
        else:
            book.starts.append(len(book.text))
        for note in block["notes"]:
            before = book.text + fold(label + block["text"][: note["offset"]])
            book.notes.append((fold(note["body"]), before[-GRAM:]))
        book.text += fold(label + block["text"])
    for entry in truth["toc"]:
        book.contents.append((named(entry), named(truth["blocks"][entry["block"]])))
    for entry in truth.get("toc_missing", []):  # their places are those of the whole list, and ascend
        book.contents.insert(entry["place"], (named(entry), ""))
    book.pages = [page["label"] for page in truth["pages"] if page["label"]]
    return book


# What the program made.


def local(element):
    return element.tag[len(TEI):] if element.tag.startswith(TEI) else element.tag


def note_text(element):
    """What a reader sees of a note: no furniture."""
    inner = "" if local(element) == "fw" else (element.text or "") + "".join(map(note_text, element))
    return inner + (element.tail or "")


def read_text(element, level, book):
    """Appends all that is below `element`, which is in `level` divisions, to the book."""
    name = local(element)
    if name == "pb" and element.get("n"):
        book.pages.append(element.get("n"))
    if name == "note":
        body = (element.text or "") + "".join(map(note_text, element))
        book.notes.append((fold(body), book.text[-GRAM:]))
        # The page on which a note goes on is counted where the text goes on on it.
    if name in ("fw", "note", "orig", "sic") or (name == "list" and element.get("type") == "contents"):
        return
    begin, inside = len(book.text), len(element) and local(element[0]) in HOLDERS and not (element.text or "").strip()
    book.text += fold(element.text or "")
    for child in element:
        read_text(child, level + (name == "div"), book)
        book.text += fold(child.tail or "")
    if name == "head":
        book.headings.append((book.text[begin:], level))
    elif name in BLOCKS and not inside and len(book.text) > begin:
        book.starts.append(begin)


def made_book(tei):
    book, root = Book(), ET.fromstring(tei).find(TEI + "text")
    for listing in (e for e in root.iter(TEI + "div") if e.get("type") == "contents"):
        for head in listing.findall(TEI + "head"):  # the words over the list belong to it
            listing.remove(head)
    read_text(root, 0, book)
    places = {e.get(XML_ID): e for e in root.iter() if e.get(XML_ID)}
    listings = (e for e in root.iter(TEI + "list") if e.get("type") == "contents")
    entries = {item for listing in listings for item in listing.findall(TEI + "item")}
    for item in (e for e in root.iter(TEI + "item") if e in entries):  # they are nested: in the order of the document
        links = [r for r in item.findall(TEI + "ref") if r.get("type") != "page"]
        place = places.get(links[0].get("target", "").lstrip("#")) if links else None
        head = Book()
        if place is not None and place.find(TEI + "head") is not None:
            read_text(place.find(TEI + "head"), 1, head)
        book.contents.append((fold("".join("".join(r.itertext()) for r in links)), head.text))
    return book


# Comparing.


def f1(right, wanted, found):
    return 1.0 if wanted + found == 0 else 2 * right / (wanted + found)


def alike(a, b):
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    return a == b or (matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE)


def in_order(wanted, found, same):
    """The longest row of pairs (i, j), both ascending, for which same(wanted[i], found[j])."""
    rows, columns = len(wanted), len(found)
    equal = [[same(a, b) for b in found] for a in wanted]
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + 1 if equal[i][j] else 0)
    pairs, i, j = [], 0, 0
    while i < rows and j < columns:
        if equal[i][j] and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def once(text):
    """The grams that occur once in the text, with their places."""
    places = {}
    for i in range(len(text) - GRAM + 1):
        gram = text[i:i + GRAM]
        places[gram] = -1 if gram in places else i
    return {gram: i for gram, i in places.items() if i >= 0}


def align(a, b):
    """For each character of `a`, its place in `b`, or -1: grams that both have once, in their longest common order
    (patience), and difflib in the gaps between them."""
    others = once(b)
    ends, tops, chain = [], [], {}
    for i, j in sorted((i, others[gram]) for gram, i in once(a).items() if gram in others):
        k = bisect.bisect_left(ends, j)
        ends[k:k + 1], tops[k:k + 1] = [j], [(i, j)]
        chain[i, j] = tops[k - 1] if k else None
    pairs, last = [], tops[-1] if tops else None
    while last:
        pairs.append(last)
        last = chain[last]
    places, i, j = [-1] * len(a), 0, 0
    for x, y in pairs[::-1] + [(len(a), len(b))]:
        for k, m, n in difflib.SequenceMatcher(None, a[i:x], b[j:y], autojunk=False).get_matching_blocks():
            places[i + k:i + k + n] = range(j + m, j + m + n)
        if x < len(a):
            places[x:x + GRAM] = range(y, y + GRAM)
            i, j = max(i, x + GRAM), max(j, y + GRAM)
    return places


def without_bullets(book):
    """Where the words of its paragraphs begin: the truth leaves out the dashes and dots of a list."""
    return [start + len(part) - len(part.lstrip("—–-•·*"))
            for start, part in ((start, book.text[start:start + GRAM]) for start in book.starts)]


def paragraphs(true, made, places):
    starts, found = without_bullets(true), set(without_bullets(made))
    back = {j: i for i, j in enumerate(places) if j >= 0}
    opening = {start for start in found if back.get(start, true.opening) < true.opening}
    right = sum(places[start] in found for start in starts if start < len(places))
    return f1(right, len(starts), len(found - opening))


def leak(truth, true, made, places):
    """The share of the noise that stands in the text or in a note, where the truth has nothing of the kind."""
    mapped = set(places)
    rest = "".join(c if j not in mapped else "\n" for j, c in enumerate(made.text))
    rest = [part for part in rest.split("\n") if part]
    true_notes = "\n".join(body for body, _ in true.notes)
    leaked = 0
    for noise in map(fold, (noise["text"] for noise in truth["noise"])):
        # A page number is too short to be looked for inside of something.
        hit = next((k for k, part in enumerate(rest) if noise == part or (len(noise) > 3 and noise in part)), None)
        if hit is not None:
            rest[hit] = rest[hit].replace(noise, "", 1)
        leaked += hit is not None or (len(noise) > 3 and noise not in true_notes and any(noise in b for b, _ in made.notes))
    return leaked / len(truth["noise"]) if truth["noise"] else 0.0


def told(tei):
    """(title, subtitle, authors) as an edition's header has them."""
    statement = ET.fromstring(tei).find(f".//{TEI}titleStmt")
    titles = ["".join(e.itertext()) for e in statement.iter(TEI + "title")]
    return titles[0], "".join(titles[1:2]), ["".join(e.itertext()) for e in statement.iter(TEI + "author")]


def facts(truth):
    """Title and authors: of what is said, and of what is true, the share that is right."""
    title, subtitle, authors = truth["told"]
    wanted, found = {fold(a) for a in truth["authors"]}, {fold(a) for a in authors}
    right = fold(truth["title"]) in (fold(title), fold(title + subtitle))
    return f1(right + len(wanted & found), 1 + len(wanted), 1 + len(found))


def measure(truth, source, tei, ledger):
    """The figures of one conversion: what HIGHER and LOWER name."""
    true, made = true_book(truth), made_book(tei)
    places = align(true.text, made.text)
    notes, heads, entries = (
        in_order(getattr(true, what), getattr(made, what), lambda a, b: alike(a[0], b[0]))
        for what in ("notes", "headings", "contents"))
    levels = sum(true.headings[i][1] == made.headings[j][1] for i, j in heads)
    anchors = sum(true.notes[i][1] == made.notes[j][1] for i, j in notes)
    links = sum(alike(true.contents[i][1], made.contents[j][1]) for i, j in entries)
    pages = in_order(true.pages, made.pages, lambda a, b: a == b)
    return {
        "headings": f1(levels, len(true.headings), len(made.headings)),
        "paragraphs": paragraphs(true, made, places),
        "notes": f1(len(notes), len(true.notes), len(made.notes)),
        "anchors": f1(anchors, len(true.notes), len(made.notes)),
        "contents": f1(links, len(true.contents), len(made.contents)),
        "pages": f1(len(pages), len(true.pages), len(made.pages)),
        "facts": facts(truth),
        "leak": leak(truth, true, made, places),
        "loss": places.count(-1) / max(1, len(places)),
        "harm": harm(truth, source, ledger).per_10000,
    }
