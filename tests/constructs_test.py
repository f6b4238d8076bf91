#!/usr/bin/env python3
"""Every construct of the encoding, followed from the TEI into EPUB and DOCX: tests/data/books/constructs.tsv is the table,
constructs.xml the book that holds them all. Needs EMEND (the program) and EMEND_SOURCE (the checkout)."""
import os
import subprocess
import sys
import tempfile
import zipfile

from lxml import etree

EMEND, FOLDER = os.environ["EMEND"], os.path.join(os.environ["EMEND_SOURCE"], "tests/data/books")
NAMES = {
    "t": "http://www.tei-c.org/ns/1.0",
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "c": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}


def archive(path, endings):
    """All XML parts of a ZIP archive below one element."""
    root = etree.Element("parts")
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if name.endswith(endings):
                root.append(etree.fromstring(book.read(name)))
    return root


def rows():
    with open(os.path.join(FOLDER, "constructs.tsv"), encoding="utf-8") as table:
        for line in table:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def main():
    source, failures, checked = os.path.join(FOLDER, "constructs.xml"), [], 0
    with tempfile.TemporaryDirectory() as folder:
        epub, docx = os.path.join(folder, "a.epub"), os.path.join(folder, "a.docx")
        made = subprocess.run([EMEND, "export", source, "-o", epub, "-o", docx], stderr=subprocess.PIPE, check=True)
        if made.stderr:
            failures.append("warnings: " + made.stderr.decode())
        trees = {"TEI": etree.parse(source).getroot(), "EPUB": archive(epub, (".xhtml", ".opf")),
                 "DOCX": archive(docx, (".xml",))}
    for name, *paths in rows():
        for kind, path in zip(trees, paths, strict=True):
            if not path:
                continue
            checked += 1
            where = path if path.startswith("/") else "//" + path
            if not trees[kind].xpath(where, namespaces=NAMES):
                failures.append("%s: the %s has no %s" % (name, kind, path))
    if checked < 180:
        failures.append("only %d checks" % checked)
    for failure in failures:
        print("FAIL: " + failure, file=sys.stderr)
    print("%d checks of constructs, %d failed" % (checked, len(failures)))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
