#!/usr/bin/env python3
"""What README and the guide show is what the program prints. Every block of ```console is run, one after the other, as in a
checkout with the samples and the PDFs of the tests; a line `$ …` is a command (`> …` continues it), what follows is what it prints, standard
error first. A line … stands for lines that are left out, a … within a line for what differs from run to run.

    guide_test.py [--accept] FILE...     EMEND names the program, EMEND_SOURCE the checkout; --accept writes what is printed now"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

EMEND, SOURCE = pathlib.Path(os.environ["EMEND"]).resolve(), pathlib.Path(os.environ["EMEND_SOURCE"])
BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")


def commands(block):
    """Pairs of the lines of a command and those that it printed."""
    pairs = []
    for line in block.splitlines():
        if line.startswith("$ "):
            pairs.append(([line], []))
        elif line.startswith("> ") and pairs and not pairs[-1][1]:
            pairs[-1][0].append(line)
        elif pairs:
            pairs[-1][1].append(line)
    return pairs


class Session:
    """A shell of which the folder is kept from command to command."""

    def __init__(self, folder):
        self.top = self.folder = folder
        bins = folder / "bin"
        bins.mkdir()
        (bins / "emend").symlink_to(EMEND)
        # emend.mk would take EMEND, and a make within a make says more than one that a reader calls.
        foreign = ("EMEND", "MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKEFILES")
        self.environment = {name: value for name, value in os.environ.items() if name not in foreign}
        self.environment.update(PATH=f"{bins}:{os.environ['PATH']}", LC_ALL="C.UTF-8", NO_COLOR="1")

    def run(self, lines):
        command = "\n".join(line[2:] for line in lines)
        where = self.top / "where"
        done = subprocess.run(["bash", "-c", f"{command}\npwd >'{where}'"], cwd=self.folder, env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False)
        if where.exists():
            self.folder = pathlib.Path(where.read_text(encoding="utf-8").rstrip("\n"))
        return [line.rstrip() for line in done.stdout.splitlines()]


def fits(shown, printed):
    """Whether the lines that are shown are those that were printed."""
    pattern = "".join("(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def check(path, accept):
    text = path.read_text(encoding="utf-8")
    wrong = []
    with tempfile.TemporaryDirectory() as top:
        top = pathlib.Path(top)
        for shown in ("samples", "tests/data/pdf"):
            shutil.copytree(SOURCE / shown, top / shown)
        for name in ("emend.mk", "schemas"):
            if (SOURCE / name).is_dir():
                shutil.copytree(SOURCE / name, top / name)
            else:
                shutil.copy(SOURCE / name, top / name)
        session = Session(top)

        def renew(match):
            out = []
            for lines, shown in commands(match[1]):
                printed = session.run(lines)
                if not fits(shown, printed):
                    at = text.count("\n", 0, match.start()) + 1
                    wrong.append(f"{path.name}, block at line {at}: {lines[0]}\n  shown:\n    " + "\n    ".join(shown)
                                 + "\n  printed:\n    " + "\n    ".join(printed))
                    shown = printed
                out += lines + shown
            return "```console\n" + "".join(line + "\n" for line in out) + "```"

        renewed = BLOCK.sub(renew, text)
    if accept and renewed != text:
        path.write_text(renewed, encoding="utf-8")
    return wrong


def main():
    accept = "--accept" in sys.argv
    files = [pathlib.Path(a) for a in sys.argv[1:] if a != "--accept"]
    wrong = [w for path in files for w in check(path, accept)]
    for one in wrong:
        print(one)
    print(f"{len(files)} files, {len(wrong)} commands print something else" + (", accepted" if accept else ""))
    return int(bool(wrong) and not accept)


if __name__ == "__main__":
    sys.exit(main())
