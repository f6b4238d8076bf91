"""Is what the program says of its certainty true? Of the decisions that a rule was N percent sure of, how many does the
truth bear out: prints, by rule and by what was said, how many decisions there were and how many of them were right.

    calibrate.py [--count 120] [--from 1000] [--dev DIR] [--bins]

Judged are headings (and their levels), notes at their marks, entries of the contents list and their headings, numbers of
pages, joined lines, paragraphs that go on over a page, and changes of characters; on the samples, on books that styles.py
sets at random, and with --dev on a folder of books in the form of the dev bench. What the truth says nothing about is left
out. --bins adds the decisions up by what was said, whatever the rule. Needs EMEND, the program."""
import argparse
import bisect
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict

from harm import contexts, fold_each, printed, readings
from measure import alike, fold, true_book
from styles import made

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
GRAM = 8


def plain(field):
    return re.sub(r"\\(x..|.)", lambda m: ESCAPES.get(m[1]) or chr(int(m[1][1:], 16)), field)


def span(field):
    begin, length = map(int, field.split("+"))
    return begin, begin + length


def changes(ledger):
    """The changes of a ledger, as dictionaries."""
    for line in ledger.split("\n"):
        fields = line.split("\t")
        if len(fields) == 11:
            kind, stage, rule, at, to, sure, name, attributes, before, after, _ = fields
            yield {"kind": kind, "rule": rule, "at": span(at), "to": span(to) if to else None, "sure": int(sure),
                   "name": name, "attributes": dict(a.split("=", 1) for a in plain(attributes).split("\n") if "=" in a),
                   "before": plain(before), "after": plain(after)}


def letters(text):
    return "".join(c for c in fold(text) if c.isalnum())


class Truth:
    """The truth of a book, with what is asked of it more than once. Answers are True, False, or None: it cannot tell."""

    def __init__(self, truth, source):
        self.truth, self.source, self.book = truth, source, true_book(truth)
        self.printed = "\n".join(printed(truth))
        self.folded, self.all = fold_each(self.printed), fold(self.printed)
        self.feeds = [i for i, byte in enumerate(source) if byte == 0x0C]
        self.noise = {fold(noise["text"]) for noise in truth["noise"]}
        self.labels = {page["phys"]: page["label"] for page in truth["pages"]}

    def text(self, at):
        return self.source[at[0]:at[1]].decode("utf-8", "ignore")

    def heading(self, change):
        """Whether these lines are a heading. The words over a contents list, or over gathered notes, are none of the truth's."""
        words = re.sub(r"[①-⑳]|\[\d+\]", "", fold(self.text(change["at"])))
        if words == fold(self.truth["toc_heading"] or "") or any(alike(words, text) for text, _ in self.book.headings):
            return True
        return False if words in self.all or words in self.noise else None

    def note(self, change):
        """Whether the note that begins with these words has its mark behind these: by letters and digits, as marks look many
        ways."""
        body = fold(self.text(change["to"]))
        before = letters(self.text((max(0, change["at"][0] - 60), change["at"][0])).split("\f")[-1])[-4:]
        known = [letters(place) for words, place in self.book.notes if words and (words[:GRAM] in body[:GRAM + 6] or alike(words, body))]
        return any(place.endswith(before) for place in known) if known and len(before) == 4 else None

    def page(self, change):
        """Whether the page that begins here has this number; told only where form feeds count the pages."""
        if not self.feeds or len(self.feeds) + 1 < len(self.labels):
            return None
        number = bisect.bisect_left(self.feeds, change["at"][0]) + 1
        return (self.labels.get(number) or "") == change["after"]

    def entry(self, change):
        """Whether an entry of the contents list leads to this heading."""
        words, head = fold(self.text(change["at"])), fold(self.text(change["to"]))
        heads = [target for entry, target in self.book.contents if entry and words.startswith(entry[:GRAM])]
        return any(alike(target, head) for target in heads) if heads else None

    def around(self, at):
        left = fold(self.text((max(0, at - 60), at)).split("\f")[-1])[-GRAM:]
        right = fold(self.text((at, at + 60)))[:GRAM]
        return left, right

    def hyphen(self, change):
        """Whether the word is without the hyphen that the line ends in, or with it."""
        left, right = self.around(change["at"][0])
        left = left.rstrip("-‐\u00ad¬")
        if len(left) < 4 or len(right) < 4:
            return None
        whole, parted = left + right in self.all, left + "-" + right in self.all
        if whole == parted:
            return None
        return parted if change["rule"].endswith("kept") else whole

    def edit(self, change):
        """As harm.py judges it."""
        begin, end = change["at"]
        left, right = self.text((max(0, begin - 200), begin)), self.text((end, end + 200))
        gaps, read = (left[len(left.rstrip()):], right[:len(right) - len(right.lstrip())]), set()
        for first, last in contexts(left, right):
            pattern = "%s(.{0,%d}?)%s" % (first, len(change["before"] + change["after"]) + 4, last)
            found = re.finditer(pattern, self.folded, re.DOTALL)
            read = read or {re.sub(r"\s+", " ", self.printed[m.start(1):m.end(1)]) for m in found}
        if read & readings(gaps[0], change["after"], gaps[1]):
            return True
        return False if read & readings(gaps[0], change["before"], gaps[1]) else None

    def furniture(self, change):
        words = fold(self.text(change["at"]))
        if any(words == noise or (len(words) > 3 and alike(words, noise)) for noise in self.noise):
            return True
        return False if len(words) > 3 and words in self.all else None


def judgements(truth, source, ledger):
    """(rule, what was said, whether it is right) for each decision that the truth tells about."""
    known = Truth(truth, source)
    for change in changes(ledger):
        kind, name = change["kind"], change["name"]
        answers = []
        if kind == "block" and name == "head":
            answers.append((change["rule"], known.heading(change)))
        elif kind == "block" and name == "fw" and change["attributes"].get("type") != "watermark":
            answers.append((change["rule"], known.furniture(change)))
        elif kind == "link" and name == "note":
            answers.append((change["rule"], known.note(change)))
        elif kind == "link" and name == "contents":
            answers.append((change["rule"] + ":link", known.entry(change)))
        elif kind == "page" and change["after"]:
            answers.append((change["rule"], known.page(change)))
        elif kind == "join" and "hyphen" in change["rule"]:
            answers.append((change["rule"], known.hyphen(change)))
        elif kind == "edit" and not change["rule"].startswith("join."):
            answers.append((change["rule"], known.edit(change)))
        for rule, right in answers:
            if right is not None:
                yield rule, change["sure"], right


def ledger_of(emend, path, folder):
    out = os.path.join(folder, "book.ledger")
    if subprocess.run([emend, "convert", "--quiet", path, "-o", os.path.join(folder, "book.tei.xml"), "--ledger", out]).returncode:
        return ""
    with open(out, encoding="utf-8") as file:
        return file.read()


def books(chosen, folder):
    """(path of the text, truth)"""
    for path in sorted(glob.glob(os.path.join(ROOT, "samples", "*", "truth.json"))):
        with open(path, encoding="utf-8") as file:
            yield os.path.join(os.path.dirname(path), "input.txt"), json.load(file)
    for number in range(chosen.first, chosen.first + chosen.count):
        _, text, truth = made(number)
        path = os.path.join(folder, "book.txt")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        yield path, truth
    for path in sorted(glob.glob(os.path.join(chosen.dev, "*", "gold.json")) if chosen.dev else []):
        with open(path, encoding="utf-8") as file:
            truth = json.load(file)
        for channel in ("raw", "layout", "tess", "vlm"):
            yield os.path.join(os.path.dirname(path), channel + ".txt"), truth


def percent(right, all_):
    """Laplace's rule of succession, so that one decision of one is not 100."""
    return 100 * (right + 1) / (all_ + 2)


def rows(counts, heading):
    yield "%-28s %6s %9s %6s %9s" % (heading, "said", "decisions", "right", "observed")
    for (what, said), (right, all_) in sorted(counts.items()):
        yield "%-28s %6s %9d %6d %8.1f%%" % (what, said, all_, right, percent(right, all_))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--count", type=int, default=120, help="how many books to set")
    arguments.add_argument("--from", dest="first", type=int, default=1000, help="the number of the first")
    arguments.add_argument("--dev", help="a folder of other books with gold.json")
    arguments.add_argument("--only-dev", action="store_true", help="no other books than these")
    arguments.add_argument("--bins", action="store_true", help="also by what was said alone")
    chosen = arguments.parse_args()
    by_rule, by_said = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
    with tempfile.TemporaryDirectory() as folder:
        for path, truth in books(chosen, folder):
            if chosen.only_dev and not (chosen.dev and path.startswith(chosen.dev)):
                continue
            with open(path, "rb") as file:
                source = file.read()
            for rule, said, right in judgements(truth, source, ledger_of(os.environ["EMEND"], path, folder)):
                for counts in (by_rule[rule, said], by_said["all", "%d-%d" % (said // 10 * 10, min(100, said // 10 * 10 + 9))]):
                    counts[0] += right
                    counts[1] += 1
    if not by_rule:
        sys.exit("calibrate.py: there was nothing to judge")
    print("\n".join(rows(by_rule, "rule")))
    if chosen.bins:
        print("\n".join(rows(by_said, "all rules")))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
