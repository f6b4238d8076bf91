#!/usr/bin/env python3
"""What finishing a book costs: EPUB and DOCX of a book of 300 pages, made of a sample again and again, may take a tenth
more processor time than Pandoc takes of it. Both are measured in one and the same run, so that a busy machine slows both.
Needs EMEND and EMEND_SOURCE."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

EMEND, SOURCE = os.environ["EMEND"], os.environ["EMEND_SOURCE"]
PANDOC = os.environ.get("EMEND_PANDOC") or shutil.which("pandoc")
MOST = 1.10
RUNS = 5  # the middle one counts
# Between emend and Pandoc: says in a file what processor time Pandoc took, in the form of the shell's `times`.
STOPWATCH = """#!/bin/sh
case "$1" in --from=json) ;; *) exec "%(pandoc)s" "$@" ;; esac
"%(pandoc)s" "$@"
status=$?
times >"%(folder)s/times"
exit $status
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


def seconds(command, **how):
    """The processor time of a command and of all that it started."""
    process = subprocess.Popen(command, **how)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s: failed" % command[0])
    return used.ru_utime + used.ru_stime


def pandoc_seconds(path):
    """What the stopwatch wrote: a line for its shell, and one for the shell's children, each of user and system time."""
    with open(path, encoding="utf-8") as file:
        children = file.read().splitlines()[1]
    return sum(60 * float(minutes) + float(rest) for minutes, rest in re.findall(r"(\d+)m([\d.]+)s", children))


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        book, times = long_book(300)
        source = os.path.join(folder, "long.tei.xml")
        with open(source, "w", encoding="utf-8") as file:
            file.write(book)
        stopwatch = os.path.join(folder, "stopwatch")
        with open(stopwatch, "w", encoding="utf-8") as file:
            file.write(STOPWATCH % {"pandoc": PANDOC, "folder": folder})
        os.chmod(stopwatch, 0o755)
        for ending in ("epub", "docx"):
            out = os.path.join(folder, "long." + ending)
            runs = []
            for _ in range(RUNS):
                whole = seconds([EMEND, "export", "-q", source, "-o", out], env=dict(os.environ, EMEND_PANDOC=stopwatch))
                pandoc = pandoc_seconds(os.path.join(folder, "times"))
                runs.append((whole / pandoc, whole, pandoc))
            ratio, whole, pandoc = sorted(runs)[RUNS // 2]
            print("%s of the sample %d times: %.2f s of processor time, Pandoc's share of it %.2f s: %.3f times"
                  % (ending.upper(), times, whole, pandoc, ratio))
            failed |= ratio > MOST
    if failed:
        print("FAIL: more than %.2f times what Pandoc takes of it" % MOST, file=sys.stderr)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
