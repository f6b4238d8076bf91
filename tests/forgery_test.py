#!/usr/bin/env python3
"""A forged ledger is found out, whatever was altered in it, and though its last line was made anew: by the seal in the
header of the edition. Forged are certainties, reasons, names, the order of lines, lines left out and put in twice, of two
samples; the edition stays as it is. Needs EMEND and EMEND_SOURCE."""
import hashlib
import os
import subprocess
import sys
import tempfile

EMEND, SOURCE = os.environ["EMEND"], os.environ["EMEND_SOURCE"]
EVERY = 5  # so many lines apart are those that are forged


def sealed(lines):
    body = b"".join(line + b"\n" for line in lines)
    changes = sum(line.count(b"\t") == 10 for line in lines)
    return body + b"end %d %s\n" % (changes, hashlib.sha256(body).hexdigest().encode())


def with_field(lines, at, field, value):
    fields = lines[at].split(b"\t")
    if fields[field] == value:
        return None
    fields[field] = value
    return lines[:at] + [b"\t".join(fields)] + lines[at + 1:]


def forgeries(lines):
    """(what was done, the lines with it)"""
    changes = [i for i, line in enumerate(lines) if line.count(b"\t") == 10]
    for i in changes[::EVERY]:
        fields = lines[i].split(b"\t")
        yield "certainty 101", with_field(lines, i, 5, b"101")
        yield "another certainty", with_field(lines, i, 5, b"%d" % ((int(fields[5]) + 7) % 100))
        yield "another reason", with_field(lines, i, 10, b"a person said so")
        yield "a reason in bad UTF-8", with_field(lines, i, 10, b"\\xff\\xfe")
        yield "another rule", with_field(lines, i, 2, fields[1] + b".other")
        yield "a line left out", lines[:i] + lines[i + 1:]
        yield "a line twice", lines[:i] + [lines[i]] + lines[i:]
        if i + 1 in changes and lines[i] != lines[i + 1]:
            yield "two lines changed places", lines[:i] + [lines[i + 1], lines[i]] + lines[i + 2:]
    yield "another program", [b"program 9.9" if line.startswith(b"program ") else line for line in lines]
    yield "another option", lines[:3] + [b"option publisher Nobody"] + lines[3:]


def verify(*paths):
    return subprocess.run([EMEND, "verify", "-q", *paths], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def main():
    tried, passed = 0, []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for sample in ("note-short", "report-fr"):
            text = os.path.join(SOURCE, "samples", sample, "input.txt")
            subprocess.run([EMEND, "convert", "-q", text, "-o", "book.tei.xml", "--ledger", "book.ledger"], check=True)
            with open("book.ledger", "rb") as file:
                ledger = file.read()
            lines = ledger.split(b"\n")[:-2]
            if sealed(lines) != ledger or verify(text, "book.tei.xml", "book.ledger").returncode != 0:
                print("FAIL: %s: the true ledger" % sample, file=sys.stderr)
                return 1
            for what, forged in forgeries(lines):
                if forged is None:
                    continue
                with open("forged.ledger", "wb") as file:
                    file.write(sealed(forged))
                tried += 1
                run = verify(text, "book.tei.xml", "forged.ledger")
                if run.returncode not in (3, 5) or run.stderr.count(b"\n") != 1:
                    passed.append("%s: %s: status %d" % (sample, what, run.returncode))
        os.chdir("/")
    for each in passed:
        print("FAIL: " + each, file=sys.stderr)
    print("forged ledgers: %d, of which %d passed" % (tried, len(passed)))
    return int(bool(passed) or tried < 100)


if __name__ == "__main__":
    sys.exit(main())
