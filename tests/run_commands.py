#!/usr/bin/env python3
"""Runs command tests: files that show a command line and what it prints, as the user guide would.

    run_commands.py --emend PROGRAM [--accept] FILE...

A file holds blocks, and between them lines that explain (anything that starts with none of the signs below):

    % emend stage letters          a command line, for `sh -c`; more lines with % belong to it
    <<<                            optional: the lines up to >>> are its standard input
    some text
    >>>
    some text                      what it must print, to the letter: standard output,
    2> emend: said this            then standard error, each line after `2> `
    => 0                           its exit status, which ends the block

Of expected and input lines, those that start with a sign (% <<< >>> => 2> \\) have a backslash before it. A last line
without a newline at its end is followed by the line `\\no newline`.

The blocks of one file run in one new folder, one after another, so a file can tell a story. There `emend` is on PATH,
$SAMPLES and $DATA are the folders samples and tests/data, and $TMP is the new folder; their paths are printed as these
names. A block that ends in no status within a minute fails. --accept writes what was printed into the file.
"""
import argparse
import difflib
import os
import re
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SIGN = re.compile(rb"%|<<<$|>>>$|=> |2> |\\")
SECONDS = 60


class Malformed(Exception):
    """A test file that does not have the form above."""


def escape(line):
    return b"\\" + line if SIGN.match(line) else line


def unescape(line):
    return line[1:] if line.startswith(b"\\") else line


def read_blocks(data, name):
    """The parts of a file in order: ("text", lines) or ("block", command lines, input lines or None, expected lines)."""
    lines = data.split(b"\n")
    if lines and lines[-1] == b"":
        lines.pop()
    parts, i = [], 0
    while i < len(lines):
        if not lines[i].startswith(b"%"):
            parts.append(("text", [lines[i]]))
            i += 1
            continue
        start, command, given, expected = i, [], None, []
        while i < len(lines) and lines[i].startswith(b"%"):
            command.append(lines[i][2:] if lines[i].startswith(b"% ") else lines[i][1:])
            i += 1
        if i < len(lines) and lines[i] == b"<<<":
            end = next((k for k in range(i, len(lines)) if lines[k] == b">>>"), None)
            if end is None:
                raise Malformed("%s:%d: <<< without >>>" % (name, i + 1))
            given = lines[i + 1:end]
            i = end + 1
        while i < len(lines) and not lines[i].startswith(b"=> "):
            if lines[i].startswith(b"%"):
                break
            expected.append(lines[i])
            i += 1
        if i == len(lines) or not lines[i].startswith(b"=> "):
            raise Malformed("%s:%d: the command has no line `=> STATUS` after it" % (name, start + 1))
        expected.append(lines[i])
        i += 1
        parts.append(("block", command, given, expected))
    return parts


def run(command, given, folder, env):
    """What the command prints and its status, in the form of the test file."""
    shell = subprocess.Popen(["sh", "-c", b"\n".join(command)], cwd=folder, env=env, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    text = b"".join(unescape(line) + b"\n" for line in given or [])
    try:
        out, err = shell.communicate(text, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(shell.pid, signal.SIGKILL)
        shell.communicate()
        return [b"(no end within %d seconds)" % SECONDS, b"=> timeout"]
    names = sorted(((env[name].encode(), b"$" + name.encode()) for name in ("SAMPLES", "DATA", "TMP")),
                   key=lambda pair: -len(pair[0]))
    lines = []
    for stream, sign in ((out, b""), (err, b"2> ")):
        for path, short in names:
            stream = stream.replace(path, short)
        rows = stream.split(b"\n")
        whole = rows.pop() if rows[-1] == b"" else None
        lines += [sign + row if sign else escape(row) for row in rows]
        if whole is None:
            lines.append(b"\\no newline")
    status = shell.returncode if shell.returncode >= 0 else 128 - shell.returncode
    return lines + [b"=> %d" % status]


def check(path, emend, accept):
    """Runs one file; gives (blocks run, blocks that differ)."""
    with open(path, "rb") as file:
        parts = read_blocks(file.read(), path)
    count = failed = 0
    written = []
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        work = os.path.join(folder, "work")
        os.mkdir(work)
        os.mkdir(os.path.join(folder, "bin"))
        os.symlink(emend, os.path.join(folder, "bin", "emend"))
        env = dict(os.environ, PATH=os.path.join(folder, "bin") + os.pathsep + os.environ["PATH"], LC_ALL="C.UTF-8",
                   TZ="UTC", COLUMNS="100", TMP=work, SAMPLES=os.path.join(ROOT, "samples"),
                   DATA=os.path.join(ROOT, "tests", "data"))
        for part in parts:
            if part[0] == "text":
                written += part[1]
                continue
            _, command, given, expected = part
            count += 1
            actual = run(command, given, work, env)
            written += [b"% " + line if line else b"%" for line in command]
            if given is not None:
                written += [b"<<<", *given, b">>>"]
            written += actual
            if actual != expected:
                failed += 1
                if not accept:
                    show(path, command, expected, actual)
    if not count:
        raise Malformed("%s: no command in it" % path)
    if accept and failed:
        with open(path, "wb") as file:
            file.write(b"\n".join(written) + b"\n")
        print("accepted %s: %d of %d changed" % (path, failed, count))
    return count, failed


def show(path, command, expected, actual):
    def text(lines):
        return [line.decode("utf-8", "backslashreplace") for line in lines]

    print("%s: %% %s" % (path, "\n% ".join(text(command))))
    for line in difflib.unified_diff(text(expected), text(actual), "expected", "printed", lineterm=""):
        print("  " + line)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--emend", required=True, help="the program to test")
    arguments.add_argument("--accept", action="store_true", help="write what was printed into the files")
    arguments.add_argument("files", nargs="+")
    options = arguments.parse_args()
    emend = os.path.abspath(options.emend)
    if not os.access(emend, os.X_OK):
        sys.exit("run_commands.py: %s is not a program; build it first" % emend)
    failed = 0
    for path in options.files:
        try:
            count, wrong = check(path, emend, options.accept)
        except (Malformed, OSError) as error:
            print("run_commands.py: %s" % error, file=sys.stderr)
            failed += 1
            continue
        failed += 0 if options.accept else wrong
        if not options.accept:
            print("%s: %d commands, %d differ" % (path, count, wrong))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
