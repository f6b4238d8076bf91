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


def tei_facts(path):
    text = ET.parse(path).getroot().find(TEI + "text")
    heads = []
    for head in text.iter(TEI + "head"):
        copy = ET.fromstring(ET.tostring(head))
        for tag in ("note", "fw", "pb"):
            for child in list(copy.iter(TEI + tag)):
                child.clear()
        heads.append(words(copy))
    return {"notes": len(list(text.iter(TEI + "note"))), "heads": heads}


def check_epub(name, path, facts):
    notes, links, backs, nav = 0, set(), set(), []
    with zipfile.ZipFile(path) as book:
        for part in book.namelist():
            if not part.endswith(".xhtml"):
                continue
            root = ET.fromstring(book.read(part))
            if part.endswith("nav.xhtml"):
                toc = [n for n in root.iter(XHTML + "nav") if n.get(EPUB_TYPE) == "toc"]
                expect(name + ": navigations in the EPUB", len(toc), 1)
                nav = [words(a) for n in toc for a in n.iter(XHTML + "a")]
                continue
            for a in root.iter(XHTML + "a"):
                if a.get(EPUB_TYPE) == "noteref" or "footnote-ref" in a.get("class", ""):
                    links.add(a.get("id"))
                if "footnote-back" in a.get("class", ""):
                    backs.add(a.get("href").split("#")[-1])
            notes += sum(e.get(EPUB_TYPE) == "footnote" for e in root.iter())
    expect(name + ": notes in the EPUB", notes, facts["notes"])
    expect(name + ": links back from notes", backs, links)
    for head in facts["heads"]:
        if head not in nav:
            failures.append("%s: the EPUB's navigation lacks %r" % (name, head))


def check_docx(name, path, facts):
    with zipfile.ZipFile(path) as book:
        body = ET.fromstring(book.read("word/document.xml"))
        styles = [p.find(WORD + "pPr/" + WORD + "pStyle") for p in body.iter(WORD + "p")]
        headings = sum(s is not None and s.get(WORD + "val", "").startswith("Heading") for s in styles)
        notes = ET.fromstring(book.read("word/footnotes.xml")).iter(WORD + "footnote")
        real = sum(int(n.get(WORD + "id")) > 0 for n in notes)
    expect(name + ": footnotes in the DOCX", real, facts["notes"])
    expect(name + ": headings in the DOCX", headings, len(facts["heads"]))


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
            print("%s: %d notes, %d headings" % (name, facts["notes"], len(facts["heads"])))
        if not epubs:
            failures.append("there is no sample")
        judge = subprocess.run([os.path.join(SOURCE, "tests/tools/epubcheck.sh")] + epubs)
        expect("epubcheck", judge.returncode, 0)
    for failure in failures:
        print("FAIL: " + failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
