"""What other values of a weight would do: tries values of each on our own books, and says so in its table.

    sweep.py [--write] [--factors 0.67,0.8,1.25,1.5] [--dev DIR] [WEIGHT ...]      WEIGHT: furniture, furniture.alike …

The books are the samples, the first styles of the typesetter, the small cases of tests/data/cases, and with --dev a folder of
texts, each with its truth, in the form of the dev bench. A value's worth is the mean of the figures of measure.py over the books
with a truth, and how many cases it breaks. A value is chosen without the document that it is judged by: for each the one that is
best for all others is taken, and the mean of what that gains is `left out`; a weight for which it is not above nothing has no
better value that can be known. --write puts all of it into the field `swept` of the table. Needs EMEND_SWEEP, the program of the
preset `sweep`, and EMEND, the usual one, which says the doubts of cases."""
import argparse
import collections
import glob
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "bench")]
import outside  # noqa: E402
from measure import HIGHER, measure, told  # noqa: E402
from styles import made  # noqa: E402

STYLES = 20
FACTORS = "0.67,0.8,1.25,1.5"
SLACK = 0.05  # of a ten-thousandth of a figure's mean: less is no difference
Weight = collections.namedtuple("Weight", "name value unit table")
Book = collections.namedtuple("Book", "name path meta truth document")


def tables():
    """Every weight of every table."""
    for path in sorted(glob.glob(str(ROOT / "stages/[0-9]*.weights")) + glob.glob(str(ROOT / "stages/[0-9]*/*.weights"))):
        if path.endswith("roles.weights"):
            continue
        stage = re.sub(r"^\d+-", "", pathlib.Path(path).stem).replace("-", "_")
        for block in re.split(r"(?m)^(?=weight )", pathlib.Path(path).read_text(encoding="utf-8"))[1:]:
            name, value, unit = (re.search(rf"(?m)^{field} +(.*)$", block)[1] for field in ("weight", "value", "unit"))
            yield Weight(f"{stage}.{name}", value, unit, path)


def values_of(weight, factors):
    """Other values of the same kind, near it and further away."""
    value = float(weight.value.rstrip("%"))
    if "." in weight.value:
        near = {round(value * factor, 3) for factor in factors}
        most = 0.98 if weight.unit.startswith("share") else math.inf
        return sorted(v for v in near if v <= most)
    near = {round(value * factors[0]), round(value * factors[-1]), int(value) - 1, int(value) + 1}
    return sorted(v for v in near if v != value and (v > 0 or value < 0))


def books(folder, dev):
    """The books with a truth."""
    for sample in sorted((ROOT / "samples").iterdir()):
        if not sample.is_dir() or (sample / "input.rules").exists():
            continue
        truth = json.loads((sample / "truth.json").read_text(encoding="utf-8"))
        said = [line.split(": ", 1) for line in (sample / "input.meta").read_text(encoding="utf-8").splitlines() if ": " in line]
        truth["title"] = dict(said).get("title") or truth["title_page"][0]
        truth["authors"] = [value for key, value in said if key == "author"]
        yield Book(sample.name, sample / "input.txt", "", truth, sample.name)
    for number in range(STYLES):
        _, text, truth = made(number)
        path = pathlib.Path(folder) / f"style-{number}.txt"
        path.write_text(text, encoding="utf-8", newline="")
        truth["title"], author = truth["title_page"]
        truth["authors"] = [re.sub("^(By|Von|Par) |\\s*著$", "", author)]
        yield Book(f"style-{number}", path, "", truth, f"style-{number}")
    for name, path, truth in outside.bench(dev) if dev else ():
        truth = dict({"title": "".join(truth["title_page"][:1]), "authors": []}, **truth)
        yield Book(name, pathlib.Path(path), "", truth, truth.get("doc", name))


def cases():
    for check in sorted((ROOT / "tests/data/cases").glob("*/*.check")):
        source = next((s for s in (check.with_suffix(e) for e in (".txt", ".md", ".json")) if s.exists()), None)
        if source is not None:
            yield Book(f"{check.parent.name}/{check.stem}", source, "", None, None)


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


def left_out(trials):
    """What is gained in all, if for each document that value is taken which is best for all others, or the one that stands."""
    total = 0.0
    for document in {document for gains, _ in trials.values() for document in gains}:
        others = {value: sum(gain for other, gain in gains.items() if other != document) for value, (gains, _) in trials.items()}
        best = max(others, key=others.get)
        total += trials[best][0].get(document, 0) if others[best] > 0 else 0
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
    gain = left_out(trials) / number
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
            gains, broke = collections.Counter(), 0
            for b in map(int, program.stdout.readline().split()):
                book, path = all_books[b - 1], f"{folder}/{at}-{b}"
                if book.truth is None:
                    broke += broken(book, path, folder)
                else:
                    if b not in usual:
                        usual[b] = worth(book, f"{folder}/0-{b}")
                    gains[book.document] += worth(book, path) - usual[b]
            found[weight][value] = (gains, broke)
            if at == len(trials) or trials[at][0] != weight:
                print(f"{weight.name} {weight.value}: {evidence(weight, found[weight], number)}", flush=True)
                if chosen.write:
                    write(weight, f"{evidence(weight, found[weight], number)} ({number} books, {len(all_books) - number} cases)")
        program.stdin.close()
        if program.wait() != 0:
            sys.exit("sweep.py: the program ended with %d" % program.returncode)


def write(weight, said):
    path, name = pathlib.Path(weight.table), weight.name.split(".")[1]
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"(?ms)^(weight  {name}$.*?^swept   ).*?$", lambda block: block[1] + said, text, count=1), encoding="utf-8")


main()
