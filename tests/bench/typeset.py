"""A typesetter for the bench: sets a book of our own (own_book.py) in a style, breaks it into lines and pages, and gives the
text that extraction leaves of it, with its truth in the form of samples/*/truth.json.

Channels: `raw` and `layout` are what pdftotext leaves (without and with the places of the words), `ocr` has misread marks,
`vlm` and `vlm-bare` are transcripts, one line a paragraph and page, without form feeds, the second without furniture."""
import copy
import random
import re
import unicodedata
from dataclasses import dataclass, field

from own_book import chinese, roman

FIRST_NOTE = 0xE000  # a note's mark, until it is known, is a character of the private use area
OPENERS, CLOSERS = "“‘（《「『【[(", "，。；：、！？”’）》」』】])…"
SYMBOLS = "*†‡§‖¶"
MISREAD_MARKS = {"circled": "®©@?O°", "bare": "'?”*°", "super": "'?”*°", "symbol": "'?”°", "bracket": "?", "paren": "?"}


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@dataclass
class Line:
    text: str
    block: int = -1  # into the book's blocks; -1: of no block
    note: int = -1
    indent: int = 0
    centred: bool = False
    gap: bool = False  # a blank line stands before it
    first: bool = False  # of its paragraph
    hyphen: bool = False  # the typesetter's, at its end
    keep: bool = False  # a heading: something must follow on its page
    new_page: bool = False


@dataclass
class Sheet:
    lines: list = field(default_factory=list)
    foot: list = field(default_factory=list)
    label: str = ""
    opening: bool = False  # a chapter begins at its top
    head_words: str = ""


def written(number, mark):
    if mark == "circled":
        return chr(0x245F + number if number <= 20 else 0x323C + number if number <= 35 else 0x328D + number)
    if mark == "super":
        return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(d)] for d in str(number))
    if mark == "symbol":
        return SYMBOLS[(number - 1) % 6] * ((number - 1) // 6 + 1)
    return {"bare": "%d", "bracket": "[%d]", "paren": "(%d)"}[mark] % number


class Breaker:
    """Breaks a text into lines of a width, as a typesetter does: CJK anywhere but before closing marks, words at blanks and,
    if the style hyphenates, within."""

    def __init__(self, cjk, hyphens):
        self.cjk, self.hyphens = cjk, hyphens

    def pieces(self, text):
        if not self.cjk:
            return re.findall(r"[^ ]+ ?", text)
        pieces = []
        for part in re.findall(r"[!-~]+ ?|.", text):
            glue = pieces and (part in CLOSERS or ord(part[0]) >= FIRST_NOTE and ord(part[0]) < 0xF000 or pieces[-1][-1] in OPENERS)
            if glue:
                pieces[-1] += part
            else:
                pieces.append(part)
        return pieces

    def split_word(self, word, room):
        """Where a word may be hyphenated so that its first part fits: behind a vowel and before a consonant and vowel."""
        for at in range(min(room - 1, len(word) - 4), 2, -1):
            if re.match(r"[a-zäöüéè]*[aeiouyäöüéè]$", word[:at].lower()) and re.match(r"[^aeiouyäöüéèà\W][aeiouyäöüéè][a-zäöü]", word[at:].lower()):
                return at
        return 0

    def lines(self, text, width, first_indent=0):
        """(text, hyphen) of each line."""
        out, line, room = [], "", width - first_indent
        for piece in self.pieces(text):
            while columns(line + piece.rstrip()) > room and line:
                at = self.split_word(piece, room - columns(line)) if self.hyphens else 0
                if at:
                    out.append((line + piece[:at] + "-", True))
                    piece = piece[at:]
                else:
                    out.append((line.rstrip(), False))
                line, room = "", width
            line += piece
        return out + [(line.rstrip(), False)]


class Typesetter:
    def __init__(self, book, style, seed):
        self.book, self.style, self.random = book, style, random.Random("set %d" % seed)
        self.width, self.height = (68, 24) if book.cjk else (64, 27)
        self.breaker = Breaker(book.cjk, style["justify"] == "hyphens" and not book.cjk)
        self.notes = [(b, offset, body) for b, block in enumerate(book.blocks) for offset, body in block.notes]
        self.numbers = [0] * len(self.notes)
        self.note_pages = [0] * len(self.notes)
        if style["regime"] != "page":
            self.number_notes()

    # Lines.

    def number_notes(self):
        count, chapter = 0, None
        for i, (b, _, _) in enumerate(self.notes):
            if self.style["regime"] == "chapter" and self.book.blocks[b].chapter != chapter:
                count, chapter = 0, self.book.blocks[b].chapter
            count += 1
            self.numbers[i] = count

    def marked(self, b):
        """A block's text with a placeholder for each mark."""
        text = self.book.blocks[b].text
        for i, (_, offset, _) in reversed([(i, n) for i, n in enumerate(self.notes) if n[0] == b]):
            text = text[:offset] + chr(FIRST_NOTE + i) + text[offset:]
        return text

    def block_lines(self, b):
        block, style = self.book.blocks[b], self.style
        if block.kind == "heading":
            return self.heading_lines(b)
        indent, text = 0, self.marked(b)
        if block.kind == "list_item":
            indent, text = 2, style["bullet"] + " " + text
        elif style["paragraphs"] == "indent":
            indent = 4
        lines = [Line(t, b, indent=indent if k == 0 or block.kind == "list_item" else 0, hyphen=h)
                 for k, (t, h) in enumerate(self.breaker.lines(text, self.width - (2 if block.kind == "list_item" else 0), indent))]
        lines[0].first = True
        lines[0].gap = style["paragraphs"] == "spaced" and block.kind == "para"
        return lines

    def heading_lines(self, b):
        block, style = self.book.blocks[b], self.style
        centred = block.level == 1 and style["scheme"] != "decimal"
        label = block.label + (" " if block.label and not block.label.endswith(("、", "）")) else "")
        texts = [block.label.rstrip(".")] if style["scheme"] == "split" and label and block.level == 1 else []
        texts += [t for t, _ in self.breaker.lines(block.text if texts else label + block.text, self.width - 14)]
        lines = [Line(t, b, centred=centred, keep=True) for t in texts]
        lines[0].gap = lines[0].first = True
        lines[0].new_page = block.opens_chapter and style["opening"] == "page"
        return lines

    def note_lines(self, i, gathered):
        """The lines of a note; its label is put before the first one when its number is known."""
        indent, body = 0, "\uEFFF" + self.notes[i][2]
        lines = [Line(t, note=i, indent=indent, hyphen=h) for t, h in self.breaker.lines(body, self.width if gathered else self.width * 9 // 8)]
        lines[0].first = True
        return lines

    def gathered(self, chapter):
        """The lines of the notes of a chapter, or of the whole book (None), under their heading."""
        mine = [i for i, n in enumerate(self.notes) if chapter is None or self.book.blocks[n[0]].chapter == chapter]
        if not mine:
            return []
        head = Line(self.book.words["notes"], centred=chapter is None, gap=True, first=True, keep=True, new_page=chapter is None)
        lines = [head] + [line for i in mine for line in self.note_lines(i, True)]
        lines[1].gap = True
        return lines

    def body(self):
        lines, blocks = [], self.book.blocks
        for b, block in enumerate(blocks):
            lines += self.block_lines(b)
            last = b + 1 == len(blocks) or blocks[b + 1].chapter != block.chapter
            if last and self.style["notes"] == "chapter-end":
                lines += self.gathered(block.chapter)
        return lines + (self.gathered(None) if self.style["notes"] == "book-end" else [])

    # Pages.

    def paginate(self, lines):
        """Sheets of at most `height` lines; a note stands at the foot of its mark's page, and its end on the next one if
        it does not fit."""
        sheets, carried = [Sheet()], []
        foot_notes = self.style["notes"] == "foot"
        count = 0

        def turn():
            nonlocal carried, count
            sheets.append(Sheet(foot=carried))
            carried, count = [], 0

        for k, line in enumerate(lines):
            sheet = sheets[-1]
            marks = [ord(c) - FIRST_NOTE for c in line.text if FIRST_NOTE <= ord(c) < 0xEFFF] if foot_notes else []
            notes = [self.note_lines(i, False) for i in marks]
            used = len(sheet.lines) + sum(x.gap for x in sheet.lines) + len(sheet.foot)
            need = 1 + line.gap + sum(map(len, notes)) + (3 if line.keep else 0)
            if sheet.lines and (line.new_page or used + need > self.height):
                last = notes[-1] if notes else []
                spare = self.height - used - (need - len(last))
                if not line.new_page and spare >= 1 and len(last) - spare >= 1 and not carried:
                    carried, notes[-1] = last[spare:], last[:spare]  # the note goes on on the next page
                else:
                    turn()
                    sheet = sheets[-1]
            sheet.opening = sheet.opening or (not sheet.lines and line.new_page)
            sheet.lines.append(line)
            for i, note in zip(marks, notes):
                count += 1
                if self.style["regime"] == "page":
                    self.numbers[i] = count
                self.note_pages[i] = len(sheets)
                sheet.foot += note
        while carried:
            turn()
        for number, sheet in enumerate(sheets, 1):
            for line in sheet.lines:
                if line.note >= 0 and line.first:
                    self.note_pages[line.note] = number
        return sheets

    def contents_lines(self, labels):
        """(level, label, title, page) of the entries, as lines."""
        style, lines = self.style, [Line(self.book.words["contents"], centred=True, gap=True, keep=True, first=True)]
        for b, block in enumerate(self.book.blocks):
            if block.kind != "heading":
                continue
            text = (block.label + " " if block.label else "") + block.text
            page = labels.get(b, "000")
            indent, room = 2 * (block.level - 1), self.width - 12
            texts = [t for t, _ in self.breaker.lines(text, room - indent)]
            for k, t in enumerate(texts):
                if k + 1 == len(texts) and style["contents"] != "bare":
                    space = self.width - indent - columns(t) - len(page)
                    fill = {"leaders": " " + ". " * max(3, (space - 2) // 2), "dots": "." * max(4, space - 1), "tabs": "\t",
                            "gap": " " * max(3, space)}[style["contents"]]
                    t += fill + page
                lines.append(Line(t, indent=indent + (2 if k else 0), first=k == 0, gap=len(lines) == 1))
        return lines

    # Furniture.

    def head_words(self, chapter, even):
        style, book = self.style, self.book
        title = next((b.text for b in book.blocks if b.opens_chapter and b.chapter == chapter), "")
        short = re.split(r"[,，]", title)[0]
        short = short[:16] if book.cjk else short
        label = next((b.label for b in book.blocks if b.opens_chapter and b.chapter == chapter), "")
        return {"none": "", "title": book.title, "alternating": book.title if even else short,
                "chapter": (label + " " if label else "") + short, "journal": book.words["journal"] if even else re.sub(r"^(By|Par|Von) | 著$", "", book.author) + ": " + book.title}[style["heads"]]

    def number_words(self, label, total):
        form, lang = self.style["number"], self.book.lang
        if not label or form == "none":
            return ""
        page = {"en": "Page", "fr": "page", "de": "Seite"}
        if form == "chinese" and label.isdigit():
            return chinese(int(label)) if int(label) < 100 else label
        if form in ("worded", "of-total"):
            if not label.isdigit():
                return label
            if self.book.cjk:
                unit = "页" if lang == "zh-Hans" else "頁"
                return "第 %s %s 共 %d %s" % (label, unit, total, unit) if form == "of-total" else "第%s%s" % (label, unit)
            of = {"en": "of", "fr": "sur", "de": "von"}[lang]
            return "%s %s %s %d" % (page[lang], label, of, total) if form == "of-total" else page[lang] + " " + label
        return {"dashes": "- %s -", "brackets": "[%s]"}.get(form, "%s") % label

    # The whole book.

    def set(self):
        """(text, truth)."""
        body = self.paginate(self.body())
        body_chapters = self.chapters_of(body)
        front = self.paginate_front({})
        labels = self.label(front, body, body_chapters)
        named = {}
        for sheet in body:
            for line in sheet.lines:
                if line.block >= 0 and self.book.blocks[line.block].kind == "heading":
                    named.setdefault(line.block, self.printed_label(sheet.label) if sheet.label else "000")
        front = self.paginate_front(named)
        for sheet, label in zip(front, labels):
            sheet.label = label
        sheets = front + body
        chapters = [None] * len(front) + body_chapters
        for number, sheet in enumerate(sheets):
            if number and not sheet.opening and chapters[number] is not None:
                sheet.head_words = self.head_words(chapters[number], number % 2 == 1)
        return self.emit(sheets, len(front), named)

    def printed_label(self, label):
        return chinese(int(label)) if self.style["number"] == "chinese" and label.isdigit() else label

    def paginate_front(self, named):
        title = Sheet([Line(t, centred=True, gap=True, first=True) for t in (self.book.title, self.book.author)])
        lines, sheets = self.contents_lines(named), [title]
        for k in range(0, len(lines), self.height):
            sheets.append(Sheet(lines[k:k + self.height], opening=k == 0))
        return sheets

    def chapters_of(self, sheets):
        chapters, chapter = [], 0
        for sheet in sheets:
            blocks = [self.book.blocks[line.block] for line in sheet.lines if line.block >= 0]
            chapter = blocks[0].chapter if blocks else chapter
            chapters.append(chapter)
            chapter = blocks[-1].chapter if blocks else chapter
        return chapters

    def label(self, front, body, chapters):
        """Gives the sheets of the body their labels, and returns those of the front."""
        style, before = self.style["front"], len(front)
        if style == "roman":
            preface = sum(c == 0 for c in chapters)
            for k, sheet in enumerate(body):
                sheet.label = roman(before + 1 + k) if k < preface else str(k - preface + 1)
            return [""] + [roman(k) for k in range(2, before + 1)]
        for k, sheet in enumerate(body):
            sheet.label = str(k + 1 + (before if style == "counted" else 0))
        return [""] + [str(k) if style == "counted" else "" for k in range(2, before + 1)]

    def mark(self, i, channel, small=True):
        shown = written(self.numbers[i], self.style["mark"])
        if channel.startswith("vlm"):
            return "^" + (str(self.numbers[i]) if self.style["mark"] == "super" else shown)
        if channel == "ocr" and self.random.random() < (0.3 if small and self.style["mark"] not in ("bracket", "paren") else 0.06):
            return self.random.choice(MISREAD_MARKS[self.style["mark"]])
        return shown

    def with_marks(self, text, i=-1):
        channel, style = self.style["channel"], self.style
        gathered = style["notes"] != "foot"
        if "\uEFFF" in text:
            label = self.mark(i, channel, small=not gathered)
            if gathered:
                label = label.lstrip("^")
            dot = "." if style["label"] == "dotted" and style["mark"] in ("bare",) else ""
            blank = "" if self.book.cjk and style["mark"] in ("circled", "bracket") and style["label"] != "dotted" else " "
            text = text.replace("\uEFFF", label + dot + blank)
        return "".join(self.mark(ord(c) - FIRST_NOTE, channel) if FIRST_NOTE <= ord(c) < 0xEFFF else c for c in text)

    # What extraction leaves.

    def emit(self, sheets, fronts, named):
        noise, pages, out = [], [], []
        total = sum(bool(s.label) and s.label.isdigit() for s in sheets)
        vlm = self.style["channel"].startswith("vlm")
        torn = False
        for number, sheet in enumerate(sheets, 1):
            words = self.number_words(sheet.label, total)
            pages.append({"phys": number, "label": self.printed_label(sheet.label) if sheet.label else None})
            place = self.style["place"] if not sheet.opening else "foot"
            kept = self.style["channel"] != "vlm-bare"
            head, foot = [], []
            if words:
                (head if place == "head" else foot).append(("page_number", words))
            if sheet.head_words:
                head.append(("running_head", sheet.head_words))
            if number % 2:
                head.reverse()
            if kept:
                for what, items in (("head", head), ("foot", foot)):
                    noise += [{"kind": kind, "text": text, "page": number, "place": what} for kind, text in items]
            else:
                head, foot = [], []
            heads, feet = [t for _, t in head], [t for _, t in foot]
            out.append(self.transcript(sheet, heads, feet) if vlm else self.printed(sheet, heads, feet))
        text = ("\n" if vlm else "\f").join(out)
        return text, self.truth(sheets, named, noise, pages)

    def joined(self, lines):
        """The lines of one paragraph as one."""
        text = ""
        for k, line in enumerate(lines):
            here = line.text
            if k and lines[k - 1].hyphen:
                text = text[:-1] + here
            else:
                text += ("" if not text or (self.book.cjk and not (text[-1].isascii() and here[:1].isascii())) else " ") + here
        return text

    def transcript(self, sheet, heads, feet):
        parts, group = [], []
        for line in sheet.lines + sheet.foot + [Line("", first=True)]:
            if group and (line.first or (line.block, line.note) != (group[-1].block, group[-1].note)):
                text = self.with_marks(self.joined(group), group[0].note)
                parts.append(text.replace(" . ", " .").replace(". . ", "...") if "\t" not in text else text)
                group = []
            group.append(line)
        return "".join(t + "\n\n" for t in heads + parts + feet)

    def printed(self, sheet, heads, feet):
        layout = self.style["channel"] == "layout"
        rows = []
        if heads and layout:
            gap = max(4, self.width - sum(map(columns, heads)))
            rows += [(" " * gap).join(heads) if len(heads) > 1 else " " * max(0, (self.width - columns(heads[0])) // 2) + heads[0], ""]
        elif heads and self.style["channel"] == "ocr":
            rows += ["   ".join(heads), ""]
        else:
            for head in heads:
                rows += [head, ""]
        lines = [copy.copy(line) for line in sheet.lines]
        foot = [copy.copy(line) for line in sheet.foot]
        for group in (lines, foot):
            for line in group:
                line.text = self.with_marks(line.text, line.note)
            if not layout and self.style["channel"] == "raw":
                self.dehyphenate(group)
        rows += self.rows(lines, layout)
        if foot:
            rows += [""] if self.style["foot_gap"] else []
            rows += self.rows(self.apart(foot), layout)
        for item in feet:
            rows += ["", (" " * ((self.width - columns(item)) // 2) if layout else "") + item]
        return "\n".join(rows) + "\n"

    def apart(self, foot):
        """Labels in lines of their own, where a font's circled figures stand higher than its words."""
        if self.style["label"] != "apart" or self.style["mark"] != "circled":
            return foot
        out = []
        for line in foot:
            if line.first:
                out += [Line(line.text[0], gap=False, first=True), Line(line.text[1:].lstrip(), indent=2)]
            else:
                out.append(line)
        return out

    @staticmethod
    def dehyphenate(lines):
        for k in range(len(lines) - 1):
            if lines[k].hyphen:
                word, _, rest = lines[k + 1].text.partition(" ")
                if rest:
                    lines[k].text, lines[k + 1].text = lines[k].text[:-1] + word, rest

    def rows(self, lines, layout):
        rows = []
        spaced = self.style["channel"] == "ocr"
        for k, line in enumerate(lines):
            if k and (line.gap or (spaced and line.first) or lines[k - 1].keep > line.keep):
                rows.append("")
            indent = (self.width - columns(line.text)) // 2 if line.centred else line.indent
            rows.append((" " * indent if layout else "") + line.text)
        return rows

    def truth(self, sheets, named, noise, pages):
        first_page = {}
        for number, sheet in enumerate(sheets, 1):
            for line in sheet.lines:
                if line.block >= 0:
                    first_page.setdefault(line.block, number)
        blocks = []
        for b, block in enumerate(self.book.blocks):
            entry = {"type": block.kind, "text": block.text, "page": first_page[b], "notes": []}
            if block.kind == "heading":
                entry.update(level=block.level, label=block.label)
            for i, (owner, offset, body) in enumerate(self.notes):
                if owner == b:
                    entry["notes"].append({"offset": offset, "body": body, "mark": written(self.numbers[i], self.style["mark"]),
                                           "page": self.note_pages[i]})
            blocks.append(entry)
        toc = [{"level": b["level"], "label": b["label"], "text": b["text"], "page_label": named.get(i, ""), "block": i}
               for i, b in enumerate(blocks) if b["type"] == "heading"]
        return {"lang": self.book.lang, "title_page": [self.book.title, self.book.author], "toc_heading": self.book.words["contents"],
                "blocks": blocks, "toc": toc, "pages": pages, "noise": noise}


def typeset(book, style, seed):
    """(text, truth) of the book in the style."""
    return Typesetter(book, style, seed).set()
