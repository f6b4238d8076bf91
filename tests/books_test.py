#!/usr/bin/env python3
"""What readers open: every sample as EPUB and DOCX, held against its TEI.

Notes, headings and links must be as many in the book as in the TEI, two runs must give the same bytes, and undoing the
ledger must give the input. Needs EMEND (the program) and EMEND_SOURCE (the checkout)."""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

EMEND, SOURCE = os.environ["EMEND"], os.environ["EMEND_SOURCE"]
TEI = "{http://www.tei-c.org/ns/1.0}"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
failures = []


def expect(what, found, wanted):
    if found != wanted:
        failures.append("%s: %r, and not %r" % (what, found, wanted))


def convert(source, stem):
    made = [stem + ending for ending in (".tei.xml", ".epub", ".docx", ".ledger")]
    subprocess.run([EMEND, "convert", "--quiet", source] + [word for path in made for word in ("-o", path)], check=True)
    return [open(path, "rb").read() for path in made]


def words(element):
    return re.sub(r"\s+", "", "".join(element.itertext()))


def anew_each_page(text):
    """Whether the footnotes that come first on their pages are all number one, on two pages at least."""
    first, fresh = [], True
    for e in text.iter():
        if e.tag == TEI + "pb":
            fresh = True
        elif e.tag == TEI + "note" and e.get("place") == "foot" and fresh:
            first.append(e.get("n", "").strip("()[]"))
            fresh = False
    return len(first) > 1 and set(first) <= {"1", "①", "*"}


def tei_facts(path):
    root = ET.parse(path).getroot()
    text = root.find(TEI + "text")
    heads, notes = [], list(text.iter(TEI + "note"))
    in_notes = {pb for note in notes for pb in note.iter(TEI + "pb")}
    labelled = [pb for pb in text.iter(TEI + "pb") if pb.get("n") and pb not in in_notes]
    for head in text.iter(TEI + "head"):
        copy = ET.fromstring(ET.tostring(head))
        for tag in ("note", "fw", "pb"):
            for child in list(copy.iter(TEI + tag)):
                child.clear()
        heads.append(words(copy))
    return {"notes": len(notes), "signs": [n.get("n") for n in notes], "anew": anew_each_page(text), "ends": sum(n.get("place") == "end" for n in notes), "heads": heads,
            "front": text.find(TEI + "front") is not None or text.find(".//" + TEI + "div[@type='contents']") is None,
            "pages": [pb.get("n") for pb in labelled], "page ids": [pb.get(XML_ID) for pb in labelled if pb.get(XML_ID)],
            "language": root.get("{http://www.w3.org/XML/1998/namespace}lang")}


def navigation(name, root, facts):
    """The contents, landmarks and pages of nav.xhtml against the TEI; gives all that it links to."""
    navs = {}
    for nav in root.iter(XHTML + "nav"):
        navs.setdefault(nav.get(EPUB_TYPE), []).append([(words(a), a.get("href")) for a in nav.iter(XHTML + "a")])
    expect(name + ": contents in the navigation", len(navs.get("toc", [])), 1)
    toc = [text for text, _ in navs["toc"][0]]
    for head in facts["heads"]:
        if head not in toc:
            failures.append("%s: the EPUB's navigation lacks %r" % (name, head))
    if facts["heads"]:
        expect(name + ": entries of the navigation", len(toc), len(facts["heads"]))
    expect(name + ": entries without words", "" in toc, False)
    pages = navs.get("page-list", [[]])
    expect(name + ": the list of pages", [text for text, _ in pages[0]], facts["pages"])
    landmarks = {a.get(EPUB_TYPE) for n in root.iter(XHTML + "nav") if n.get(EPUB_TYPE) == "landmarks"
                 for a in n.iter(XHTML + "a")}
    expect(name + ": landmarks", {"titlepage", "toc"} <= landmarks, True)
    return [href for lists in navs.values() for entries in lists for _, href in entries]


def check_epub(name, path, facts):
    notes, marks, backs, breaks, ids, links, signs = {}, {}, {}, [], set(), [], []
    with zipfile.ZipFile(path) as book:
        expect(name + ": the first member", book.infolist()[0].filename, "mimetype")
        package = book.read("EPUB/content.opf").decode()
        expect(name + ": a cover of type", "EPUB/media/cover.svg" in book.namelist(), True)
        for feature in ("accessMode", "accessModeSufficient", "accessibilityHazard", "accessibilitySummary"):
            expect(name + ": " + feature, "schema:" + feature + '"' in package, True)
        expect(name + ": page numbers in the metadata", "printPageNumbers" in package, bool(facts["pages"]))
        files = [n for n in book.namelist() if n.endswith(".xhtml")]
        spine = re.findall(r'<itemref idref="([^"]+)_xhtml"', package)
        for part in sorted(files, key=lambda n: (os.path.basename(n)[:-6] not in spine, n)):
            root = ET.fromstring(book.read(part))
            here = part.removeprefix("EPUB/")
            ids |= {here} | {here + "#" + e.get("id") for e in root.iter() if e.get("id")}
            if part.endswith("nav.xhtml"):
                links += navigation(name, root, facts)
                continue
            for e in root.iter():
                role, href = e.get("role"), e.get("href")
                if href and e.tag == XHTML + "a" and ":" not in href:
                    target = here + href if href.startswith("#") else os.path.dirname(here) + "/" + href
                    links.append(target)
                    if e.get(EPUB_TYPE) == "noteref":
                        expect(name + ": role of a mark", role, "doc-noteref")
                        marks[target] = here + "#" + e.get("id")
                    if role == "doc-backlink":
                        backs[target] = True
                if e.get(EPUB_TYPE) == "noteref":
                    signs.append(words(e))
                if e.get(EPUB_TYPE) == "footnote":
                    expect(name + ": a note", (e.tag, role), (XHTML + "aside", "doc-footnote"))
                    notes[here + "#" + e.get("id")] = True
                if e.get(EPUB_TYPE) == "pagebreak":
                    expect(name + ": role of a page break", (role, e.get("aria-label")), ("doc-pagebreak", e.get("title")))
                    breaks.append(e.get("title"))
    expect(name + ": notes in the EPUB", len(notes), facts["notes"])
    expect(name + ": marks as they are printed", signs, facts["signs"])
    expect(name + ": marks lead to notes", set(marks), set(notes))
    expect(name + ": notes lead back", set(backs), set(marks.values()))
    expect(name + ": page breaks in the EPUB", sorted(breaks), sorted(facts["pages"]))
    expect(name + ": links that lead nowhere", [link for link in links if link not in ids], [])


def check_docx(name, path, facts):
    with zipfile.ZipFile(path) as book:
        parts = {part: ET.fromstring(book.read(part)) for part in book.namelist() if part.endswith(".xml")}
    body = parts["word/document.xml"]
    styles = [p.find(WORD + "pPr/" + WORD + "pStyle") for p in body.iter(WORD + "p")]
    headings = sum(s is not None and s.get(WORD + "val", "").startswith("Heading") for s in styles)
    notes = list(parts["word/footnotes.xml"].iter(WORD + "footnote"))
    ends = list(parts["word/endnotes.xml"].iter(WORD + "endnote")) if "word/endnotes.xml" in parts else []
    real = [sum(int(n.get(WORD + "id")) > 0 for n in some) for some in (notes, ends)]
    expect(name + ": footnotes and endnotes in the DOCX", real, [facts["notes"] - facts["ends"], facts["ends"]])
    marks = [len(list(body.iter(WORD + tag))) for tag in ("footnoteReference", "endnoteReference")]
    expect(name + ": their marks", marks, real)
    expect(name + ": headings in the DOCX", headings, len(facts["heads"]))
    bookmarks = [b.get(WORD + "name") for b in body.iter(WORD + "bookmarkStart")]
    expect(name + ": pages without a bookmark", [p for p in facts["page ids"] if p not in bookmarks], [])
    expect(name + ": marks of ours that stayed", [b for b in bookmarks if b.startswith("emend-")], [])
    anchors = {a.get(WORD + "anchor") for a in body.iter(WORD + "hyperlink")} - {None}
    expect(name + ": links that lead nowhere in the DOCX", sorted(anchors - set(bookmarks)), [])
    fields = [i.text for i in body.iter(WORD + "instrText")]
    expect(name + ": lists of contents", sum("TOC" in f.split() for f in fields), int(len(facts["heads"]) > 1))
    numbers = [n.get(WORD + "fmt") for n in body.iter(WORD + "pgNumType")]
    front = "upperRoman" if facts["language"][:2] == "zh" else "lowerRoman"
    expect(name + ": page numbers by section", numbers, ([front, "decimal"] if facts["front"] else ["decimal"]) if len(facts["heads"]) > 1 else [])
    anew = [r.get(WORD + "val") for r in parts["word/settings.xml"].iter(WORD + "numRestart")]
    expect(name + ": notes counted anew on each page", anew, ["eachPage"] if facts["anew"] else [])
    heads = [p for part, p in parts.items() if part.startswith("word/header")]
    feet = [p for part, p in parts.items() if part.startswith("word/footer")]
    expect(name + ": running heads", ["STYLEREF" in "".join(p.itertext()) for p in heads], [True])
    expect(name + ": page numbers", ["PAGE" in "".join(p.itertext()) for p in feet], [True])
    default = parts["word/styles.xml"].find(".//" + WORD + "docDefaults//" + WORD + "lang")
    east = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}.get(facts["language"])  # as Word calls them
    found = default.get(WORD + "eastAsia") if east else default.get(WORD + "val")[:len(facts["language"])]
    expect(name + ": language", found, east or facts["language"])


def main():
    names = sorted(os.listdir(os.path.join(SOURCE, "samples")))
    names = [n for n in names if os.path.exists(os.path.join(SOURCE, "samples", n, "input.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        epubs = []
        for name in names:
            source, stem = os.path.join(SOURCE, "samples", name, "input.txt"), os.path.join(folder, name)
            before = open(source, "rb").read()
            first = convert(source, stem)
            expect(name + ": a second run gives the same bytes", convert(source, stem) == first, True)
            expect(name + ": the input is as it was", open(source, "rb").read() == before, True)
            facts = tei_facts(stem + ".tei.xml")
            check_epub(name, stem + ".epub", facts)
            check_docx(name, stem + ".docx", facts)
            epubs.append(stem + ".epub")
            print("%s: %d notes, %d headings, %d pages" % (name, facts["notes"], len(facts["heads"]), len(facts["pages"])))
            if name not in ("journal-en", "thesis-zh"):
                continue
            older = [stem + "-2.epub", os.path.join(SOURCE, "tests/data/books/cover.png")]
            subprocess.run([EMEND, "export", "-q", stem + ".tei.xml", "--to", "epub2", "-o", older[0], "--cover", older[1]],
                           check=True)
            epubs.append(older[0])
        if not epubs:
            failures.append("there is no sample")
        judge = subprocess.run([os.path.join(SOURCE, "tests/tools/epubcheck.sh")] + epubs)
        expect("epubcheck", judge.returncode, 0)
    for failure in failures:
        print("FAIL: " + failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
