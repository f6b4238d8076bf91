#!/usr/bin/env python3
"""Every letter and digit of an edition's text is in each of its books, and nothing stands there twice: all samples, as EPUB,
DOCX, HTML, Markdown, LaTeX and plain text, counted by what reads those formats and not by what wrote them.

What a book may have beside the text are the facts of its header, printed above it, the headings, listed before it, and the
notices where text is missing.
Needs EMEND (the program), EMEND_SOURCE (the checkout) and Pandoc."""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

EMEND, SOURCE = os.environ["EMEND"], os.environ["EMEND_SOURCE"]
PANDOC = os.environ.get("EMEND_PANDOC") or "pandoc"
TEI = "{http://www.tei-c.org/ns/1.0}"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(element, left_out):
    """The text below an element, but for that of the elements for which `left_out` is true."""
    if left_out(element):
        return ""
    return (element.text or "") + "".join(words(child, left_out) + (child.tail or "") for child in element)


def letters(text):
    return collections.Counter(c for c in text if c.isalnum())


def of_tei(root):
    return words(root.find(TEI + "text"), lambda e: e.tag in (TEI + "fw", TEI + "sic", TEI + "orig"))


def beside_text(root):
    """The facts that stand above the text, and the headings, which stand before it and in it."""
    header = root.find(TEI + "teiHeader")
    facts = ["".join(e.itertext()) for path in ("titleStmt/title", "titleStmt/author", "publicationStmt", "sourceDesc")
             for e in header.iterfind(".//" + "/".join(TEI + step for step in path.split("/")))]
    facts += [d.get("when", "") for d in header.iter(TEI + "date")]
    heads = [words(h, lambda e: e.tag in (TEI + "note", TEI + "fw")) for h in root.iter(TEI + "head")]
    return facts, heads


def notices(root):
    """What a book says where text is missing, in the words of styles/words.txt for its language."""
    with open(os.path.join(SOURCE, "styles", "words.txt"), encoding="utf-8") as lines:
        sections = re.findall(r"(?ms)^\[([\w-]+)\]\n(.*?)(?=^\[|\Z)", lines.read())
    known = {language: dict(re.findall(r"(?m)^([\w.]+) = (.*)$", entries)) for language, entries in sections}
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang", "en")
    said = {**known["en"], **known.get(language.split("-")[0], {}), **known.get(language, {})}
    out = []
    for gap in root.find(TEI + "text").iter(TEI + "gap"):
        pages = gap.get("n", "")
        form = "missing.from" if pages.endswith("–") else "missing.range" if "–" in pages else "missing.page"
        what = said[form].replace("{{number}}", pages.rstrip("–"))
        out.append(said["missing.what"].replace("{{what}}", what) if pages else said["missing"])
    return "".join(out)


def of_epub(path):
    def left_out(e):
        return e.tag == XHTML + "head" or e.get(EPUB_TYPE) in ("noteref", "pagebreak") or e.get("role") == "doc-backlink"

    with zipfile.ZipFile(path) as book:
        pages = [ET.fromstring(book.read(n)) for n in book.namelist() if n.endswith(".xhtml") and not n.endswith("nav.xhtml")]
    return "".join(words(page, left_out) + numbers_of_lists(page) for page in pages)


def numbers_of_lists(page):
    return " ".join(str(int(items.get("start", "1")) + i) for items in page.iter(XHTML + "ol")
                    for i in range(len(items.findall(XHTML + "li"))))


def of_docx(path):
    with zipfile.ZipFile(path) as book:
        parts = ["word/%s.xml" % part for part in ("document", "footnotes", "endnotes")]
        trees = [ET.fromstring(book.read(part)) for part in parts if part in book.namelist()]
        numbering = ET.fromstring(book.read("word/numbering.xml")) if "word/numbering.xml" in book.namelist() else None
    titles = [p for p in trees[0].iter(WORD + "p")
              if any(style.get(WORD + "val") == "TOCHeading" for style in p.iter(WORD + "pStyle"))]
    of_field = {t for p in titles for t in p.iter(WORD + "t")}  # the title of the list that Word makes
    text = "".join(t.text or "" for tree in trees for t in tree.iter(WORD + "t") if t not in of_field)
    return text + numbers_of_items(trees[0], numbering)


def numbers_of_items(body, numbering):
    """What Word counts itself: one more for each paragraph of a list whose first level is counted in digits."""
    if numbering is None:
        return ""
    kinds = {a.get(WORD + "abstractNumId"): a.find(WORD + "lvl/" + WORD + "numFmt").get(WORD + "val")
             for a in numbering.iter(WORD + "abstractNum") if a.find(WORD + "lvl") is not None}
    counted = {}
    for num in numbering.iter(WORD + "num"):
        start = num.find(WORD + "lvlOverride/" + WORD + "startOverride")
        if kinds.get(num.find(WORD + "abstractNumId").get(WORD + "val")) == "decimal":
            counted[num.get(WORD + "numId")] = int(start.get(WORD + "val")) if start is not None else 1
    out = []
    for item in body.iter(WORD + "numPr"):
        name = item.find(WORD + "numId").get(WORD + "val")
        if name in counted:
            out.append(str(counted[name]))
            counted[name] += 1
    return " ".join(out)


def of_pandoc(reader, text, head=True):
    """The words that Pandoc reads; a list has its numbers, and markup that came as such has its text."""
    out = []

    def walk(node):
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            kind, content = node.get("t"), node.get("c")
            if kind == "Str":
                out.append(content)
            elif kind in ("Code", "CodeBlock", "Math"):
                out.append(content[1])
            elif kind in ("RawInline", "RawBlock"):
                out.append(re.sub(r"<[^>]*>", "", content[1]))
            elif kind in ("Span", "Div", "Link", "Image"):
                walk(content[1])
            elif kind == "Header":
                walk(content[2])
            elif kind == "OrderedList":
                out.extend(str(content[0][0] + i) + " " for i in range(len(content[1])))
                walk(content[1])
            else:
                walk(content)

    read = subprocess.run([PANDOC, "--from=" + reader, "--to=json"], input=text.encode(), stdout=subprocess.PIPE, check=True)
    book = json.loads(read.stdout)
    walk([value for key, value in book["meta"].items() if head and key in ("title", "subtitle", "author", "date", "publisher")])
    walk(book["blocks"])
    return "".join(out)


def of_html(text):
    text = re.sub(r'(?s)<nav id="TOC".*?</nav>|<a [^>]*class="footnote-ref".*?</a>', "", text)
    text, _, notes = text.partition('class="footnotes')  # a list, whose numbers are those of the marks
    notes = re.sub(r"</?(ol|li|section)\b[^>]*>", "", "<p " + notes)
    return of_pandoc("html", text, head=False) + of_pandoc("html", notes, head=False)


def of_latex(text):
    languages = r"\\begin\{otherlanguage\*?\}\{\w+\}|\\end\{otherlanguage\*?\}|\\foreignlanguage\{\w+\}"
    return of_pandoc("latex", re.sub(languages, "", text))


FORMATS = {  # the option that asks for it, and what reads it
    "html": ([], of_html),
    "gfm": (["--to", "gfm"], lambda text: of_pandoc("gfm", text)),
    "commonmark_x": (["--to", "commonmark_x"], lambda text: of_pandoc("commonmark_x", text)),
    "latex": (["--to", "latex"], of_latex),
    "plain": (["--to", "plain"], lambda text: text),
    "epub": ([], of_epub),
    "docx": ([], of_docx),
}


def shown(counter):
    return "%d: %s" % (sum(counter.values()), "".join(sorted(counter.elements()))[:60])


def check(name, tei, folder):
    root = ET.parse(tei).getroot()
    text = letters(of_tei(root))
    notes = sum(1 for _ in root.iter(TEI + "note"))
    marks = letters("".join(str(n) * 2 for n in range(1, notes + 1)))  # in plain text: at its place, and before the note
    facts, heads = beside_text(root)
    spare = letters("".join(facts) + "".join(heads) + notices(root))
    failures = []
    for kind, (option, read) in FORMATS.items():
        path = os.path.join(folder, "book." + kind)
        subprocess.run([EMEND, "export", "--quiet", tei, "-o", path] + option, check=True)
        if kind in ("epub", "docx"):
            found = letters(read(path))
        else:
            with open(path, encoding="utf-8") as book:
                found = letters(read(book.read()))
        wanted = text + marks if kind == "plain" else text
        lacking, more = wanted - found, found - wanted - spare
        if lacking:
            failures.append("%s: the %s lacks %s" % (name, kind, shown(lacking)))
        if more:
            failures.append("%s: the %s has more than the text, %s" % (name, kind, shown(more)))
    return sum(text.values()), failures


def main():
    samples = os.path.join(SOURCE, "samples")
    names = [n for n in sorted(os.listdir(samples)) if os.path.exists(os.path.join(samples, n, "input.txt"))]
    failures = [] if names else ["there is no sample"]
    with tempfile.TemporaryDirectory() as folder:
        books = [(name, os.path.join(folder, name + ".tei.xml")) for name in names]
        for name, tei in books:
            subprocess.run([EMEND, "convert", "--quiet", os.path.join(samples, name, "input.txt"), "-o", tei], check=True)
        for name, tei in books:
            count, wrong = check(name, tei, folder)
            failures += wrong
            print("%s: %d letters in %d formats" % (name, count, len(FORMATS)))
    for failure in failures:
        print("FAIL: " + failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
