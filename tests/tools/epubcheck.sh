#!/bin/sh
# Judges books by what readers' programs demand of them: epubcheck must find neither error nor warning.
# usage: tests/tools/epubcheck.sh FILE.epub...      prints a line for each book; fails if any is bad, or if there is none.
set -u
[ $# -gt 0 ] || { echo "usage: $0 FILE.epub..." >&2; exit 2; }
jar=$(command -v epubcheck) || { echo "$0: epubcheck is missing; install it (apt-get install epubcheck)" >&2; exit 2; }

# Debian's epubcheck is a jar that not every kernel starts by itself.
check() {
  if [ "$(head -c 2 "$jar")" = PK ]; then java -jar "$jar" -w "$1"; else "$jar" -w "$1"; fi
}

bad=0
for book in "$@"; do
  if [ ! -s "$book" ]; then
    echo "not ok $book: missing or empty"
    bad=$((bad + 1))
    continue
  fi
  said=$(check "$book" 2>&1)
  status=$?
  found=$(printf '%s\n' "$said" | grep -E '^(FATAL|ERROR|WARNING)')
  # The sum at the end must be there: a checker that did not run has not found the book good.
  sum=$(printf '%s\n' "$said" | grep -E '^Messages: 0 fatals / 0 errors / 0 warnings')
  if [ $status -eq 0 ] && [ -z "$found" ] && [ -n "$sum" ]; then
    echo "ok $book"
  else
    echo "not ok $book"
    printf '%s\n' "${found:-$said}" | sed 's/^/  /'
    bad=$((bad + 1))
  fi
done
echo "$(($# - bad)) passed, $bad failed"
[ "$bad" -eq 0 ]
