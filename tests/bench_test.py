#!/usr/bin/env python3
"""The small bench of our own: every sample, and the first few styles of the typesetter (bench/styles.py), are converted
and held against their truth, and no figure may fall.

Prints the table of figures, and fails if one is worse than tests/bench/recorded.json has it. With --accept, the figures of
now are recorded; better ones should be, so that they are kept. Needs EMEND (the program) and EMEND_SOURCE (the checkout)."""
import json
import os
import re
import subprocess
import sys
import tempfile

EMEND, SOURCE = os.environ["EMEND"], os.environ["EMEND_SOURCE"]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(SOURCE, "tests", "bench"))
from harm import harm  # noqa: E402
from measure import HIGHER, LOWER, measure, told  # noqa: E402
from styles import made  # noqa: E402

RECORDED = os.path.join(SOURCE, "tests", "bench", "recorded.json")
ACCEPT = "tests/bench_test.py --accept"
SLACK = 0.001
STYLES = 10  # so many numbers show each value of every dimension of style, but for the most varied


def read(path):
    with open(path, "rb") as file:
        return file.read()


def convert(source, folder, options=()):
    """(source, TEI, ledger) of a text."""
    tei, ledger = os.path.join(folder, "out.tei.xml"), os.path.join(folder, "out.ledger")
    subprocess.run([EMEND, "convert", "--quiet", *options, source, "-o", tei, "--ledger", ledger], check=True)
    return read(source), read(tei).decode(), read(ledger).decode()


def convert_sample(name, folder):
    """(truth, source, TEI, ledger) of a sample."""
    sample = os.path.join(SOURCE, "samples", name)
    rules = os.path.join(sample, "input.rules")
    options = ["--rules", rules] if os.path.exists(rules) else []
    source, truth = os.path.join(sample, "input.txt"), json.loads(read(os.path.join(sample, "truth.json")))
    with open(os.path.join(sample, "input.meta"), encoding="utf-8") as file:  # what a person says of the book is true
        said = [line.strip().split(": ", 1) for line in file if ": " in line]
    truth["title"] = dict(said).get("title") or truth["title_page"][0]
    truth["authors"] = [value for key, value in said if key == "author"]
    truth["told"] = told(convert(source, folder, [*options, "--meta", os.devnull])[1])
    return (truth, *convert(source, folder, options))


def convert_style(number, folder):
    """The same of a book of the typesetter."""
    _, text, truth = made(number)
    source = os.path.join(folder, "style.txt")
    with open(source, "wb") as file:
        file.write(text.encode())
    made_of_it = convert(source, folder)
    truth["title"], author = truth["title_page"]
    truth["authors"] = [re.sub("^(By|Von|Par) |\\s*著$", "", author)]
    truth["told"] = told(made_of_it[1])
    return (truth, *made_of_it)


def worse(figure, now, then):
    return now < then - SLACK if figure in HIGHER else now > then + SLACK


def table(results, edits, recorded):
    yield "%-14s" % "" + "".join("%11s" % figure for figure in HIGHER + LOWER) + "  edits right/harmful/unknown"
    for name, figures in results.items():
        cells = []
        for figure, value in figures.items():
            then = recorded.get(name, {}).get(figure, value)
            sign = "!" if worse(figure, value, then) else "+" if worse(figure, then, value) else " "
            cells.append("%10.4f%s" % (value, sign))
        yield "%-14s" % name + "".join(cells) + "  %d/%d/%d" % edits[name][1:]


# How a conversion can be spoilt, by the figure that must tell: a pattern in the TEI and what it becomes.
DAMAGES = {
    "headings": (r"<head>([^<]*)</head>(?=\s*<p>)", r"<p>\1</p>"),
    "paragraphs": (r"(<body>.*?<p>[^<]{40,}?\. )", r"\1</p><p>"),
    "notes": (r"<note\b.*?</note>", ""),
    "anchors": (r"(<note\b.*?</note>)([^<]{20})", r"\2\1"),
    "contents": (r'(<text>.*?)<ref target="#[^"]*">', r"\1<ref>"),
    "pages": (r'<pb n="\d+"', '<pb n="999"'),
    "leak": (r'<fw type="header"[^>]*>(.*?)</fw>', r"\1"),
    "loss": (r"(<body>.*?<p>)[^<]{30}", r"\1"),
}


def check_the_measure(truth, source, tei, ledger):
    """The figures that do not tell a spoilt conversion from a good one; there must be none."""
    good, blind = measure(truth, source, tei, ledger), []
    for figure, (pattern, replacement) in DAMAGES.items():
        spoilt = measure(truth, source, re.sub(pattern, replacement, tei, count=1, flags=re.DOTALL), ledger)
        blind += [] if worse(figure, spoilt[figure], good[figure]) else [figure]
    word = next(block["text"] for block in truth["blocks"] if block["type"] == "para")[:30].encode()
    place = source.index(word) + len(word) // 2
    letter = source[place:place + 1].decode()
    spoilt = measure(truth, source, tei, ledger + "edit\tx\tx.x\t%d+1\t\t90\t\t\t%s\t#\t\n" % (place, letter))
    return blind + ([] if worse("harm", spoilt["harm"], good["harm"]) else ["harm"])


def main():
    names = sorted(entry.name for entry in os.scandir(os.path.join(SOURCE, "samples")) if entry.is_dir())
    with tempfile.TemporaryDirectory() as folder:
        books = {name: convert_sample(name, folder) for name in names}
        books |= {"style-%d" % number: convert_style(number, folder) for number in range(STYLES)}
    results = {name: measure(*book) for name, book in books.items()}
    edits = {name: harm(truth, source, ledger) for name, (truth, source, _, ledger) in books.items()}
    if "--accept" in sys.argv[1:]:
        rounded = {name: {figure: round(value, 4) for figure, value in figures.items()} for name, figures in results.items()}
        with open(RECORDED, "w", encoding="utf-8") as file:
            file.write(json.dumps(rounded, indent=1) + "\n")
    recorded = json.loads(read(RECORDED))
    print("\n".join(table(results, edits, recorded)))
    failures = ["the measure does not see spoilt " + figure for figure in check_the_measure(*books["monograph-en"])]
    for name in sorted(set(recorded) ^ set(results)):
        failures.append(name + ": recorded or measured, but not both; if that is right: " + ACCEPT)
    for name in sorted(set(recorded) & set(results)):
        for figure, then in recorded[name].items():
            now = results[name][figure]
            if worse(figure, now, then):
                failures.append("%s: %s is %.4f and was %.4f; if that is right: %s" % (name, figure, now, then, ACCEPT))
    for failure in failures:
        print("FAIL: " + failure, file=sys.stderr)
    return 1 if failures or not results else 0


sys.exit(main())
