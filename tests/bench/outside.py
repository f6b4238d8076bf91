"""Texts that are not ours, with their truth: a folder of books in the form of the dev bench, and one of real documents.

Truth of real documents has another form (blocks in reading order, of kinds); here it is brought into that of the bench, as
far as line_truth.py asks for it."""
import glob
import json
import os

CHANNELS = ("vlm.txt", "raw.txt", "layout.txt", "tess.txt")
SETS = ("hrdoc", "ocrd")  # whose truth says what headings, paragraphs and notes are, and on which page
KINDS = {"heading": "heading", "table": "table", "formula": "formula",
         **dict.fromkeys(("para", "text", "item", "caption", "verse", "code", "bibliography"), "para")}


def bench(folder):
    """(name, path of the text, truth) of each channel of each book."""
    for path in sorted(glob.glob(os.path.join(folder, "*", "gold.json"))):
        with open(path, encoding="utf-8") as file:
            truth = json.load(file)
        home = os.path.dirname(path)
        for text in CHANNELS + tuple(sorted(map(os.path.basename, glob.glob(os.path.join(home, "md-*.md"))))):
            yield "%s/%s" % (os.path.basename(home), text.rsplit(".", 1)[0]), os.path.join(home, text), truth


def real(folder):
    """The same of real documents."""
    for name in SETS:
        for path in sorted(glob.glob(os.path.join(folder, name, "*", "truth.json"))):
            with open(path, encoding="utf-8") as file:
                truth = in_form_of_bench(json.load(file))
            home = os.path.dirname(path)
            yield "%s %s/%s" % (name, os.path.basename(home), name), os.path.join(home, "input.txt"), truth


def in_form_of_bench(of):
    blocks, noise, title, contents, page = [], [], [], [], 1
    for block in of["blocks"]:
        kind, text = block["kind"], block["text"].replace("\f", "\n")
        page = block.get("page", page)
        if kind in ("furniture", "page_number"):
            noise.append({"page": page, "kind": kind, "text": text})
        elif kind == "title":
            title.append(text)
        elif kind == "toc":
            contents += [{"label": "", "text": line} for line in text.split("\n")]
        elif kind == "note":
            if not blocks:
                blocks.append({"type": "para", "text": "", "page": page, "notes": []})
            blocks[-1]["notes"].append({"mark": "", "body": text, "page": page})
        elif kind in KINDS:
            before = next((b for b in reversed(blocks) if b["type"] == "para"), None)
            if block.get("cont") and kind == "para" and before:
                before["text"] += "\n" + text
            else:
                blocks.append({"type": KINDS[kind], "text": text, "page": page, "notes": []})
    last = max([page] + [b["page"] for b in blocks])
    return {"title_page": title, "toc_heading": "", "toc": contents, "blocks": blocks, "noise": noise,
            "pages": [{"phys": number, "label": ""} for number in range(1, last + 1)]}
