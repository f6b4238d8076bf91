#!/usr/bin/env python3
"""What CONTRIBUTING.md tells of a rule, a stage, a reader and a sample is done in a copy of the checkout, as it stands there,
and is enough: the program builds, and each of them works.

A block of CONTRIBUTING becomes, or ends, the file that was named last before it; one marked `diff` adds its lines. Objects whose
sources are the same are taken over from the build of EMEND, so that little is compiled. Needs EMEND (the program, in its build
folder) and EMEND_SOURCE (the checkout)."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

EMEND, SOURCE = pathlib.Path(os.environ["EMEND"]).resolve(), pathlib.Path(os.environ["EMEND_SOURCE"]).resolve()
SECTIONS = ("A rule", "A stage", "A reader", "A sample")
NEEDED = ("CMakeLists.txt", "CMakePresets.json", "LICENSE", "cmake", "pipeline", "stages", "styles", "schemas", "samples", "tests/bench",
          "tests/bench_test.py", "tests/samples_test.sh")

STAMPED = "\f".join(f"{words}\n\n{'It rained on the marl all week. ' * 12}\n\nProperty of the Marl Coast Library\n"
                    for words in ("The weirs", "The hooks", "The tide", "The gate"))
THIN = "The marl road\n\nIt rained for a week, and nobody came.\n\fOne line.\n\fThen the sun came out again.\nAll went home.\n"
LEAVES = '{"made_by": "Leaves", "leaves": [["The tide came in.", "The tide went out."], ["#Nobody saw it."]]}'


def blocks():
    """(file, kind, text) of each block of the sections that tell how to add something."""
    text = (SOURCE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for section in re.split(r"(?m)^## ", text)[1:]:
        if not section.startswith(SECTIONS):
            continue
        parts = re.split(r"(?ms)^```(\w*)\n(.*?)^```$", section)
        for prose, kind, code in zip(parts[0::3], parts[1::3], parts[2::3]):
            named = re.findall(r"`((?:stages|samples)/[^`\s]*\.\w+)`", prose)
            yield named[-1] if named else None, kind, code


def patch(copy, diff):
    """Adds the lines with a plus behind the line before them; one edit a file."""
    for name, hunk in re.findall(r"(?m)^--- (\S+)\n((?:[ +].*\n)+)", diff):
        before = "".join(line[1:] + "\n" for line in hunk.splitlines() if line[0] == " ")
        after = "".join(line[1:] + "\n" for line in hunk.splitlines())
        text = (copy / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, f"CONTRIBUTING.md: {name} has not, once, {before!r}"
        (copy / name).write_text(text.replace(before, after), encoding="utf-8")


def do_what_is_told(copy):
    """The files that were written or edited."""
    done = set()
    for name, kind, code in blocks():
        if kind == "diff":
            patch(copy, code)
            done |= set(re.findall(r"(?m)^--- (\S+)", code))
            continue
        assert name, f"CONTRIBUTING.md: no file is named before {code[:60]!r}"
        path = copy / name
        path.parent.mkdir(parents=True, exist_ok=True)
        code = ("\n" if path.exists() else "") + code  # a block at the end of a table
        with path.open("a", encoding="utf-8") as file:
            file.write(code)
        done.add(name)
    return done


def without_comments(path):
    return re.sub(r"//.*", "", path.read_text(encoding="utf-8", errors="replace"))


def take_objects(copy, build, edited):
    """Objects of the build of EMEND, but for those of sources that were edited or include what was."""
    headers = {name for name in edited if name.endswith(".h")}
    took = 0
    for target in ("emend_core", "emend"):
        old = EMEND.parent / "CMakeFiles" / f"{target}.dir"
        for entry in old.rglob("*.o"):
            name = str(entry.relative_to(old))
            source = copy / name[:-2]
            if name.startswith("embedded") or name[:-2] in edited or not source.exists():
                continue
            text = without_comments(source)
            if ".inc\"" in text or any(f'"{header}"' in text for header in headers):
                continue
            to = build / "CMakeFiles" / f"{target}.dir" / name
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(entry, to)  # newer than its source: make leaves it alone
            took += 1
    assert took > 100, f"only {took} objects in {EMEND.parent}; is it a build of this checkout?"


def run(*command, cwd=None, **environment):
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False,
                          env={**os.environ, **environment})
    assert done.returncode == 0, f"{' '.join(map(str, command))}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    return done.stdout


def built(copy, edited):
    """The program of the copy. make judges by time alone, so that objects which were taken over are as good as its own."""
    build = copy / "build"
    run("cmake", "-G", "Unix Makefiles", "-S", copy, "-B", build, "-DCMAKE_BUILD_TYPE=Release")
    take_objects(copy, build, edited)
    run("make", "-C", build, f"-j{os.cpu_count()}", "emend")
    return build / "emend"


def edition(emend, folder, name, text):
    """(TEI, doubts) of a text."""
    source, tei, ledger = folder / name, folder / f"{name}.tei.xml", folder / f"{name}.ledger"
    source.write_text(text, encoding="utf-8")
    run(emend, "convert", "--quiet", source, "-o", tei, "-o", ledger)
    return tei.read_text(encoding="utf-8"), run(emend, "explain", "--doubts", ledger, "--source", source)


def look(copy, emend, folder):
    """What does not work, in words."""
    tei, _ = edition(emend, folder, "stamped.txt", STAMPED)
    if len(re.findall(r'<fw type="watermark"[^>]*>Property of the Marl Coast Library</fw>', tei)) != 4:
        yield "rule: the stamps are no watermarks"
    if "Libraries stamp what they lend." not in tei:
        yield "rule: the edition does not say why"
    if "thin-pages" not in run(emend, "stages"):
        yield "stage: `emend stages` does not list it"
    if (told := edition(emend, folder, "thin.txt", THIN)[1]).count("the page has a single line") != 1:
        yield f"stage: not one page is told of, but:\n{told}"
    tei, _ = edition(emend, folder, "leaves.json", LEAVES)
    if [p for p in ("<p>The tide came in.</p>", "<p>The tide went out.</p>", "<p>#Nobody saw it.</p>") if p not in tei]:
        yield f"reader: not these paragraphs:\n{tei[-1500:]}"
    environment = {"EMEND": str(emend), "EMEND_SOURCE": str(copy)}
    run("bash", copy / "tests/samples_test.sh", "--accept", "two-gates", **environment)
    if "The lower gate" not in (copy / "samples/two-gates/expected.tei.xml").read_text(encoding="utf-8"):
        yield "sample: what the program makes of it was not written"
    run("bash", copy / "tests/samples_test.sh", "two-gates", **environment)
    run(sys.executable, copy / "tests/bench_test.py", "--accept", **environment)
    if "two-gates" not in (copy / "tests/bench/recorded.json").read_text(encoding="utf-8"):
        yield "sample: its figures were not recorded"


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        copy = folder / "copy"
        for name in NEEDED:
            to = copy / name
            to.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (SOURCE / name).is_dir() else shutil.copy2)(SOURCE / name, to)
        edited = do_what_is_told(copy)
        failures = list(look(copy, built(copy, edited), folder))
    for failure in failures:
        print("FAIL: CONTRIBUTING.md, " + failure, file=sys.stderr)
    print(f"a rule, a stage, a reader and a sample, in {len(edited)} files as CONTRIBUTING.md tells: {len(failures)} of them do not work")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
