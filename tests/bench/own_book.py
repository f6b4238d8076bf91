"""Books of our own making for the typesetter: a table of sentences (books/LANGUAGE.json) and a seed give a book of a
preface and four chapters, with its headings, paragraphs, lists and notes. The same seed gives the same book."""
import json
import os
import random
from dataclasses import dataclass, field

BOOKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "books")
LANGUAGES = ("en", "fr", "de", "zh-Hans", "zh-Hant")
CHINESE = "〇一二三四五六七八九"


@dataclass
class Block:
    kind: str  # heading, para, list_item
    text: str
    label: str = ""
    level: int = 0
    chapter: int = 0  # 0: the preface
    notes: list = field(default_factory=list)  # (offset, body)
    opens_chapter: bool = False


@dataclass
class OwnBook:
    lang: str
    title: str
    author: str
    words: dict  # contents, notes, journal: what the language prints there
    blocks: list

    @property
    def cjk(self):
        return self.lang.startswith("zh")


def chinese(n):
    tens = ("" if n < 20 else CHINESE[n // 10]) + "十" if n > 9 else ""
    return tens + (CHINESE[n % 10] if n % 10 else "")


def roman(n):
    out = ""
    for worth, digit in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        out, n = out + digit * (n // worth), n % worth
    return out


def chapter_label(lang, scheme, chapter, section):
    """What is printed before the title of a chapter, or of its section."""
    if scheme == "plain" or (section and scheme in ("word", "split") and not lang.startswith("zh")):
        return ""
    if lang.startswith("zh"):
        if scheme == "decimal":
            return "%d.%d" % (chapter, section) if section else "%d" % chapter
        if scheme == "listed":
            return "（%s）" % chinese(section) if section else chinese(chapter) + "、"
        unit = "节" if lang == "zh-Hans" else "節"
        return "第%s%s" % (chinese(section), unit) if section else "第%s章" % chinese(chapter)
    if scheme == "decimal":
        return "%d.%d" % (chapter, section) if section else "%d" % chapter
    if scheme == "listed":
        return "%d." % section if section else roman(chapter).upper() + "."
    return {"en": "Chapter %s.", "fr": "Chapitre %s.", "de": "Kapitel %s."}[lang] % roman(chapter).upper()


class Writer:
    """Makes sentences of the tables, each from an opening and a tail."""

    def __init__(self, table, seed):
        self.table, self.random = table, random.Random("%s %d" % (table["lang"], seed))
        self.cjk = table["lang"].startswith("zh")
        self.used = set()

    def fill(self, text):
        pick = self.random
        while "{" in text:
            at = text.index("{")
            name, rest = text[at + 1:].split("}", 1)
            value = {"n": lambda: str(pick.randint(2, 98)), "year": lambda: str(pick.randint(1612, 1909))}.get(
                name, lambda: pick.choice(self.table["slots"][name]))()
            text = text[:at] + value + rest
        return text[0].upper() + text[1:]

    def sentence(self):
        """The clause that opens it, and the rest with its stop."""
        pick, table = self.random, self.table
        if pick.random() < 0.06:
            return self.fill(pick.choice(table["traps"])), "。" if self.cjk else "."
        for _ in range(20):  # the same two clauses do not meet twice, as far as there are others
            pair = pick.randrange(len(table["openings"])), pick.randrange(len(table["tails"]))
            if pair not in self.used:
                break
        self.used.add(pair)
        tail = self.fill("." + table["tails"][pair[1]])[1:]
        return self.fill(table["openings"][pair[0]]), tail + ("。" if self.cjk else ".")

    def note(self):
        pick, table = self.random, self.table
        return self.fill(pick.choice(table["remarks"] if pick.random() < 0.15 else table["cites"]))

    def paragraph(self, chapter, share):
        """Notes are marked at the ends of sentences, or of the clause that opens one."""
        block, wanted = Block("para", "", chapter=chapter), 0
        for _ in range(self.random.randint(3, 7)):
            clause, rest = self.sentence()
            begin = block.text + (" " if block.text and not self.cjk else "")
            block.text = begin + clause + rest
            wanted += share
            if self.random.random() < share and len(block.notes) < 3:
                inside = self.random.random() < 0.3 or (self.cjk and self.random.random() < 0.5)
                block.notes.append((len(begin + clause) if inside else len(block.text), self.note()))
        return block


def write_book(lang, seed, scheme="word", share=0.16):
    """A book. `share` is that of sentences with a note; `scheme` how headings are numbered."""
    with open(os.path.join(BOOKS, lang + ".json"), encoding="utf-8") as file:
        table = json.load(file)
    writer = Writer(table, seed)
    blocks = [Block("heading", table["preface"], level=1, opens_chapter=True)]
    blocks += [writer.paragraph(0, share) for _ in range(3)]
    for number, chapter in enumerate(table["chapters"], 1):
        label = chapter_label(lang, scheme, number, 0)
        blocks.append(Block("heading", chapter["title"], label, 1, number, opens_chapter=True))
        blocks += [writer.paragraph(number, share) for _ in range(2 if chapter["sections"] else 6)]
        for section, title in enumerate(chapter["sections"], 1):
            blocks.append(Block("heading", title, chapter_label(lang, scheme, number, section), 2, number))
            blocks += [writer.paragraph(number, share) for _ in range(writer.random.randint(2, 5))]
            if section == 2:
                blocks += [Block("list_item", item, chapter=number) for item in table["items"]]
                blocks.append(writer.paragraph(number, share))
    words = {name: table[name] for name in ("contents", "notes", "journal")}
    return OwnBook(lang, table["title"], table["author"], words, blocks)
