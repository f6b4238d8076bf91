#!/usr/bin/env python3
"""Small edits of the program, each of which the quick tests must notice: are there tests of what a stage decides?

The lists beside this file hold blocks of `mutant` (its name), `file`, `from` (what stands there, once; more lines are joined by
a line feed), `to`, and `breaks`, which says in words what a book suffers of it. Each edit is made in a copy of the checkout, which
is built as far as it differs, and the tests run until one fails: the unit tests that are quick, the cases, the samples, the own
bench. One that all of them pass is a survivor: write the test that catches it.

  run.py --build FOLDER [--checkout FOLDER] [--rate 0.9] [NAME …]
  run.py --check [--checkout FOLDER]      only says which edits are stale; this is part of `make test`

Objects are taken over from the build, so that little is compiled; so the unit tests read their data from the checkout: leave that
alone as long as this runs. Fails if less than `rate` were caught, or if a `from` is not
there any more. Judging is not part of `make test`: it takes about half a minute of a processor for each."""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SLOW = ":".join(("BadPandoc.*", "Blocks.*", "Books.*", "Bridge*", "Cover*", "Decisions.OfAnyKind*", "Encoding.*", "Fuzz*",
                 "Letters.every_character*", "Needs.*", "Package*", "Packed.*", "Property.*", "References.*", "Rules.*", "Schema*",
                 "Spliced.*", "Undo.*", "Validate*"))
COPIED = ("CMakeLists.txt", "CMakePresets.json", "cmake", "pipeline", "stages", "styles", "schemas", "tests", "samples")


def mutants():
    """(list, name, file, from, to, breaks) of each."""
    for path in sorted(HERE.glob("*.txt")):
        for block in re.split(r"(?m)^(?=mutant )", path.read_text(encoding="utf-8"))[1:]:
            fields = dict(re.findall(r"(?ms)^(mutant|file|from|to|breaks)\b ?(.*?)(?=\n(?:file|from|to|breaks)\b|\s*\Z)", block))
            yield path.stem, *(fields[f].lstrip(" ") for f in ("mutant", "file", "from", "to", "breaks"))


def run(command, log, **environment):
    with open(log, "ab") as file:
        file.write(f"$ {' '.join(map(str, command))}\n".encode())
        file.flush()
        try:
            return subprocess.run([str(c) for c in command], stdout=file, stderr=file, check=False, timeout=900,
                                  env={**os.environ, **environment}).returncode
        except subprocess.TimeoutExpired:
            return 1  # an edit that never ends is noticed


def take_objects(build, old):
    """The objects of the build that the copy need not compile: make judges by time alone, and these are newer than their sources.
    What is generated is made anew."""
    for target in ("emend_core", "emend", "emend_tests"):
        for entry in (old / "CMakeFiles" / f"{target}.dir").rglob("*.o"):
            name = entry.relative_to(old / "CMakeFiles" / f"{target}.dir")
            if not str(name).startswith("embedded"):
                to = build / "CMakeFiles" / f"{target}.dir" / name
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(entry, to)


def make(build, log):
    return run(["make", "-C", build, f"-j{os.cpu_count()}", "emend", "emend_tests"], log)


def tests(copy, build):
    """(name, command, environment) of the quick tests, the quickest first."""
    environment = {"EMEND": str(build / "emend"), "EMEND_SOURCE": str(copy), "EMEND_PYTHON": sys.executable}
    yield "unit tests", [build / "emend_tests", "--gtest_brief=1", "--gtest_fail_fast", f"--gtest_filter=-{SLOW}"], environment
    yield "cases", [sys.executable, copy / "tests/cases_test.py"], environment
    yield "samples", ["bash", copy / "tests/samples_test.sh"], environment
    yield "own bench", [sys.executable, copy / "tests/bench_test.py"], environment


def caught_by(copy, build, log):
    for name, command, environment in tests(copy, build):
        if run(command, log, **environment) != 0:
            return name
    return None


def prepare(checkout, old, folder, log):
    """(copy, build) of the checkout, built and green."""
    copy = folder / "copy"
    copy.mkdir()
    for name in COPIED:
        (shutil.copytree if (checkout / name).is_dir() else shutil.copy2)(checkout / name, copy / name)
    build = copy / "build" / "mutants"
    linker = re.search(r"(?m)^CMAKE_EXE_LINKER_FLAGS:\w+=(.*)", (old / "CMakeCache.txt").read_text(encoding="utf-8"))[1]
    configure = ["cmake", "-G", "Unix Makefiles", "-S", copy, "-B", build, "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1",
                 f"-DCMAKE_EXE_LINKER_FLAGS={linker}"]
    if run(configure, log) != 0:
        sys.exit(f"mutants: cmake fails: {log}")
    take_objects(build, old)
    if make(build, log) != 0:
        sys.exit(f"mutants: the copy cannot be built: {log}")
    if by := caught_by(copy, build, log):
        sys.exit(f"mutants: the {by} fail without any edit: {log}")
    return copy, build


def put(copy, name, text):
    """Writes a file of the copy. Objects that were taken over know no headers, so what is made of a table is compiled again here."""
    (copy / name).write_text(text, encoding="utf-8")
    if name.endswith(".weights"):
        table = re.sub(r"^\d+-", "", pathlib.Path(name).stem).replace("-", "_")
        for source in (copy / "stages").rglob("*.cpp"):
            if f'"weights/{table}.h"' in source.read_text(encoding="utf-8"):
                os.utime(source)


def judge(copy, build, mutant, log):
    """What became of a mutant: who caught it, `survives`, or why it could not be judged."""
    _, _, name, before, after, _ = mutant
    text = (copy / name).read_text(encoding="utf-8")
    if text.count(before) != 1:
        return f"stale: {name} has it {text.count(before)} times"
    put(copy, name, text.replace(before, after))
    try:
        if make(build, log) != 0:
            return "stale: it does not compile"
        return f"caught by the {by}" if (by := caught_by(copy, build, log)) else "survives"
    finally:
        put(copy, name, text)


def check(checkout):
    """Says which edits are stale: what they replace does not stand there once. 1 if there are any, or no edits at all."""
    known = list(mutants())
    stale = [m for m in known if (checkout / m[2]).read_text(encoding="utf-8").count(m[3]) != 1]
    for folder, name, file, *_ in stale:
        print(f"tests/mutants/{folder}.txt: {name}: what it replaces does not stand once in {file}")
    print(f"{len(known)} mutants, {len(stale)} stale")
    return int(bool(stale) or not known)


def main():
    options = argparse.ArgumentParser()
    what = options.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true")
    what.add_argument("--build", type=pathlib.Path)
    options.add_argument("--checkout", type=pathlib.Path, default=HERE.parent.parent)
    options.add_argument("--rate", type=float, default=0.9)
    options.add_argument("names", nargs="*")
    a = options.parse_args()
    if a.check:
        return check(a.checkout.resolve())
    wanted = [m for m in mutants() if not a.names or m[1] in a.names]
    verdicts = []
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(tempfile.gettempdir()) / "emend-mutants.log"
        log.write_bytes(b"")
        copy, build = prepare(a.checkout.resolve(), a.build.resolve(), pathlib.Path(folder), log)
        for mutant in wanted:
            begun = time.time()
            verdicts.append(judge(copy, build, mutant, log))
            print(f"{mutant[0]:9} {mutant[1]:24} {verdicts[-1]:28} {time.time() - begun:4.0f} s  {mutant[5] if verdicts[-1] == 'survives' else ''}",
                  flush=True)
    caught = sum(v.startswith("caught") for v in verdicts)
    stale = sum(v.startswith("stale") for v in verdicts)
    print(f"{caught} of {len(verdicts)} mutants caught, {stale} stale (log: {log})")
    return int(stale > 0 or caught < a.rate * len(verdicts) or not verdicts)


if __name__ == "__main__":
    sys.exit(main())
