#!/usr/bin/env python3
"""How long texts take to become TEI, held against a program that only reads and judges the TEI that comes of them.

    speed.py --emend PROGRAM [--pairs N] [FILE…]

Of each file: the processor time of `emend convert`, that of `xmllint --noout --relaxng` on its TEI, their ratio (the
median of N pairs that ran one behind the other), and the most memory. Without files: the texts of ../shared/bench, of
each channel one behind the other, and the thesis of ../shared/documents sixty times; where there is no ../shared, the
samples as often as makes 4 MB."""
import argparse
import glob
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get("EMEND_SHARED") or os.path.join(os.path.dirname(ROOT), "shared")


def cost(command):
    """Seconds of the processor, and the most memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s: status %d" % (" ".join(command), process.returncode))
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def joined(path, files):
    with open(path, "wb") as out:
        for name in files:
            with open(name, "rb") as file:
                out.write(file.read() + b"\n\f")
    return path


def texts(folder):
    found = []
    for channel in ("vlm", "raw", "layout", "tess"):
        files = sorted(glob.glob(os.path.join(SHARED, "bench", "dev", "*", channel + ".txt")))
        if files:
            found.append(joined(os.path.join(folder, channel), files))
    thesis = os.path.join(SHARED, "documents", "thesis-zh.txt")
    if os.path.exists(thesis):
        found.append(joined(os.path.join(folder, "theses"), [thesis] * 60))
    if not found:
        samples = sorted(glob.glob(os.path.join(ROOT, "samples", "*", "input.txt")))
        times = 4000000 // sum(map(os.path.getsize, samples)) + 1
        found.append(joined(os.path.join(folder, "samples"), samples * times))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--emend", default=os.path.join(ROOT, "build", "release", "emend"))
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("files", nargs="*")
    asked = parser.parse_args()
    print("| text | MB | emend, ms/MB | xmllint, ms/MB | ratio | memory, times the text |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        tei = os.path.join(folder, "out.tei.xml")
        for path in asked.files or texts(folder):
            pairs, memory = [], 0
            for _ in range(asked.pairs):
                ours, memory = cost([asked.emend, "convert", "-q", path, "-o", tei])
                pairs.append((ours, cost(["xmllint", "--noout", "--relaxng", os.path.join(ROOT, "schemas/emend.rng"), tei])[0]))
            size = os.path.getsize(path) / 1e6
            middle = sorted(pairs, key=lambda pair: pair[0] / pair[1])[len(pairs) // 2]
            print("| %s | %.1f | %.0f | %.0f | %.1f | %.0f |" % (os.path.basename(path), size, 1000 * middle[0] / size,
                  1000 * middle[1] / size, middle[0] / middle[1], memory / size), flush=True)


if __name__ == "__main__":
    main()
