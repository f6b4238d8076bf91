"""The styles in which the bench sets its own books, and what each costs: prints, for every value of every dimension of
style, the mean figures of the conversions that have it.

    styles.py [--count 120] [--only lang=fr,mark=bare] [--keep DIR] [--worst notes]

A style is named by its number: the same number gives the same style, book and text. Any row of as many numbers as a
dimension has values shows each of them once. Needs EMEND, the program."""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from measure import HIGHER, LOWER, measure
from own_book import LANGUAGES, write_book
from typeset import typeset

DIMENSIONS = {
    "lang": LANGUAGES,
    "channel": ("raw", "layout", "vlm", "vlm-bare", "ocr"),
    "mark": ("circled", "bare", "super", "bracket", "paren", "symbol"),
    "regime": ("page", "chapter", "book"),
    "notes": ("foot", "foot", "foot", "chapter-end", "book-end"),
    "density": ("usual", "usual", "few"),
    "label": ("inline", "dotted", "apart"),
    "foot_gap": (True, False),
    "number": ("plain", "dashes", "brackets", "worded", "of-total", "chinese", "none"),
    "place": ("foot", "head"),
    "heads": ("none", "title", "alternating", "chapter", "journal"),
    "front": ("roman", "counted", "unnumbered"),
    "contents": ("leaders", "dots", "tabs", "gap", "bare"),
    "scheme": ("word", "split", "decimal", "listed", "plain"),
    "opening": ("page", "page", "running"),
    "paragraphs": ("indent", "spaced"),
    "justify": ("hyphens", "ragged"),
    "bullet": ("•", "–"),
}
SHARE = {"usual": 0.16, "few": 0.03}


def style_of(number):
    """The style with this number."""
    style = {}
    for name, values in DIMENSIONS.items():
        block, place = divmod(number, len(values))
        order = list(values)
        random.Random("%s %d" % (name, block)).shuffle(order)
        style[name] = order[place]
    return possible(style)


def possible(style):
    """What no book has is mended: symbols count anew on each page, gathered notes do not, only Chinese has Chinese numbers."""
    if style["mark"] == "symbol":
        style["regime"], style["notes"] = "page", "foot"
    if style["notes"] == "chapter-end" and style["regime"] == "page":
        style["regime"] = "chapter"
    if style["notes"] == "book-end":
        style["regime"] = "book"
    if style["number"] == "chinese" and not style["lang"].startswith("zh"):
        style["number"] = "plain"
    if style["number"] == "chinese" and style["front"] == "roman":
        style["front"] = "counted"
    if style["mark"] == "circled" and style["regime"] == "book":
        style["density"] = "few"  # there are fifty circled numbers
    return style


def made(number):
    """(style, text, truth)"""
    style = style_of(number)
    book = write_book(style["lang"], number, style["scheme"], SHARE[style["density"]])
    return (style, *typeset(book, style, number))


def convert(emend, text, folder, name):
    """(TEI, ledger) of a text."""
    paths = [os.path.join(folder, name + ending) for ending in (".txt", ".tei.xml", ".ledger")]
    with open(paths[0], "w", encoding="utf-8", newline="") as file:
        file.write(text)
    subprocess.run([emend, "convert", "--quiet", paths[0], "-o", paths[1], "--ledger", paths[2]], check=True)
    return [open(path, encoding="utf-8", newline="").read() for path in paths[1:]]


def run(emend, number, folder):
    style, text, truth = made(number)
    tei, ledger = convert(emend, text, folder, "style-%03d" % number)
    with open(os.path.join(folder, "style-%03d.truth.json" % number), "w", encoding="utf-8") as file:
        json.dump(truth, file, ensure_ascii=False, indent=1)
    return style, measure(truth, text.encode(), tei, ledger)


def mean(rows, figure):
    return sum(row[figure] for row in rows) / len(rows)


def table(results):
    figures = HIGHER + LOWER
    yield "%-24s %4s" % ("", "n") + "".join("%11s" % figure for figure in figures)
    yield "%-24s %4d" % ("all", len(results)) + "".join("%11.4f" % mean([r for _, r in results], f) for f in figures)
    for name, values in DIMENSIONS.items():
        for value in dict.fromkeys(values):
            rows = [row for style, row in results if style[name] == value]
            if rows:
                yield "%-24s %4d" % ("%s=%s" % (name, value), len(rows)) + "".join("%11.4f" % mean(rows, f) for f in figures)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--count", type=int, default=120, help="how many styles")
    arguments.add_argument("--from", dest="first", type=int, default=0, help="the first style's number")
    arguments.add_argument("--only", default="", help="styles with these values: name=value,name=value")
    arguments.add_argument("--keep", help="a folder for the texts, truths and editions")
    arguments.add_argument("--worst", choices=HIGHER + LOWER, help="also list the ten worst styles by this figure")
    arguments.add_argument("--json", help="a file for all figures")
    chosen = arguments.parse_args()
    only = dict(pair.split("=") for pair in chosen.only.split(",") if pair)
    numbers = [n for n in range(chosen.first, chosen.first + chosen.count) if all(str(style_of(n)[k]) == v for k, v in only.items())]
    if not numbers:
        sys.exit("styles.py: no style is so; take more with --count")
    with tempfile.TemporaryDirectory() as folder:
        where = chosen.keep or folder
        os.makedirs(where, exist_ok=True)
        with ThreadPoolExecutor(1) as pool:
            results = list(pool.map(lambda n: run(os.environ["EMEND"], n, where), numbers))
    print("\n".join(table(results)))
    if chosen.json:
        with open(chosen.json, "w", encoding="utf-8") as file:
            json.dump([[n, style, row] for n, (style, row) in zip(numbers, results)], file, indent=1)
    if chosen.worst:
        order = sorted(zip(numbers, results), key=lambda r: r[1][1][chosen.worst], reverse=chosen.worst in LOWER)
        for number, (style, row) in order[:10]:
            print("%4d %.4f  %s" % (number, row[chosen.worst], " ".join("%s" % v for v in style.values())))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
