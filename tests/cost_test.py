#!/usr/bin/env python3
"""What finishing a book costs: EPUB and DOCX of a book of 300 pages, made of a sample again and again, may take a tenth
more processor time than Pandoc alone takes for the same document tree. Needs EMEND and EMEND_SOURCE."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

EMEND, SOURCE = os.environ["EMEND"], os.environ["EMEND_SOURCE"]
PANDOC = os.environ.get("EMEND_PANDOC") or shutil.which("pandoc")
MOST = 1.10
# Between emend and Pandoc: keeps what Pandoc is given, and its files, which emend takes away at the end.
SPY = """#!/bin/sh
case "$1" in --from=json) ;; *) exec "%(pandoc)s" "$@" ;; esac
for a in "$@"; do
  case "$a" in
    --css=* | --reference-doc=* | --epub-cover-image=*) cp "${a#*=}" "%(folder)s/" && a="${a%%%%=*}=%(folder)s/${a##*/}" ;;
    --data-dir=*) a=--data-dir=%(folder)s ;;
  esac
  printf '%%s\\n' "$a"
done >"%(folder)s/arguments"
cat >"%(folder)s/tree.json"
exec "%(pandoc)s" "$@" <"%(folder)s/tree.json"
"""


def long_book(pages):
    """The sample's chapters as often as makes so many pages, each time with identifiers of its own."""
    path = os.path.join(SOURCE, "samples/monograph-en/expected.tei.xml")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    body = re.search(r"(?s)(<body>\n?)(.*)(</body>)", text)
    times = -(-pages // body.group(2).count("<pb "))
    parts = []
    for i in range(times):
        part = re.sub(r'(xml:id=|target="#)("?)', lambda m: m.group(1) + m.group(2) + "b%d-" % i, body.group(2))
        parts.append(part)
    kept = "".join(parts)
    front = re.sub(r"(?s)<front>.*</front>\n?", "", text[: body.start(2)])
    return front + kept + text[body.end(2):], times


def seconds(command, **files):
    process = subprocess.Popen(command, **files)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s: failed" % command[0])
    return used.ru_utime + used.ru_stime


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        book, times = long_book(300)
        source = os.path.join(folder, "long.tei.xml")
        with open(source, "w", encoding="utf-8") as file:
            file.write(book)
        spy = os.path.join(folder, "spy")
        with open(spy, "w", encoding="utf-8") as file:
            file.write(SPY % {"pandoc": PANDOC, "folder": folder})
        os.chmod(spy, 0o755)
        for ending in ("epub", "docx"):
            out = os.path.join(folder, "long." + ending)
            subprocess.run([EMEND, "export", "-q", source, "-o", out], env=dict(os.environ, EMEND_PANDOC=spy), check=True)
            with open(os.path.join(folder, "arguments"), encoding="utf-8") as file:
                arguments = file.read().split("\n")[:-1]
            whole = alone = 1e9
            for _ in range(6):  # the best of both, taken in turns; a busy machine gets more of them
                with open(os.path.join(folder, "tree.json"), "rb") as tree, open(os.devnull, "wb") as nothing:
                    alone = min(alone, seconds([PANDOC] + arguments, stdin=tree, stdout=nothing))
                whole = min(whole, seconds([EMEND, "export", "-q", source, "-o", out]))
                if whole <= MOST * alone:
                    break
            print("%s of the sample %d times: %.2f s of processor time, Pandoc alone %.2f s: %.3f times"
                  % (ending.upper(), times, whole, alone, whole / alone))
            failed |= whole > MOST * alone
    if failed:
        print("FAIL: more than %.2f times what Pandoc takes alone" % MOST, file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
