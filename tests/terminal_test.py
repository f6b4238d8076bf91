#!/usr/bin/env python3
"""What `emend convert` tells: to a terminal, to a pipe, to a machine. Needs EMEND (the program) and EMEND_SOURCE."""
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile

EMEND, SOURCE = os.environ["EMEND"], os.environ["EMEND_SOURCE"]
failures = []


def expect(what, found, wanted):
    if found != wanted:
        failures.append("%s: %r, and not %r" % (what, found, wanted))


def at_terminal(arguments, **variables):
    """What is written to a terminal on standard error."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    environment.update({"TERM": "xterm", **variables})
    process = subprocess.Popen([EMEND, "convert", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=theirs, env=environment)
    os.close(theirs)
    out = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:  # Linux says so that the other end is closed
            break
        if not more:
            break
        out += more
    os.close(ours)
    expect("status", process.wait(), 0)
    return out.decode()


def run(*arguments):
    return subprocess.run([EMEND, "convert", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)


def check_terminal(book, out):
    plain = run(book, "-o", out).stderr
    expect("no escapes in a pipe", "\x1b" in plain or "\r" in plain, False)
    coloured = at_terminal([book, "-o", out])
    expect("colours", "\x1b[33;1m9 places to look at\x1b[0m" in coloured, True)
    progress = re.findall(r"\r\x1b\[K([^\r]*) …", coloured)
    expect("progress", [progress[:2], progress[-1]], [[book + ": read", book + ": markup"], book + ": books"])
    told = re.sub(r"\r\x1b\[K([^\r\n]* …)?|\x1b\[[0-9;]*m", "", coloured).replace("\r\n", "\n")
    expect("the same words", told, plain)
    expect("NO_COLOR", "\x1b[3" in at_terminal([book, "-o", out], NO_COLOR="1"), False)
    dumb = at_terminal([book, "-o", out], TERM="dumb").replace("\r\n", "\n")
    expect("a dumb terminal", dumb, plain)
    expect("--quiet", at_terminal([book, "-o", out, "--quiet"]), "")


def check_json(book, folder):
    stem = os.path.join(folder, "out")
    done = run(book, "-o", stem + ".tei.xml", "-l", stem + ".ledger", "--review", stem + ".html", "--json")
    expect("nothing else is said", (done.returncode, done.stderr, done.stdout.count("\n")), (0, "", 1))
    told = json.loads(done.stdout)
    expect("keys", list(told), ["input", "title", "titleOrigin", "language", "encoding", "encodingBytes", "columns", "pages", "headings", "contents", "notes",
                                "paragraphs", "setAside", "repairs", "doubts", "outputs"])
    expect("doubts", told["doubts"], {"all": 9, "rules": {"contents.missing": 6, "gaps.contents": 1, "pages.torn": 2}})
    expect("contents", told["contents"], {"all": 25, "linked": 19})
    expect("headings", sum(told["headings"]["levels"].values()), told["headings"]["all"])
    expect("outputs", told["outputs"], [{"format": "tei", "path": stem + ".tei.xml"}, {"format": "ledger", "path": stem + ".ledger"}, {"format": "review", "path": stem + ".html"}])
    several = run(book, os.path.join(folder, "none.txt"), "-o", folder + "/", "--json")
    lines = [json.loads(line) for line in several.stdout.splitlines()]
    expect("one object a book", [("error" in line, line["input"]) for line in lines], [(False, book), (True, os.path.join(folder, "none.txt"))])
    expect("the failure", (several.returncode, lines[1]["error"]["status"]), (3, 3))
    expect("and an output on standard output", run(book, "--json").returncode, 2)


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for kind in ("txt", "meta"):
            shutil.copy(os.path.join(SOURCE, "samples/thesis-zh/input." + kind), "book." + kind)
        check_terminal("book.txt", "book.tei.xml")
        check_json("book.txt", folder)
    for failure in failures:
        print("FAIL: " + failure)
    print("what is told: %s" % ("all as expected" if not failures else "%d failures" % len(failures)))
    return 1 if failures else 0


sys.exit(main())
