#!/usr/bin/env bash
# The real thesis of ../shared, with no option made for it: its contents, headings, notes, pages, abstracts and repairs.
set -eu
: "${EMEND:?the emend to test}" "${EMEND_SHARED:?the folder with the documents}"
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
input=$EMEND_SHARED/documents/thesis-zh.txt
"$EMEND" convert --quiet "$input" -o "$out/a.tei.xml" -o "$out/a.epub" -o "$out/a.docx" --ledger "$out/a.ledger"
"$EMEND" convert --quiet "$input" -o "$out/b.tei.xml" -o "$out/b.epub" -o "$out/b.docx" --ledger "$out/b.ledger"
for what in tei.xml epub docx ledger; do cmp "$out/a.$what" "$out/b.$what"; done
"$EMEND" verify "$input" "$out/a.tei.xml" "$out/a.ledger"
"${EMEND_PYTHON:-python3}" - "$out/a.tei.xml" <<'PYTHON'
import collections, re, sys
import xml.etree.ElementTree as ET
T, X = "{http://www.tei-c.org/ns/1.0}", "{http://www.w3.org/XML/1998/namespace}"
root = ET.parse(sys.argv[1]).getroot()
text, body, front = root.find(T + "text"), root.find(".//" + T + "body"), root.find(".//" + T + "front")
bad = []
def expect(what, found, wanted):
    print(("ok " if found == wanted else "FAIL: ") + what + (": %r" % (found,)))
    if found != wanted: bad.append(what)
items = list(text.iter(T + "item"))
expect("entries of the contents list", len(items), 49)
expect("linked entries", sum(i.find(T + "ref").get("target") is not None for i in items), 22)
expect("entries marked missing", sum(i.get("ana") == "#missing" for i in items), 27)
expect("entries with their printed page", sum(any(r.get("type") == "page" for r in i.findall(T + "ref")) for i in items), 49)
levels = collections.Counter()
def walk(e, depth):
    for c in e:
        if c.tag == T + "div": walk(c, depth + 1)
        elif c.tag == T + "head": levels[depth] += 1
walk(body, 0)
expect("headings by level", dict(levels), {1: 3, 2: 8, 3: 11})
notes = list(text.iter(T + "note"))
expect("notes", len(notes), 45)
expect("notes at their marks", sum(n.get("ana") is None for n in notes), 45)
expect("marks without a note", sum(r.get("type") == "noteAnchor" for r in text.iter(T + "ref")), 0)
plain = "".join(text.itertext())
expect("carets left in the text", plain.count("^"), 0)
expect("pages", [p.get("n") for p in text.iter(T + "pb") if p.get("n")], [str(n) for n in range(1, 18)])
expect("abstracts", [(d.get("type"), d.get(X + "lang", root.get(X + "lang"))) for d in front if d.get("type") == "abstract"],
       [("abstract", "zh-Hans"), ("abstract", "en")])
expect("keywords", [len(k.findall(T + "term")) for k in root.iter(T + "keywords")], [4, 4])
expect("the acronym", (plain.count("W SIS"), plain.count("WSIS")), (0, 2))
expect("half-width punctuation beside Han", re.findall("[\u4e00-\u9fff][,:;()][\u4e00-\u9fff]", plain), [])
expect("watermarks", [f.get("type") for f in text.iter(T + "fw")], ["watermark"])
expect("the note with an address", any("http" in "".join(n.itertext()) and "最后访问日期" in "".join(n.itertext()) for n in notes), True)
sys.exit(1 if bad else 0)
PYTHON
