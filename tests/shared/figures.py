"""The figures that outside judges give the program, held against what was recorded: none may fall.

    figures.py cases|bench|real|doubts [--raise | --accept]

`cases` counts the passed cases of ../shared/cases by kind, `bench` takes the means of ../shared/bench by channel, `real` those
of ../shared/real by set, `doubts` says what doubts are worth in both (doubts.py). recorded.json beside this file has them, with
the digest of the documents they were measured on; on other documents nothing can be compared, which is a failure that says so.
--raise records those of now that are better, so that they are kept; --accept records all of now: for other documents."""
import collections
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import doubts

EMEND, SHARED = os.environ["EMEND"], pathlib.Path(os.environ["EMEND_SHARED"])
RECORDED = pathlib.Path(__file__).with_name("recorded.json")
SLACK = 0.003
LOWER = {"leak", "loss", "spur", "lost", "aside", "body_in_notes", "false"}  # better when they are lower
CHANNELS = "vlm,raw,layout,tess,hocr,alto,md-mineru,md-olmocr,md-marker,md-paddleocr-vl,md-dots,md-llm"
REAL = ("lost", "aside", "heading", "heading_level", "heading_teds", "note_f", "body_in_notes", "link_f", "mark", "para_f",
        "furniture_r", "page_number_f", "sim")


def run(*command):
    return subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)


def cases():
    done = run(SHARED / "cases" / "check_cases.py", EMEND)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    failed = collections.Counter(name.split("/")[0] for name in set(re.findall(r"^([\w-]+/[\w-]+):", done.stdout, re.MULTILINE)))
    total = collections.Counter(check.parent.name for check in (SHARED / "cases").glob("*/*.check"))
    return {kind: {"passed": number - failed[kind]} for kind, number in sorted(total.items())}


def run_bench(source, channels, *options):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "bench.json"
        done = run(SHARED / "bench" / "run_bench.py", "--cmd", f"'{EMEND}' convert --quiet {source} -o {{out}}", "--set", "dev",
                   "--channels", channels, "--json", out, *options)
        if not out.exists():
            sys.exit(done.stdout[-2000:] + done.stderr)
    figures, channel, columns = {}, None, []
    for line in done.stdout.splitlines():
        if line.startswith("== channel "):
            channel = line.split()[2]
        elif line.startswith("doc "):
            columns = line.split()[1:]
        elif line.startswith("MEAN") and channel:
            figures[channel] = {name: float(value) for name, value in zip(columns, line.split()[1:]) if not name.startswith("cer")}
    return figures


def bench():
    """The PDF that each document's texts are of has no channel of its own: it stands beside them."""
    figures = run_bench("{in}", CHANNELS)
    if any((SHARED / "bench" / "dev").glob("*/source.pdf")):
        figures["pdf"] = run_bench('"$(dirname {in})/source.pdf"', "raw", "--no-before")["raw"]
    return figures


def real():
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "real.json"
        done = run(SHARED / "real" / "score_real.py", EMEND, SHARED / "real" / "dev", "--brief", "--json", out)
        if not out.exists():
            sys.exit(done.stdout[-2000:] + done.stderr)
        scored = json.loads(out.read_text(encoding="utf-8"))
    figures = {name: {figure: round(of["figures"][figure], 5) for figure in REAL if of["figures"].get(figure) is not None}
               for name, of in scored.items() if "figures" in of}
    if unread := [name for name, of in figures.items() if not of]:
        sys.exit(f"nothing was read of {', '.join(unread)}:\n{done.stdout[-2000:]}")
    return figures


def digest(folder):
    """Of the names and contents of what is measured on."""
    sum_ = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts and p.suffix != ".md"
                       or "input" in p.name):
        sum_.update(str(path.relative_to(folder)).encode() + hashlib.sha256(path.read_bytes()).digest())
    return sum_.hexdigest()[:16]


def of_both():
    return hashlib.sha256("".join(digest(SHARED / name / "dev") for name in ("bench", "real")).encode()).hexdigest()[:16]


SUITES = {"cases": (cases, lambda: digest(SHARED / "cases")), "bench": (bench, lambda: digest(SHARED / "bench" / "dev")),
          "real": (real, lambda: digest(SHARED / "real" / "dev")), "doubts": (lambda: doubts.measure(SHARED), of_both)}


def main():
    suite = sys.argv[1]
    measure, digest_of = SUITES[suite]
    found, of = measure(), digest_of()
    if not found:
        sys.exit(f"FAIL: nothing was measured in {SHARED}")
    recorded = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    if "--accept" in sys.argv[2:]:
        recorded[suite] = {"of": of, "figures": found}
        RECORDED.write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")
    then = recorded.get(suite, {"of": "", "figures": {}})
    worse = 0
    for name, figures in found.items():
        cells = []
        for figure, now in figures.items():
            was = then["figures"].get(name, {}).get(figure, now)
            change = (was - now if figure in LOWER else now - was) if then["of"] == of else 0
            worse += change < -SLACK
            cells.append(f"{figure} {now:g}" + (f" (was {was:g})!" if change < -SLACK else f" (was {was:g})+" if change > SLACK else ""))
        print(f"{name:26}" + "  ".join(cells))
    if "--raise" in sys.argv[2:] and then["of"] == of:
        for name, figures in found.items():
            kept = then["figures"].setdefault(name, {})
            kept.update({figure: (min if figure in LOWER else max)(now, kept.get(figure, now)) for figure, now in figures.items()})
        recorded[suite] = then
        RECORDED.write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")
    if then["of"] != of:
        sys.exit(f"FAIL: these are not the documents that the recorded figures are of; tests/shared/figures.py {suite} --accept "
                 "records theirs")
    if worse:
        sys.exit(f"FAIL: {worse} figures fell")


main()
