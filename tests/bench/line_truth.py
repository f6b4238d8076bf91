"""What each line of a text is, by its truth: the text's lines are found again in the headings, paragraphs, notes, entries
and furniture that the truth has for their page.

Lines are compared by letters and digits alone. A line belongs where most of its triples of characters stand, in their
order; on a text with form feeds only what the truth has for the line's page is asked, on others what it has near the page
that unmistakable lines before and behind tell. Lines that stand nowhere have no role."""
import bisect
import difflib
import os
import re
import subprocess
import unicodedata
from collections import Counter, defaultdict

ROLES = ("head", "head-more", "paragraph", "paragraph-more", "note", "note-more", "contents", "running", "number", "table", "title")
MORE = {"head": "head-more", "paragraph": "paragraph-more", "note": "note-more"}
GRAM, ANCHOR = 3, 10
ENOUGH, ALIKE, SAME = 0.45, 0.7, 0.9
RIM = 3  # lines of a page in which furniture stands
LEADER = re.compile(r"(\. ?){5}|…{2}\s*\d+\s*$")
CLOSES = "。，、；：！？”’）」』】》〕…—,.;:!?)]}»\"'"  # a line of its own where extraction broke the line before it
KINDS = {"heading": "head", "table": "table", "formula": "table"}


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


class Part:
    """A part of the truth: its role, its words, and the physical pages on which it may stand."""

    def __init__(self, role, text, first, last):
        self.role, self.text, self.first, self.last, self.begun = role, fold(text), first, last, False
        self.reached = 0  # how much of it lines have given
        self.grams = defaultdict(list)
        for i in range(len(self.text) - GRAM + 1):
            self.grams[self.text[i:i + GRAM]].append(i)

    def place(self, words):
        """(how much of the words stands here in order, where)"""
        if len(words) < 6 or len(self.text) < 6:
            at = self.text.find(words)
            if words == self.text:
                return 1.0, 0
            if self.text.endswith(words) or (at >= 0 and len(words) > 1):
                return (0.7, max(at, len(self.text) - len(words))) if self.text.endswith(words) else (0.7 if at == 0 else 0.5, at)
            close = len(self.text) <= 2 * len(words) and difflib.SequenceMatcher(None, words, self.text, autojunk=False).ratio()
            return close or 0.0, 0
        votes = Counter(j - i for i in range(len(words) - GRAM + 1) for j in self.grams.get(words[i:i + GRAM], ()))
        if not votes:
            return 0.0, 0
        best = max(votes, key=lambda v: sum(votes.get(v + k, 0) for k in (-2, -1, 0, 1, 2)))
        score = sum(votes.get(best + k, 0) for k in range(-3, 4)) / (len(words) - GRAM + 1)
        return min(1.0, score), max(0, best)


def parts(truth):
    """(parts of the text and contents, furniture by page)"""
    blocks, out = truth["blocks"], []
    end = truth["pages"][-1]["phys"] if truth["pages"] else 1
    front = max([4] + [b["page"] for b in blocks if b["type"] == "heading"][:1])
    for line in truth["title_page"]:
        out.append(Part("title", line, 1, 1))
    if truth["toc_heading"]:
        out.append(Part("contents", truth["toc_heading"], 1, front))
    for entry in truth["toc"] + truth.get("toc_missing", []):
        out.append(Part("contents", entry["label"] + entry["text"], 1, front))
        out[-1].entry = True
    for i, block in enumerate(blocks):
        last = blocks[i + 1]["page"] if i + 1 < len(blocks) else end
        words = block.get("label", "") + block.get("marker", "") + block["text"]
        out.append(Part(KINDS.get(block["type"], "paragraph"), words, block["page"], max(last, block["page"])))
        for note in block["notes"]:
            out.append(Part("note", note["mark"] + note["body"], note["page"], note["page"] + 1))
    for words in truth.get("notes_headings", []):
        out.append(Part("head", words if isinstance(words, str) else words.get("text", ""), 1, end))
    noise = defaultdict(list)
    for n in truth["noise"]:
        noise[n["page"]].append(("number" if n["kind"] == "page_number" else "running", fold(n["text"])))
    return out, noise


class Lines:
    """The lines that are not blank: (begin, end) in bytes, words, physical page (0: unknown), whether it is at the edge."""

    def __init__(self, source):
        self.spans, self.words, self.pages, self.rim, self.raw = [], [], [], [], []
        page, begin, of_page = 1, 0, defaultdict(list)
        for at, byte in enumerate(source + b"\n"):
            if byte not in (0x0A, 0x0C, 0x0D):
                continue
            text = source[begin:at].decode("utf-8", "replace")
            if text.strip("\ufeff \t\u3000"):
                of_page[page].append(len(self.spans))
                self.spans.append((begin, at))
                self.raw.append(text)
                self.words.append(fold(text))
                self.pages.append(page)
            page += byte == 0x0C
            begin = at + 1
        self.fed = page > 2
        self.rim = [False] * len(self.spans)
        for lines in of_page.values():
            for i in lines[:RIM] + lines[-RIM:]:
                self.rim[i] = True
        if not self.fed:
            self.pages = [0] * len(self.spans)


def near_pages(lines, known, end):
    """For each line of a text without form feeds the first and the last page on which it may stand."""
    places = defaultdict(set)
    for part in known:
        if part.role in ("paragraph", "note"):
            for i in range(len(part.text) - ANCHOR + 1):
                places[part.text[i:i + ANCHOR]].add(part)
    tops, ends, back = [], [], {}
    sure = []
    for i, words in enumerate(lines.words):
        votes = Counter(p for k in range(0, len(words) - ANCHOR + 1, 3) for p in places.get(words[k:k + ANCHOR], ()) if len(places[words[k:k + ANCHOR]]) == 1)
        sure.append(votes.most_common(1)[0][0] if votes else None)
    for i, part in enumerate(sure):  # the longest row of pages that ascend
        if part is None:
            continue
        k = bisect.bisect_right(ends, part.first)
        ends[k:k + 1], tops[k:k + 1] = [part.first], [i]
        back[i] = tops[k - 1] if k else None
    row, i = set(), tops[-1] if tops else None
    while i is not None:
        row.add(i)
        i = back[i]
    first, last, page = [], [], 1
    for i in range(len(sure)):
        page = sure[i].first if i in row else page
        first.append(page)
    page = end
    for i in reversed(range(len(sure))):
        page = sure[i].last if i in row else page
        last.append(max(page, first[i]))
    return list(zip([max(1, p - 1) for p in first], [min(end, p + 1) for p in last[::-1]]))


def is_furniture(words, noise, alike=ALIKE):
    """The role of words that are furniture of the page, or None, and which furniture they are: each is printed once."""
    texts = [text for _, text in noise]
    for role, text in noise:
        if words == text:
            return role, [text]
    bare = words.strip("0123456789")  # the page number that stands beside it may be misread, or on a page near this one
    for role, text in noise:
        if role != "running":
            continue
        if len(text) > 4 and bare == text:
            return role, [text]
        for other in texts:
            if other != text and words in (text + other, other + text):
                return role, [text, other]
        if len(text) > 4 and difflib.SequenceMatcher(None, words, text, autojunk=False).ratio() > alike:
            return role, [text]
    return None, ()


def is_label(text):
    """Whether a line is a number or a sign, and no more."""
    words, text = fold(text), text.strip()
    if not words:
        return len(text) == 1 and text not in CLOSES
    return len(words) < 3 and len(text) < 5 and not any(c > "\u2e7f" for c in words)


def give_back_labels(lines, roles):
    """A label that stands alone on its line begins its note, and a bullet its item; what stands below goes on."""
    for i, text in enumerate(lines.raw[:-1]):
        below = roles[i + 1]
        if below not in ("note", "paragraph") or not is_label(text):
            continue
        figure = text.strip().isascii() and lines.words[i].isdigit()  # 12 may be the number of the page, ⑫ is none
        if below == "paragraph" and (lines.words[i] or roles[i] is not None):
            continue
        if roles[i] == "note" and i and roles[i - 1] == "note" and is_label(lines.raw[i - 1]):
            continue
        if roles[i] in (None, "note", "note-more", "paragraph-more") or (roles[i] == "number" and not figure):
            roles[i], roles[i + 1] = below, below + "-more"


def source_of(path):
    """The text that the program's places count in: columns, entries and bullets that extraction set apart are put in order.
    Needs EMEND."""
    wire = subprocess.run([os.environ["EMEND"], "stage", "decode", str(path)], check=True, capture_output=True).stdout
    _, length, rest = wire.split(b"\n", 2)
    return rest[: int(length.split()[1])]


def roles_of(source, truth):
    """[(begin, end)], [role or None]"""
    lines = Lines(source)
    known, noise = parts(truth)
    end = truth["pages"][-1]["phys"] if truth["pages"] else 1
    pages = [(p, p) for p in lines.pages] if lines.fed else near_pages(lines, known, end)
    by_page = defaultdict(list)
    for part in known:
        for page in range(part.first, part.last + 1):
            by_page[page].append(part)
    roles, before = [], None
    for i, words in enumerate(lines.words):
        first, last = pages[i]
        role = None
        if words:
            for page in range(first, last + 1):
                role, spent = is_furniture(words, noise[page], ALIKE if lines.fed else SAME) if lines.rim[i] or not lines.fed else (None, ())
                if role:
                    noise[page] = [n for n in noise[page] if n[1] not in spent]
                    break
        best, score, place = None, 0, 0
        seen = set()
        for part in (p for page in range(first, last + 1) for p in by_page[page]):
            if id(part) in seen or not words:
                continue
            seen.add(id(part))
            value, at = part.place(words)
            if value < 0.3:
                continue
            value += 0.06 * (part is before) + 0.1 * (words == part.text and not part.begun)
            value += 0.1 if abs(at - part.reached) < 4 and (part.begun or at < 4) else -0.1  # lines go on where lines ended
            if hasattr(part, "entry"):
                value += 0.1 if lines.raw[i].rstrip()[-1:].isdigit() else -0.08
            if value > score:
                best, score, place = part, value, at
        if role and not (not lines.fed and best is not None and best.role == "head" and words == best.text and not best.begun):
            roles.append(role)
            continue
        if best is None or score < 0.1 + (ENOUGH if len(words) > 5 else 0.65):
            roles.append(None)
            continue
        begins = not best.begun and place <= 4 or place == 0 and best is not before
        best.begun, best.reached = True, place + len(words)
        before = best
        if best.role == "paragraph" and LEADER.search(lines.raw[i]):  # a list of figures is no part of the truth
            roles.append(None)
            continue
        roles.append(best.role if begins or best.role not in MORE else MORE[best.role])
    give_back_labels(lines, roles)
    return lines.spans, roles
