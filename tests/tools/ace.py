"""Judges EPUBs as people use them who listen, or read by touch: Ace, DAISY's checker, must make no serious finding.

usage: ace.py FILE.epub...      a line for each book; fails if any is bad, if one could not be judged, or if there is none.

Before the books, a copy of the first is spoilt (a picture without words for it), and Ace must refuse that: a judge who has
nothing against it has not judged. Ace is installed by cmake/setup.sh ace; its browser is EMEND_CHROMIUM, or Debian's.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

SERIOUS = {"critical", "serious"}
PATIENCE = 300  # seconds for a book; a novel takes half a minute


def findings(epub, folder):
    """What Ace says of a book, as (impact, rule, where, html); None and its words if it could not judge."""
    chromium = os.environ.get("EMEND_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    ran = subprocess.run(["ace-cli", "--silent", "--force", "--outdir", folder, epub], timeout=PATIENCE, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         env=os.environ | {"PUPPETEER_EXECUTABLE_PATH": chromium})
    report = os.path.join(folder, "report.json")
    if not os.path.exists(report):
        return None, ran.stdout
    with open(report, encoding="utf-8") as file:
        documents = json.load(file)["assertions"]
    if not documents:
        return None, "Ace has looked at no document of it"
    return [(finding["earl:test"]["earl:impact"], finding["earl:test"]["dct:title"],
             document["earl:testSubject"]["url"], finding["earl:result"].get("html", ""))
            for document in documents for finding in document["assertions"]], ""


def spoil(epub, spoilt):
    """Copies a book; its last chapter begins with a picture that nothing is said of."""
    with zipfile.ZipFile(epub) as book, zipfile.ZipFile(spoilt, "w") as copy:
        chapter = max(name for name in book.namelist() if "/ch" in name and name.endswith(".xhtml"))
        for member in book.infolist():
            text = book.read(member)
            if member.filename == chapter:
                text = text.replace(b"</body>", b'<p><img src="nothing.png"/></p></body>')
            copy.writestr(member, text)


def judge(epub, folder):
    """Whether a book is good; says what it was found to be."""
    found, why = findings(epub, folder)
    if found is None:
        print(f"not ok {epub}: not judged: {why.strip()}")
        return False
    bad = [one for one in found if one[0] in SERIOUS]
    print(f"{'not ok' if bad else 'ok'} {epub}" + (f" ({len(found) - len(bad)} lesser findings)" if len(found) > len(bad) else ""))
    for finding in found:
        print("  " + " ".join(part[:200] for part in finding))
    return not bad


def main(epubs):
    if not epubs:
        sys.exit(__doc__)
    if not shutil.which("ace-cli"):
        sys.exit("ace.py: ace-cli is missing; install it: bash cmake/setup.sh ace")
    with tempfile.TemporaryDirectory() as folder:
        spoilt = os.path.join(folder, "spoilt.epub")
        spoil(epubs[0], spoilt)
        found, why = findings(spoilt, os.path.join(folder, "spoilt"))
        if found is None or not any(impact in SERIOUS for impact, *_ in found):
            sys.exit(f"ace.py: Ace has nothing serious against a picture without words: {why or found}")
        good = [judge(epub, os.path.join(folder, str(at))) for at, epub in enumerate(epubs)]
    print(f"{sum(good)} passed, {len(good) - sum(good)} failed")
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main(sys.argv[1:])
