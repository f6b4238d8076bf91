"""What other values of a weight would do: tries values of each on our own books, and says so in its table.

    sweep.py [--write] [--values 0.6,0.75,0.9,1.1,1.3,1.6] [--dev DIR] [WEIGHT ...]      WEIGHT: furniture, furniture.alike …

The books are the samples, the first styles of the typesetter, the small cases of tests/data/cases, and with --dev a folder of
texts, each with its truth, in the form of the dev bench. A value's worth is the mean of the figures of measure.py over the books
with a truth, and how many cases it breaks. A value is chosen without the book that it is judged by: for each book the one that is
best on all others is taken, and the sum of what those books gain is `left out`; a weight for which it is not above nothing has no
better value that can be known. --write puts all of it into the field `swept` of the table. Needs EMEND_SWEEP, the program of the
preset `sweep`, and EMEND, the usual one, which says the doubts of cases."""
import argparse
import collections
import glob
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "bench")]
from measure import HIGHER, measure, told  # noqa: E402
from styles import made  # noqa: E402

STYLES = 20
FACTORS = "0.6,0.8,1.25,1.67"
SLACK = 0.05  # of a ten-thousandth of a figure's mean: less is no difference
Weight = collections.namedtuple("Weight", "name value table line swept")
Book = collections.namedtuple("Book", "name path meta truth")


def tables():
    """Every weight of every table, with the lines of its `swept`."""
    for path in sorted(glob.glob(str(ROOT / "stages/[0-9]*.weights")) + glob.glob(str(ROOT / "stages/[0-9]*/*.weights"))):
        if path.endswith("roles.weights"):
            continue
        stage = re.sub(r"^\d+-", "", pathlib.Path(path).stem).replace("-", "_")
        name = value = None
        for number, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").split("\n")):
            field, _, content = line.partition(" ")
            if field == "weight":
                name = stage + "." + content.strip()
            elif field == "value":
                value = content.strip()
            elif field == "swept":
                yield Weight(name, value, path, number, content.strip())


def values_of(weight, factors):
    """Other values of the same kind, near it and further away."""
    value = float(weight.value.rstrip("%"))
    if "." in weight.value:
        share = 0 < value < 1 and "share" in weight.name
        near = [round(value * f, 3) for f in factors]
        return sorted({v for v in near if v != value and not (share and v >= 1)})
    near = [round(value * f) for f in factors] + [int(value) - 1, int(value) + 1]
    return sorted({v for v in near if v != value and (v > 0 or value < 0)})[:6]


def books(folder, dev):
    """The books with a truth."""
    for sample in sorted((ROOT / "samples").iterdir()):
        if not sample.is_dir() or (sample / "input.rules").exists():
            continue
        truth = json.loads((sample / "truth.json").read_text(encoding="utf-8"))
        said = [line.split(": ", 1) for line in (sample / "input.meta").read_text(encoding="utf-8").splitlines() if ": " in line]
        truth["title"] = dict(said).get("title") or truth["title_page"][0]
        truth["authors"] = [value for key, value in said if key == "author"]
        yield Book(sample.name, sample / "input.txt", "", truth)
    for number in range(STYLES):
        _, text, truth = made(number)
        path = pathlib.Path(folder) / f"style-{number}.txt"
        path.write_text(text, encoding="utf-8", newline="")
        truth["title"], author = truth["title_page"]
        truth["authors"] = [re.sub("^(By|Von|Par) |\\s*著$", "", author)]
        yield Book(f"style-{number}", path, "", truth)
    for path in sorted(pathlib.Path(dev).glob("*/input*.txt") if dev else []):
        truth = json.loads((path.parent / "truth.json").read_text(encoding="utf-8"))
        truth.setdefault("title", truth["title_page"][0] if truth["title_page"] else "")
        truth.setdefault("authors", [])
        yield Book(f"{path.parent.name}-{path.stem}", path, "", truth)


def cases():
    for check in sorted((ROOT / "tests/data/cases").glob("*/*.check")):
        source = next((s for s in (check.with_suffix(e) for e in (".txt", ".md")) if s.exists()), None)
        if source is not None and not re.search(r"^(with|options|rules|export)\b", check.read_text(encoding="utf-8"), re.MULTILINE):
            yield Book(f"{check.parent.name}/{check.stem}", source, "", None)


def worth(book, path):
    """The mean of a book's figures in ten-thousandths: those that should be high, and what is not lost nor leaked."""
    tei, ledger = (pathlib.Path(path + ending).read_text(encoding="utf-8") for ending in (".tei.xml", ".ledger"))
    if not tei:  # the stages fell over one another
        return 0
    figures = measure(dict(book.truth, told=told(tei)), book.path.read_bytes(), tei, ledger)
    good = [figures[f] for f in HIGHER] + [1 - figures["leak"], 1 - figures["loss"], 1 - figures["harm"] / 10000]
    return 10000 * sum(good) / len(good)


def broken(book, path, folder):
    """Whether the case says that this edition of its text is wrong."""
    program = pathlib.Path(folder) / "emend"
    program.write_text(f"""#!/bin/sh
if [ "$1" = convert ]; then
  cp '{path}.tei.xml' "$4" && cp '{path}.ledger' "$6"
else
  exec '{os.environ["EMEND"]}' "$@"
fi
""", encoding="utf-8")
    program.chmod(0o755)
    check = [sys.executable, "-B", str(ROOT / "tests/cases_test.py"), book.name]
    return subprocess.run(check, env=dict(os.environ, EMEND=str(program)), capture_output=True, check=False).returncode != 0


def left_out(gains, number):
    """The gain of each book at the value that is best on all others; `gains` has the worth of each value by book."""
    total = 0.0
    for book in range(number):
        best = max(gains, key=lambda value: sum(gains[value].values()) - gains[value].get(book, 0))
        others = sum(gains[best].values()) - gains[best].get(book, 0)
        total += gains[best].get(book, 0) if others > 0 else 0
    return total


def evidence(weight, trials, number):
    """What is said of a weight: each value with what it costs or gains, in ten-thousandths of the mean figure, and the cases
    that it breaks."""
    said = []
    for value, (gains, broke) in trials.items():
        mean = sum(gains.values()) / number
        cost = "" if abs(mean) < SLACK else "%+.1f" % mean
        lost = f"{broke} case{'s' if broke > 1 else ''}" if broke else ""
        said.append(f"{value:g}: {', '.join(filter(None, (cost, lost))) or 'same'}")
    if all(line.endswith(": same") for line in said):
        return "no measure moves from %g to %g" % (min(trials), max(trials))
    gain = left_out({value: gains for value, (gains, _) in trials.items()}, number) / number
    return "; ".join(said) + ("; left out %+.1f" % gain if abs(gain) >= SLACK else "")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("weights", nargs="*", help="weights, or stages; all without one")
    arguments.add_argument("--write", action="store_true", help="into the tables")
    arguments.add_argument("--factors", default=FACTORS, help="of the value that stands: those that are tried")
    arguments.add_argument("--dev", help="a folder of books with their truth")
    chosen = arguments.parse_args()
    factors = [float(f) for f in chosen.factors.split(",")]
    wanted = [w for w in tables() if not chosen.weights or w.name in chosen.weights or w.name.split(".")[0] in chosen.weights]
    trials = [(w, value) for w in wanted for value in values_of(w, factors)]
    with tempfile.TemporaryDirectory() as folder:
        all_books = [*books(folder, chosen.dev), *cases()]
        number = sum(book.truth is not None for book in all_books)
        listed = pathlib.Path(folder) / "books"
        listed.write_text("".join(f"{b.path}\t{b.meta}\n" for b in all_books), encoding="utf-8")
        program = subprocess.Popen([os.environ["EMEND_SWEEP"], listed, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        usual, found = {}, collections.defaultdict(dict)
        for at, (weight, value) in enumerate(trials, 1):
            program.stdin.write(f"{weight.name} {value}\n")
            program.stdin.flush()
            gains, broke = {}, 0
            for b in map(int, program.stdout.readline().split()):
                book, path = all_books[b - 1], f"{folder}/{at}-{b}"
                if book.truth is None:
                    broke += broken(book, path, folder)
                else:
                    if b not in usual:
                        usual[b] = worth(book, f"{folder}/0-{b}")
                    gains[b - 1] = worth(book, path) - usual[b]
            found[weight][value] = (gains, broke)
            if at == len(trials) or trials[at][0] != weight:
                print(f"{weight.name} {weight.value}: {evidence(weight, found[weight], number)}", flush=True)
                if chosen.write:
                    write(weight, f"{evidence(weight, found[weight], number)} ({number} books, {len(all_books) - number} cases)")
        program.stdin.close()
        if program.wait() != 0:
            sys.exit("sweep.py: the program ended with %d" % program.returncode)


def write(weight, said):
    path = pathlib.Path(weight.table)
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[weight.line] = "swept   " + said
    path.write_text("\n".join(lines), encoding="utf-8")


main()
