"""What doubts are worth, by page: of the pages on which a heading, a note or the beginning of a paragraph is wrong, how many
carry a doubt, and how many doubts stand where nothing near is wrong.

What each line is, tests/bench/line_truth.py tells from the truth; what it was made, and what was doubted, the program. Only
doubts that say that a line may be something else are judged: the truth does not tell of repairs, marks, links and contents.
A page is what form feeds bound; where there are none, 40 lines. figures.py runs this, over the dev bench and the real
documents whose truth tells enough; alone it lists the doubts of one text that are false, and the errors without a doubt; without
a name it counts both by kind, over all texts:

    doubts.py [NAME]      for example zh-linux/raw"""
import bisect
import collections
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "bench"))
import outside
from line_truth import ROLES, roles_of, source_of

CERTAIN, LINES, NEAR = 80, 40, 5
BLOCKS = ("p", "head", "note", "fw", "item", "quote", "list", "listBibl", "lg", "l", "table", "figure", "titlePage")
STAGES = ("reader.", "head.", "par.", "omissions.label", "omissions.note", "omissions.foot", "citations.foot")
SAME = {"head-more": "head", "number": "running"}  # what says the same of a line
JUDGED = ("head", "paragraph", "note")


class Text:
    """The lines of a text that are not blank: where they begin, their pages, and which of them are wrong and in doubt."""

    def __init__(self, path, truth):
        source = source_of(path)
        seen = run("stage", "second-reader", path, "--witnesses").stdout.split("\n")[:-1]
        rows = [row.split("\t")[:4] for row in seen]
        self.begin = [int(row[0].split("+")[0]) for row in rows]
        self.words = [source[b:b + int(row[0].split("+")[1])].decode("utf-8", "replace").strip() for b, row in zip(self.begin, rows)]
        feeds = [i for i, byte in enumerate(source) if byte == 0x0C]
        self.page = [bisect.bisect(feeds, b) if feeds else i // LINES for i, b in enumerate(self.begin)]
        self.pages = self.page[-1] + 1 if self.page else 0
        is_ = {begin: role for (begin, _), role in zip(*roles_of(source, truth))}
        self.wrong = {}
        for i, (begin, row) in enumerate(zip(self.begin, rows)):
            self.judge(i, SAME.get(row[2], row[2]), row[3] == "first", is_.get(begin))
        self.doubts = list(self.doubts_in(ledger_of(path)))

    def judge(self, i, made, first, role):
        known = SAME.get(role, role)
        if role is None or made == known:
            return
        if (first and made in JUDGED) or role in JUDGED:
            self.wrong[i] = "%s, and is %s" % (made, role)

    def doubts_in(self, ledger):
        """(first line, last line, rule)"""
        for line in ledger.split("\n"):
            fields = line.split("\t")
            if len(fields) != 11:
                continue
            kind, _, rule, at, _, sure, name = fields[:7]
            of_line = (kind == "block" and name in BLOCKS and int(sure) < CERTAIN) or (kind == "doubt" and rule.startswith(STAGES))
            if of_line and self.begin:
                begin, length = map(int, at.split("+"))
                first = max(0, bisect.bisect_right(self.begin, begin) - 1)
                yield first, max(first, bisect.bisect_left(self.begin, begin + length) - 1), rule

    def is_false(self, first):
        wrong = {self.page[i] for i in self.wrong}
        return self.page[first] not in wrong and not any(abs(first - i) <= NEAR for i in self.wrong)

    def doubted(self):
        return {self.page[i] for first, last, _ in self.doubts for i in (first, min(last, first + LINES))}

    def silent(self):
        """{page: what is wrong on it}, of pages without a doubt"""
        doubted, pages = self.doubted(), collections.defaultdict(list)
        for i, what in self.wrong.items():
            if self.page[i] not in doubted:
                pages[self.page[i]].append(what)
        return pages

    def count(self):
        wrong, doubted = {self.page[i] for i in self.wrong}, self.doubted()
        return collections.Counter(pages=self.pages, wrong=len(wrong), told=len(wrong & doubted),
                                   false=sum(self.is_false(first) for first, _, _ in self.doubts))


def run(*command):
    return subprocess.run([os.environ["EMEND"], *map(str, command)], capture_output=True, text=True, check=False)


def ledger_of(path):
    with tempfile.TemporaryDirectory() as folder:
        ledger = pathlib.Path(folder) / "book.ledger"
        run("convert", "--quiet", path, "-o", pathlib.Path(folder) / "book.tei.xml", "--ledger", ledger)
        return ledger.read_text(encoding="utf-8") if ledger.exists() else ""


def texts(shared):
    yield from outside.bench(shared / "bench" / "dev")
    yield from outside.real(shared / "real" / "dev")


def measure(shared):
    """{channel: {told, false}}: the share of wrong pages that carry a doubt; false doubts a page."""
    counts = collections.defaultdict(collections.Counter)
    for name, path, truth in texts(shared):
        of = Text(path, truth).count()
        for channel in (name.split("/")[-1].split("-")[0], "all"):
            counts[channel] += of
    return {channel: {"told": round(of["told"] / max(1, of["wrong"]), 3), "false": round(of["false"] / max(1, of["pages"]), 4)}
            for channel, of in counts.items()}


def print_kinds(of):
    """What the silent pages have wrong, and how often it is all that is wrong there; of which rules the false doubts are."""
    silent, alone, pages, false, doubts = (collections.Counter() for _ in range(5))
    for _, path, truth in of:
        text = Text(path, truth)
        for wrong in text.silent().values():
            silent.update(set(wrong))
            alone.update(set(wrong) if len(set(wrong)) == 1 else ())
            pages["one line" if len(wrong) == 1 else "more"] += 1
        doubts.update(rule for _, _, rule in text.doubts)
        false.update(rule for first, _, rule in text.doubts if text.is_false(first))
    print("silent pages: %d, of these with one wrong line %d" % (pages.total(), pages["one line"]))
    for what, number in silent.most_common():
        print("%5d, alone %4d: made %s" % (number, alone[what], what))
    print("false doubts: %d of %d" % (false.total(), doubts.total()))
    for rule, number in false.most_common():
        print("%5d of %5d: %s" % (number, doubts[rule], rule))


def print_text(text):
    print(dict(text.count()))
    doubted = text.doubted()
    for first, _, rule in text.doubts:
        if text.is_false(first):
            print("false: p. %d, %s: %s" % (text.page[first] + 1, rule, text.words[first][:60]))
    for i, what in text.wrong.items():
        if text.page[i] not in doubted:
            print("not told: p. %d, made %s: %s" % (text.page[i] + 1, what, text.words[i][:60]))


def main():
    of = texts(pathlib.Path(os.environ["EMEND_SHARED"]))
    if len(sys.argv) == 1:
        print_kinds(of)
        return
    for name, path, truth in of:
        if name == sys.argv[1]:
            print_text(Text(path, truth))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
