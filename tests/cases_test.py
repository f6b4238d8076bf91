"""Small inputs with executable checks: tests/data/cases/KIND/NAME.txt (or .md, .json, .tei.xml) with NAME.check beside it.

The first line of a .check is a sentence: what is right, and why. Each other line is an assertion about the edition that
`emend convert` makes of the input (an `emend export` for .tei.xml); CHECKS below lists them all. White space is folded, and
there is none beside Chinese characters, in the book as in the assertion.

    cases_test.py [KIND/NAME ...]      EMEND names the program; without names, all cases"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
FOLDER = pathlib.Path(os.environ.get("CASES") or pathlib.Path(__file__).resolve().parent / "data" / "cases")
BLOCKS = {"p", "item", "l", "cell", "ab", "bibl", "byline", "docAuthor", "docDate", "docImprint", "titlePart", "label"}
APART = BLOCKS | {"head", "div", "list", "lg", "table", "row", "figure", "quote", "text", "front", "body", "back", "titlePage"}
WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"


def fold(words):
    words = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), words)
    words = re.sub(r"\s+", " ", words).strip()
    return re.sub(rf"(?<=[{WIDE}]) | (?=[{WIDE}])", "", words)


def local(element):
    return element.tag.replace(TEI, "") if isinstance(element.tag, str) else ""


def words_of(element, leave=("note", "fw", "orig", "sic"), breaks=None):
    """The text of an element without what stands in `leave`; blocks are set apart by blanks."""
    parts = [element.text or ""]
    for child in element:
        name = local(child)
        if name and name not in leave:
            inner = words_of(child, leave, breaks)
            parts.append(f" {inner} " if name in APART else " " if name == "lb" else inner)
            if breaks is not None and name == "pb":
                parts.append(breaks.format(child.get("n", "")))
        parts.append(child.tail or "")
    return "".join(parts)


class Edition:
    """What the program made of one input: its TEI, and on demand its doubts and other formats."""

    def __init__(self, source, folder):
        self.source, self.folder, self.exported = source, folder, {}
        self.tei = folder / "out.tei.xml"
        emend = os.environ["EMEND"]
        if source.name.endswith(".tei.xml"):
            self.tei = source
            command = [emend, "export", str(source), "-o", str(folder / "out.epub")]
        else:
            command = [emend, "convert", str(source), "-o", str(self.tei), "--ledger", str(folder / "out.ledger")]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
        self.exit, self.said = run.returncode, run.stderr
        self.root = etree.parse(self.tei).getroot() if self.exit == 0 else None
        if self.root is None:
            return
        self.text = self.root.find(f"{TEI}text")
        self.all = {name: list(self.text.iter(TEI + name)) for name in ("note", "fw", "pb", "head", "div", "item", "list")}
        self.ids = {e.get(XML_ID): e for e in self.text.iter() if e.get(XML_ID)}
        for place in self.text.iter(TEI + "ref"):  # a note that is written elsewhere stands at its anchor
            if place.get("type") == "noteAnchor":
                place.set("anchors", place.get("target", "")[1:])

    def reading(self):
        return fold(words_of(self.text))

    def headings(self):
        found = []
        for head in self.all["head"]:
            division = head.getparent()
            if local(division) != "div" or any(
                    local(a) == "div" and a.get("type") in ("contents", "figures", "tables") for a in head.iterancestors()):
                continue
            if division.find(TEI + "head") is head:
                level = sum(local(a) == "div" for a in head.iterancestors())
                found.append((fold(words_of(head)), level, division.get("n", "")))
        return found

    def blocks(self):
        return [fold(words_of(e)) for e in self.text.iter() if local(e) in BLOCKS]

    def notes(self):
        placed = {p.get("anchors") for p in self.text.iter(TEI + "ref") if p.get("anchors")}
        found = []
        for e in self.text.iter():
            if local(e) == "note" and e.get(XML_ID) not in placed:
                found.append((e, e))
            elif e.get("anchors") in self.ids:
                found.append((self.ids[e.get("anchors")], e))
        return [(fold(words_of(note)), place) for note, place in found]

    def before(self, place):
        """The reading text in front of a place."""
        tail, place.tail = place.tail, "\ue000" + (place.tail or "")
        text = words_of(self.text)
        place.tail = tail
        return fold(text[: text.index("\ue000")]) if "\ue000" in text else ""

    def entries(self):
        found = []
        for item in self.all["item"]:
            lists = [a for a in item.iterancestors() if local(a) in ("list", "div") and a.get("type") in
                     ("contents", "figures", "tables")]
            if not lists:
                continue
            page = next((fold(words_of(r)) for r in item.findall(f"{TEI}ref") if r.get("type") == "page"), "")
            own = "".join([item.text or ""] + [
                (words_of(c) if local(c) not in ("list", "fw", "note") else "") + (c.tail or "") for c in item])
            target = next((r.get("target", "")[1:] for r in item.findall(f"{TEI}ref") if r.get("type") != "page"), "")
            to = self.ids.get(target)
            head = None if to is None else to if local(to) == "head" else to.find(TEI + "head")
            found.append((fold(own), page, "" if head is None else fold(words_of(head))))
        return found

    def pages(self):
        parts = re.split(r"\ue001([^\ue002]*)\ue002", words_of(self.text, breaks="\ue001{}\ue002"))
        return [("", fold(parts[0]))] + [(n, fold(t)) for n, t in zip(parts[1::2], parts[2::2])]

    def doubts(self):
        run = subprocess.run([os.environ["EMEND"], "explain", "--doubts", str(self.folder / "out.ledger"), "--source",
                              str(self.source)], capture_output=True, text=True, timeout=60)
        return [fold(line) for line in run.stdout.splitlines() if re.search(r"line \d", line)]

    def export(self, ending):
        """The words of the book in another format: of an EPUB, all its pages; or its package file (opf)."""
        if ending not in self.exported:
            out = self.folder / ("out." + {"opf": "epub"}.get(ending, ending))
            if not out.exists():
                subprocess.run([os.environ["EMEND"], "export", str(self.tei), "-o", str(out)], check=True, timeout=120,
                               capture_output=True)
            if ending == "md":
                self.exported[ending] = out.read_text(encoding="utf-8")
            else:
                with zipfile.ZipFile(out) as book:
                    names = [n for n in book.namelist() if n.endswith(".opf" if ending == "opf" else ".xhtml")]
                    pages = [book.read(n).decode("utf-8") for n in sorted(names)]
                self.exported[ending] = "\n".join(pages if ending == "opf" else [
                    "".join(etree.fromstring(p.encode()).itertext()) for p in pages])
        return fold(self.exported[ending])


# Each assertion: its form, and a function of edition, groups and value that gives what is wrong, or nothing.
def wrong_unless(right, got):
    return None if right else f"got {got!r}"


def ordered(text, value):
    at = 0
    for piece in value.split("|"):
        at = text.find(fold(piece), at)
        if at < 0:
            return f"{piece.strip()!r} is not there, or not in its place"
        at += 1
    return None


def nth(items, k):
    k = int(k) - 1
    return items[k] if k < len(items) else None


def check_head(e, m, value):
    heads, (k, level) = e.headings(), m.groups()
    heads_asked = heads if k is None else [h for h in [nth(heads, k)] if h]
    right = any(h[0] == value and (level is None or h[1] == int(level)) for h in heads_asked)
    return wrong_unless(right, [(h[0], h[1]) for h in (heads if k is None else heads_asked)])


def check_note(e, m, value):
    k, how = m.groups()
    found = nth(e.notes(), k)
    if found is None:
        return f"there are {len(e.notes())} notes"
    if how == " at":
        before = e.before(found[1])
        return wrong_unless(before.endswith(value), before[-40:])
    return wrong_unless(found[0].endswith(value) if how == " ends" else value in found[0], found[0])


def check_contents(e, _, value):
    counts = tuple(map(int, re.findall(r"\d+", value)))
    got = (len(e.entries()), sum(bool(x[2]) for x in e.entries()))
    return wrong_unless(got[: len(counts)] == counts, got)


def check_entry(e, m, value):
    k, what = m.groups()
    found = nth(e.entries(), k)
    if found is None:
        return f"there are {len(e.entries())} entries"
    got = found[{None: 0, " page": 1, " leads to": 2}[what]]
    return wrong_unless(value in got if what is None else got == value, got)


def check_breaks(e, _, value):
    low, _, high = value.partition("-")
    number = sum(bool(text) for _, text in e.pages()[:-1]) if e.pages()[0][1] else len(e.all["pb"]) - 1
    return wrong_unless(int(low) <= number <= int(high or low), number)


def has(text, word, value):
    return wrong_unless((value in text) == (word == "has"), text[:300])


CHECKS = [
    (r"text (has|lacks)", lambda e, m, v: has(e.reading(), m[1], v)),
    (r"order", lambda e, m, v: ordered(e.reading(), v)),
    (r"paragraph", lambda e, m, v: wrong_unless(v in e.blocks(), e.blocks()[:20])),
    (r"paragraphs", lambda e, m, v: (lambda n: wrong_unless(n == int(v), n))(
        sum(local(x) == "p" and not any(local(a) == "note" for a in x.iterancestors()) for x in e.text.iter()))),
    (r"table rows", lambda e, m, v: (lambda n: wrong_unless(n == int(v), n))(len(list(e.text.iter(TEI + "row"))))),
    (r"code lines", lambda e, m, v: (lambda n: wrong_unless(n == int(v), n))(sum(h.get("rend") == "code" for h in e.text.iter(TEI + "hi")))),
    (r"graphics", lambda e, m, v: (lambda n: wrong_unless(n == int(v), n))(len(list(e.text.iter(TEI + "graphic"))))),
    (r"heads", lambda e, m, v: wrong_unless(len(e.headings()) == int(v), e.headings())),
    (r"head lacks", lambda e, m, v: wrong_unless(not any(v in h[0] for h in e.headings()), e.headings())),
    (r"head(?: (\d+))?(?: level (\d+))?", check_head),
    (r"number of head (\d+)", lambda e, m, v: (lambda h: wrong_unless(h and h[2] == v, h))(nth(e.headings(), m[1]))),
    (r"notes", lambda e, m, v: wrong_unless(len(e.notes()) == int(v), [n[0] for n in e.notes()])),
    (r"note (\d+)( ends| at)?", check_note),
    (r"note lacks", lambda e, m, v: wrong_unless(not any(v in n[0] for n in e.notes()), [n[0] for n in e.notes()])),
    (r"contents", check_contents),
    (r"contents stand in", lambda e, m, v: (lambda n: wrong_unless(n == [v], n))(
        [local(a) for x in e.all["div"] if x.get("type") == "contents" for a in x.iterancestors() if local(a) in ("front", "body", "back")])),
    (r"no contents", lambda e, m, v: wrong_unless(not e.entries(), e.entries())),
    (r"entry (\d+)( page| leads to)?", check_entry),
    (r"furniture (has|lacks)", lambda e, m, v: has(fold(" ".join(words_of(f, ()) for f in e.all["fw"])), m[1], v)),
    (r"no furniture", lambda e, m, v: wrong_unless(not e.all["fw"], [words_of(f, ()) for f in e.all["fw"]])),
    (r"gaps", lambda e, m, v: (lambda n: wrong_unless(n == v.split(), n))([g.get("n", "?") for g in e.text.iter(TEI + "gap")])),
    (r"no gaps", lambda e, m, v: (lambda n: wrong_unless(not n, n))([g.get("n") for g in e.text.iter(TEI + "gap")])),
    (r"header has", lambda e, m, v: has(fold("".join(e.root.find(TEI + "teiHeader").itertext())), "has", v)),
    (r"labels", lambda e, m, v: (lambda n: wrong_unless(n == v.split(), n))([p.get("n") for p in e.all["pb"] if p.get("n")])),
    (r"breaks", check_breaks),
    (r"page (\S+) has", lambda e, m, v: has(" ".join(t for n, t in e.pages() if n == m[1]), "has", v)),
    (r"title", lambda e, m, v: (lambda t: wrong_unless(v in t, t))([fold(words_of(t)) for t in e.root.iterfind(f".//{TEI}titleStmt/{TEI}title")])),
    (r"title lacks", lambda e, m, v: has(" ".join(fold(words_of(t)) for t in e.root.iterfind(f".//{TEI}titleStmt/{TEI}title")), "lacks", v)),
    (r"author", lambda e, m, v: (lambda t: wrong_unless(v in t, t))([fold(words_of(t)) for t in e.root.iterfind(f".//{TEI}titleStmt/{TEI}author")])),
    (r"authors", lambda e, m, v: (lambda n: wrong_unless(n == int(v), n))(len(e.root.findall(f".//{TEI}titleStmt/{TEI}author")))),
    (r"source title", lambda e, m, v: (lambda t: wrong_unless(v in t, t))([fold(words_of(t)) for t in e.root.iterfind(f".//{TEI}sourceDesc//{TEI}title")])),
    (r"doubt", lambda e, m, v: wrong_unless(any(v in d for d in e.doubts()), e.doubts())),
    (r"doubt lacks", lambda e, m, v: wrong_unless(not any(v in d for d in e.doubts()), e.doubts())),
    (r"some doubts", lambda e, m, v: wrong_unless(e.doubts(), "none")),
    (r"no doubts", lambda e, m, v: wrong_unless(not e.doubts(), e.doubts())),
    (r"(epub|md|opf) (has|lacks)", lambda e, m, v: has(e.export(m[1]), m[2], v)),
]


def check(edition, line):
    form, _, value = line.partition(":")
    if form in ("exit", "or exit"):
        return None
    for pattern, judge in CHECKS:
        if match := re.fullmatch(pattern, form.strip()):
            return judge(edition, match, fold(value))
    return "no such assertion"


def source_of(asked):
    for ending in (".txt", ".md", ".tei.xml", ".json", ".html"):
        if (path := asked.with_name(asked.stem + ending)).exists():
            return path
    sys.exit(f"{asked}: there is no input beside it")


def failures(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    if not lines:
        return ["it asserts nothing"]
    allowed = {int(line.split(":")[1]) for line in lines if re.match(r"(or )?exit:", line)}
    must = {int(line.split(":")[1]) for line in lines if line.startswith("exit:")} or {0}
    with tempfile.TemporaryDirectory() as folder:
        edition = Edition(source_of(path), pathlib.Path(folder))
        if edition.exit not in must | allowed:
            return [f"exit {edition.exit}: {edition.said.strip()}"]
        if edition.exit != 0:
            return []
        return [f"{line}: {wrong}" for line in lines if (wrong := check(edition, line))]


def main():
    wanted = sys.argv[1:]
    paths = sorted(p for p in FOLDER.glob("*/*.check") if not wanted or f"{p.parent.name}/{p.stem}" in wanted)
    failed = 0
    for path in paths:
        wrong = failures(path)
        failed += bool(wrong)
        for words in wrong:
            print(f"{path.parent.name}/{path.stem}: {words}")
    print(f"{len(paths)} cases: {len(paths) - failed} passed, {failed} failed")
    sys.exit(1 if failed or not paths else 0)


if __name__ == "__main__":
    main()
