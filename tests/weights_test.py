#!/usr/bin/env python3
"""Tables of weights: each weight is used in the code of its stage, and what is wrong in a table is said with its line. Needs
EMEND_SOURCE (the checkout)."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["EMEND_SOURCE"])
GOOD = "# A table.\n\nweight  alike\nvalue   0.75\nunit    share of letters\nwhy     One in four is misread.\nswept   not yet\n"
# What is put in place of what, and what must be said of it.
WRONG = (
    ("value   0.75\n", "", "t.weights:7: weight 'alike' has no value"),
    ("why     One in four is misread.\n", "", "t.weights:7: weight 'alike' has no why"),
    ("0.75", "three", "t.weights:4: weight 'alike' has a value that is no"),
    ("alike", "Alike!", "t.weights:3: weight 'Alike!' is no name"),
    ("unit ", "units ", "t.weights:5: weight 'alike' is followed by what is no field"),
    ("value   0.75\n", "value   0.75\nvalue   0.8\n", "t.weights:5: weight 'alike' has a second value"),
    ("# A table.\n", GOOD, "t.weights:9: weight 'alike' stands here twice"),
    ("weight  alike\n", "", "t.weights:3: weight '' has a value before its name"),
)
TYPES = {"0.75": "double", "-1.5": "double", "+4": "int", "-2": "int", "12": "std::size_t", "70%": "std::uint8_t"}


def header_of(table, folder):
    """(header, what was said) of a table."""
    source, out = folder / "t.weights", folder / "t.h"
    source.write_text(table, encoding="utf-8")
    out.unlink(missing_ok=True)
    made = subprocess.run(["cmake", f"-DIN={source}", f"-DOUT={out}", "-DNAME=t", "-P", SOURCE / "cmake/weights-one.cmake"],
                          capture_output=True, text=True, check=False)
    return (out.read_text(encoding="utf-8") if made.returncode == 0 else None), " ".join(made.stderr.split())


def forms():
    """What the maker of headers does wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for value, kind in TYPES.items():
            header, said = header_of(GOOD.replace("0.75", value), folder)
            if f"inline constexpr {kind} alike = {value.rstrip('%')};" not in (header or ""):
                yield f"the value {value} makes no {kind}: {said or header}"
        for before, after, wanted in WRONG:
            header, said = header_of(GOOD.replace(before, after, 1), folder)
            if header is not None or wanted not in said:
                yield f"wanted: {wanted}; got: {said or 'a header'}"


def unused():
    """Weights that their stage does not use."""
    for table in sorted((*SOURCE.glob("stages/[0-9]*.weights"), *SOURCE.glob("stages/[0-9]*/*.weights"))):
        if table.name == "roles.weights":
            continue
        space = re.sub(r"^\d+-", "", table.stem).replace("-", "_")
        sources = [table.with_suffix(".cpp")] if table.parent.name == "stages" else sorted(table.parent.glob("*.[ch]*"))
        code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
        names = re.findall(r"(?m)^weight  (\w+)$", table.read_text(encoding="utf-8"))
        if not names:
            yield f"{table}: there are no weights"
        for weight in names:
            if not re.search(rf"\b{space}::{weight}\b", code):
                yield f"{table.relative_to(SOURCE)}: the stage does not use '{weight}'; take it away"


def main():
    failures = [*forms(), *unused()]
    for failure in failures:
        print("FAIL: " + failure, file=sys.stderr)
    return 1 if failures else 0


sys.exit(main())
