"""Harm: correct characters that were changed, per 10,000 of the book.

Each edit of the ledger is a question: what does the truth read between the same neighbours? If it reads what the program
made of it, the edit is confirmed; if it reads what stood in the source, the edit did harm; if it reads a third thing, or
the neighbours are not found (a page ends, a name is misread), nothing is said."""
import re
import unicodedata
from typing import NamedTuple

CONTEXT = 6  # so many neighbours on either side


class Harm(NamedTuple):
    per_10000: float
    confirmed: int
    against: int
    silent: int


def edits(ledger):
    """(begin, end, before, after) of every edit of a ledger, places in bytes of the source."""
    escapes = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}

    def plain(text):
        return re.sub(r"\\(x..|.)", lambda m: escapes.get(m[1]) or chr(int(m[1][1:], 16)), text)

    for fields in (line.split("\t") for line in ledger.split("\n") if line.startswith("edit\t")):
        begin, length = map(int, fields[3].split("+"))
        yield begin, begin + length, plain(fields[8]), plain(fields[9])


def printed(truth):
    """All text of the truth as the source prints it, with the marks of the notes."""
    yield from truth["title_page"] + [truth["toc_heading"] or ""]
    yield from (entry["label"] + " " + entry["text"] for entry in truth["toc"] + truth.get("toc_missing", []))
    for block in truth["blocks"]:
        text = block["text"]
        for note in reversed(block["notes"]):
            text = text[:note["offset"]] + note["mark"] + text[note["offset"]:]
        yield block.get("label", "") + " " + text
    yield from (note["mark"] + note["body"] for block in truth["blocks"] for note in block["notes"])


QUOTES = {ord(c): plain for plain, alike in (('"', "“”„«»"), ("'", "‘’‚")) for c in alike}


def fold_each(text):
    """Keeps the length, so that places in the folded text are places in the text."""
    return "".join(c if len(f := unicodedata.normalize("NFKC", c)) != 1 else f for c in text).translate(QUOTES)


def readings(gap_before, text, gap_after):
    """`text` in its surroundings; a line end may be a space or nothing."""
    whole = re.sub(r"[ \t　]+", " ", gap_before + text + gap_after)
    return {re.sub(r"\s*[\n\f]\s*", blank, whole) for blank in ("", " ")}


def contexts(left, right):
    """Patterns for the neighbours of an edit: some characters on both sides, or those on its line."""
    left, right = (fold_each(part.replace("^", "")) for part in (left, right))
    line = left.rsplit("\n", 1)[-1], re.split(r"\n|[.…·]{3}", right)[0]
    for before, after in (left, right), line:
        before, after = "".join(before.split())[-CONTEXT:], "".join(after.split())[:CONTEXT]
        if len(before + after) >= CONTEXT - 1:
            yield r"\s*".join(map(re.escape, before)), r"\s*".join(map(re.escape, after))


def harm(truth, source, ledger):
    """How much harm the edits of a ledger did to its source, by the truth."""
    text = "\n".join(printed(truth))
    folded, confirmed, against, silent, harmed = fold_each(text), 0, 0, 0, 0
    for begin, end, before, after in edits(ledger):
        left, right = (part.decode("utf-8", "ignore") for part in (source[max(0, begin - 200):begin], source[end:end + 200]))
        gaps = left[len(left.rstrip()):], right[:len(right) - len(right.lstrip())]
        read = set()
        for first, last in contexts(left, right):
            found = re.finditer("%s(.{0,%d}?)%s" % (first, len(before + after) + 4, last), folded, re.DOTALL)
            read = read or {re.sub(r"\s+", " ", text[m.start(1):m.end(1)]) for m in found}
        if read & readings(gaps[0], after, gaps[1]):
            confirmed += 1
        elif read & readings(gaps[0], before, gaps[1]):
            against, harmed = against + 1, harmed + max(len(before), len(after))
        else:
            silent += 1
    return Harm(10000 * harmed / max(1, len("".join(text.split()))), confirmed, against, silent)
