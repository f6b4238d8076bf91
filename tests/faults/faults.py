#!/usr/bin/env python3
"""Batches that meet what machines do to them: killed at random moments, on a disk that is full, with a Pandoc that is
broken in five ways, with books that are taken away while they run. After each, the same command on a sound machine makes
what a run without any fault makes, and nothing half-written is left and nothing runs.

    faults.py [--moments N] [--seed N]      EMEND names the program. A small disk is a tmpfs: this is run as root."""
import argparse
import filecmp
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid

EMEND = os.environ["EMEND"]
BOOKS = 6
BATCH = ["shelf", "-o", "made/", "--to", "tei", "--to", "ledger", "--to", "epub", "--report", "made.jsonl", "--quiet"]
TWO_AT_ONCE, ONE_BY_ONE = ["--jobs", "2"], ["--jobs", "1"]
MARK = "EMEND_FAULTS=" + uuid.uuid4().hex  # in the environment of all that is started here, so that it can be found again
PANDOC = shutil.which("pandoc")
BROKEN_PANDOCS = {
    "says no": "echo 'pandoc: cannot' >&2; exit 63",
    "is killed": "kill -KILL $$",
    "writes nothing": "exit 0",
    "writes half": '"$PANDOC" "$@" | head -c 2000',
    "never ends": "sleep 1000; exit 1",  # in a process of its own, as a wrapper runs Pandoc
}
failures = []


def check(what, is_so):
    if not is_so:
        failures.append(what)
        print("FAIL: " + what, file=sys.stderr)


def book(number):
    parts = ["A History of Lock %d\n\n" % number]
    for chapter in range(1, 6):
        parts.append("Chapter %d\n\n" % chapter)
        parts += ["The keeper of lock %d wrote line %d of chapter %d when the water was low, and so it stands\n"
                  % (number, line, chapter) for line in range(30)]
        parts.append("here.\n\n")
    return "".join(parts)


def make_shelf():
    os.mkdir("shelf")
    for number in range(BOOKS):
        pathlib.Path("shelf/lock %d.txt" % number).write_text(book(number), encoding="utf-8")


def environment(**more):
    name, value = MARK.split("=")
    return dict(os.environ, **{name: value}, **more)


def start(**more):
    return subprocess.Popen([EMEND, "batch", *BATCH, *TWO_AT_ONCE], stderr=subprocess.PIPE, text=True, env=environment(**more))


def run(**more):
    process = start(**more)
    said = process.communicate(timeout=300)[1]
    return process.returncode, said


def running():
    """What was started here and still runs."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if MARK.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            pass  # it ended meanwhile
    return found


def nothing_runs():
    until = time.monotonic() + 20  # children are told of a death, which takes a moment on a busy machine
    while running() and time.monotonic() < until:
        time.sleep(0.02)
    return not running()


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in pathlib.Path(folder).rglob("*") if path.is_file())


def whole(folder):
    """Whether each file has the name and the bytes of one of the sound run; a file under another name is none of a reader's."""
    return [name for name in files(folder) if not os.path.basename(name).startswith(".") and
            not (os.path.exists("../sound/made/" + name) and filecmp.cmp(folder + "/" + name, "../sound/made/" + name, False))]


def check_after(what):
    check(what + ": something still runs: " + "; ".join(running()), nothing_runs())
    if os.path.isdir("made"):
        check(what + ": not whole: " + ", ".join(whole("made")), not whole("made"))


def check_again(what):
    """The same command, and all is as it should be."""
    status, said = run()
    check(what + ": the same command again says " + said, status == 0)
    check(what + ": all is made, and nothing else: " + ", ".join(sorted(set(files("made")) ^ set(files("../sound/made")))),
          files("made") == files("../sound/made"))
    check(what + ": as a sound run makes it", not whole("made"))
    check(what + ": no temporary folder is left: " + ", ".join(os.listdir(os.environ["TMPDIR"])), not os.listdir(os.environ["TMPDIR"]))


def fresh(name):
    folder = os.path.join(os.environ["FAULTS"], name)
    os.mkdir(folder)
    os.chdir(folder)


def killed(moments, chance):
    begun = time.monotonic()
    fresh("sound")
    make_shelf()
    status, said = run()
    check("a sound run: " + said, status == 0 and len(files("made")) == 3 * BOOKS)
    takes = time.monotonic() - begun
    for moment in range(moments):
        fresh("killed")
        make_shelf()
        process = start()
        time.sleep(chance.uniform(0, takes))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        what = "killed, the %dth time" % (moment + 1)
        check_after(what)
        check_again(what)
        os.chdir("..")
        shutil.rmtree("killed")


def full_disk():
    fresh("full")
    os.mkdir("disk")
    for size in ("64k", "128k"):
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", "disk"], check=True)
        try:
            os.chdir("disk")
            os.symlink("../../sound/shelf", "shelf")
            os.chdir("..")
            process = subprocess.Popen([EMEND, "batch", *BATCH, *TWO_AT_ONCE], cwd="disk", stderr=subprocess.PIPE, text=True, env=environment())
            said = process.communicate(timeout=300)[1]
            check("a full disk of %s is told (status %d): %s" % (size, process.returncode, said),
                  process.returncode == 7 and "no space left" in said)
            check("a full disk: something still runs", nothing_runs())
            left = [name for name in files("disk/made") if os.path.basename(name).startswith(".")]
            check("a full disk: left under another name: " + ", ".join(left), not left)
            for name in files("disk/made"):
                check("a full disk: %s is not whole" % name, filecmp.cmp("disk/made/" + name, "../sound/made/" + name, False))
        finally:
            subprocess.run(["umount", "-l", "disk"], check=True)
    os.symlink("../sound/shelf", "shelf")
    check_again("when there is room again")


def broken_pandoc():
    for name, does in BROKEN_PANDOCS.items():
        fresh("pandoc " + name)
        make_shelf()
        pandoc = pathlib.Path("pandoc")
        pandoc.write_text("""#!/bin/bash
case "$1" in -v|--version|--list-*) exec "$PANDOC" "$@";; esac
%s
""" % does, encoding="utf-8")
        pandoc.chmod(0o755)
        limited = BATCH + TWO_AT_ONCE + ["--time-limit", "2"]
        process = subprocess.Popen([EMEND, "batch", *limited], stderr=subprocess.PIPE, text=True,
                                   env=environment(EMEND_PANDOC=str(pandoc.resolve()), PANDOC=PANDOC))
        said = process.communicate(timeout=300)[1]
        what = "a Pandoc that " + name
        check("%s is told of each book (status %d): %s" % (what, process.returncode, said),
              process.returncode not in (0, 70) and said.count("emend: ") >= BOOKS)
        check_after(what)
        check(what + " leaves no EPUB", not list(pathlib.Path(".").rglob("*.epub")))
        pandoc.unlink()
        check_again(what)


def taken_away():
    fresh("taken")
    make_shelf()
    os.mkfifo("shelf/lock 2b.txt")  # the batch waits here while the books behind it are taken
    process = subprocess.Popen([EMEND, "batch", *BATCH, *ONE_BY_ONE, "--time-limit", "3"], stderr=subprocess.PIPE, text=True,
                               env=environment())
    until = time.monotonic() + 60
    while not os.path.exists("made/lock 2.epub") and time.monotonic() < until:
        time.sleep(0.01)
    os.rename("shelf/lock 3.txt", "lock 3.txt")
    os.rename("shelf/lock 5.txt", "lock 5.txt")
    said = process.communicate(timeout=300)[1]
    check("books that are taken away are told: " + said,
          process.returncode == 8 and "shelf/lock 3.txt" in said and "shelf/lock 5.txt" in said)
    check_after("books that are taken away")
    check("the others are made", files("made") == [n for n in files("../sound/made") if "lock 3" not in n and "lock 5" not in n])
    os.remove("shelf/lock 2b.txt")
    for name in ("lock 3.txt", "lock 5.txt"):
        os.rename(name, "shelf/" + name)
    check_again("when the books are back")


def main():
    said = argparse.ArgumentParser()
    said.add_argument("--moments", type=int, default=50)
    said.add_argument("--seed", type=int, default=1)
    said = said.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FAULTS"] = folder
        os.environ["TMPDIR"] = os.path.join(folder, "tmp")
        os.mkdir(os.environ["TMPDIR"])
        killed(said.moments, random.Random(said.seed))
        full_disk()
        broken_pandoc()
        taken_away()
        os.chdir("/")
    print("faults: killed at %d moments (seed %d), 2 full disks, %d broken Pandocs, 2 books taken away: %s"
          % (said.moments, said.seed, len(BROKEN_PANDOCS), "%d checks failed" % len(failures) if failures else "all as it should be"))
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
