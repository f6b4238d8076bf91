#!/usr/bin/env python3
"""No two types have one name: of two classes that the linker takes for one, it keeps the members of either, and neither compiler
nor linker says so. Looks at the namespaces that have a name, in headers and sources. Needs EMEND_SOURCE."""
import collections
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(os.environ["EMEND_SOURCE"])


def types(path):
    """The names of the types that the file defines outside unnamed namespaces, with the namespace before them."""
    space, unnamed = "", False
    for line in path.read_text(encoding="utf-8").splitlines():
        if named := re.match(r"namespace ([\w:]+) \{", line):
            space = named[1]
        elif re.match(r"namespace \{", line):
            unnamed = True
        elif re.match(r"\}  // namespace$", line):
            unnamed = False
        elif (defined := re.match(r"(?:template <.*> ?)?(?:struct|class|enum class) (\w+)(?: final)?(?: :(?!:)[^;()]*)? \{", line)) and not unnamed:
            yield f"{space}::{defined[1]}"


def main():
    where = collections.defaultdict(list)
    files = [f for folder in ("pipeline", "stages") for ending in ("h", "cpp") for f in sorted((ROOT / folder).rglob(f"*.{ending}"))]
    for path in files:
        for name in types(path):
            where[name].append(str(path.relative_to(ROOT)))
    twice = {name: paths for name, paths in where.items() if len(paths) > 1}
    for name, paths in sorted(twice.items()):
        print(f"{name} is defined in {' and in '.join(paths)}; give one of them another name")
    print(f"{len(where)} types in {len(files)} files, {len(twice)} names with two of them")
    return int(bool(twice) or not where)


if __name__ == "__main__":
    sys.exit(main())
