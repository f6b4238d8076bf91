#!/usr/bin/env python3
"""A batch with poisoned books: one that hangs, one whose process is killed, one that needs too much memory, one that is no
text. The others are made all the same, as single runs make them; what went wrong is in the report; a run that is
ended by Ctrl-C leaves whole files only, and the same command then does the rest and nothing twice. Needs EMEND."""
import filecmp
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

EMEND = os.environ["EMEND"]
BOOKS = 24
failures = []


def check(what, is_so):
    if not is_so:
        failures.append(what)
        print("FAIL: " + what, file=sys.stderr)


def book(number, lines=40):
    parts = ["A History of Lock %d\n\n" % number]
    for chapter in range(1, 4):
        parts.append("Chapter %d\n\n" % chapter)
        for line in range(lines):
            parts.append("The keeper of lock %d wrote line %d of chapter %d when the water was low, and so it stands\n"
                         % (number, line, chapter))
        parts.append("here.\n\n")
    return "".join(parts)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def batch(*words, **more):
    return subprocess.run([EMEND, "batch", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def records(path):
    with open(path, encoding="utf-8") as file:
        return {r["input"]: r for r in map(json.loads, file)}


def children(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def no_one_left(pids):
    time.sleep(0.3)
    return not any(os.path.exists("/proc/%d" % pid) and "emend" in open("/proc/%d/comm" % pid).read() for pid in pids)


def memory_can_be_limited():
    """Not under a sanitizer, which takes address space without end."""
    limited = 'ulimit -v 8388608; exec "$0" --version'
    return subprocess.run(["bash", "-c", limited, EMEND], capture_output=True).returncode == 0


def poisoned():
    good = {}
    for number in range(BOOKS):
        good["shelf/book %02d.txt" % number] = book(number)
    os.mkdir("shelf")
    for path, text in good.items():
        write(path, text)
    write("shelf/book 03b no text.txt", "one\0two")
    write("shelf/book 05b huge.txt", "".join(book(n, 400) for n in range(130)))  # 14 MB
    os.mkfifo("shelf/book 07b hangs.txt")
    run = batch("shelf", "-o", "made/", "--to", "tei", "--to", "ledger", "--report", "made.jsonl", "--jobs", "2",
                "--time-limit", "4", "--memory-limit", "80")
    check("the first failure in the order of the books gives the status", run.returncode == 3)
    told = [line.split(": ")[1] for line in run.stderr.split("\n") if line.startswith("emend: ")]
    check("failures are told in the order of the books",
          told == ["shelf/book 03b no text.txt", "shelf/book 05b huge.txt", "shelf/book 07b hangs.txt"])
    report = records("made.jsonl")
    check("each book is in the report", len(report) == BOOKS + 3)
    status = {path: r["status"] for path, r in report.items() if r["status"] != "done"}
    check("the report says how each ended: %s" % status,
          status == {"shelf/book 03b no text.txt": "failed",
                     "shelf/book 05b huge.txt": "memory" if memory_can_be_limited() else "timeout",
                     "shelf/book 07b hangs.txt": "timeout"})
    for path in good:
        name = os.path.basename(path)[:-4]
        alone = subprocess.run([EMEND, "convert", "-q", path, "-o", "alone.tei.xml", "--ledger", "alone.ledger"])
        check(path + " is made as by itself", alone.returncode == 0 and
              filecmp.cmp("alone.tei.xml", "made/%s.tei.xml" % name, False) and
              filecmp.cmp("alone.ledger", "made/%s.ledger" % name, False))
    check("nothing else is made", len(os.listdir("made")) == 2 * BOOKS)
    for name in ("03b no text", "05b huge", "07b hangs"):
        os.remove("shelf/book %s.txt" % name)


def killed():
    os.mkfifo("shelf/book 02b waits.txt")
    run = subprocess.Popen([EMEND, "batch", "-q", "shelf", "-o", "killed/", "--jobs", "1", "--report", "killed.jsonl"],
                           stderr=subprocess.PIPE, text=True)
    while not os.path.exists("killed/book 02.tei.xml") or not children(run.pid):
        time.sleep(0.02)
    time.sleep(0.5)
    os.kill(children(run.pid)[0], signal.SIGABRT)
    said = run.communicate(timeout=50)[1]
    report = records("killed.jsonl")
    check("a book that takes its process with it is reported",
          report["shelf/book 02b waits.txt"]["status"] == "crashed" and "signal 6" in said and run.returncode == 70)
    check("and the others are made by another", sum(r["status"] == "done" for r in report.values()) == BOOKS)
    os.remove("shelf/book 02b waits.txt")


def interrupted():
    os.mkfifo("shelf/book 20b waits.txt")
    command = ["shelf", "-o", "ended/", "--report", "ended.jsonl", "--jobs", "2"]
    run = subprocess.Popen([EMEND, "batch", *command], stderr=subprocess.PIPE, text=True)
    while not os.path.exists("ended/book 20.tei.xml"):
        time.sleep(0.01)
    pids = children(run.pid)
    run.send_signal(signal.SIGINT)
    said = run.communicate(timeout=50)[1]
    check("Ctrl-C ends a batch by its signal", run.returncode == -signal.SIGINT)
    check("and it says that it can go on", "goes on from here" in said)
    check("no process is left", no_one_left(pids))
    check("no file is left under another name", not [n for n in os.listdir("ended") if n.startswith(".")])
    for name in os.listdir("ended"):
        check(name + " is whole", subprocess.run([EMEND, "validate", "-q", "ended/" + name]).returncode == 0)
    before = sum(r["status"] == "done" for r in records("ended.jsonl").values())
    with open("ended.jsonl", "ab") as file:
        file.write(b'{"key":"0123')  # a line that the end of the machine cut off
    os.remove("shelf/book 20b waits.txt")
    again = batch(*command)
    check("the same command does the rest, and nothing twice: " + again.stderr,
          again.returncode == 0 and "%d made before" % before in again.stderr)
    check("then all is there", len(os.listdir("ended")) == BOOKS)
    for name in os.listdir("ended"):
        check(name + " is as it should be", filecmp.cmp("ended/" + name, "made/" + name, False))


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        poisoned()
        killed()
        interrupted()
        os.chdir("/")
    if not failures:
        print("batch: %d books, 4 kinds of poison, one Ctrl-C: all as it should be" % BOOKS)
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
