#!/usr/bin/env bash
# Every sample comes back byte for byte: from TEI and ledger, or from TEI that shows its changes inline; also in other
# encodings, with other line ends, and by a program that is not emend.
set -eu
: "${EMEND:?the emend to test}" "${EMEND_PYTHON:?the Python to test with}"
EMEND=$(realpath "$EMEND")
root=$(cd "$(dirname "$0")/.." && pwd)
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
failures=0 count=0
fail() { echo "FAIL  $*" >&2; failures=$((failures + 1)); }

back() { # back FILE LABEL
  local policy ledger
  for policy in ledger inline none; do
    count=$((count + 1))
    "$EMEND" convert -q --changes $policy "$1" -o "$out/o.tei.xml" -l "$out/o.ledger" || { fail "$2, $policy: convert"; continue; }
    ledger=("$out/o.ledger"); [ $policy != inline ] || ledger=()
    "$EMEND" undo "$out/o.tei.xml" "${ledger[@]}" -o "$out/back" && cmp "$out/back" "$1" || fail "$2, $policy: undo"
    "$EMEND" verify -q "$out/o.tei.xml" "${ledger[@]}" || fail "$2, $policy: verify without the source"
    "$EMEND" verify -q "$1" "$out/o.tei.xml" "$out/o.ledger" || fail "$2, $policy: verify with the source"
    [ "$3" != by-hand ] || "$EMEND_PYTHON" "$root/tests/undo_by_hand.py" "$out/o.tei.xml" "${ledger[0]--}" >"$out/back" ||
      fail "$2, $policy: by hand"
    grep -q '^option \(columns\|entries\)-at' "$out/o.ledger" || cmp "$out/back" "$1" || fail "$2, $policy: by hand gives other bytes"
  done
}

for input in "$root"/samples/*/input.txt; do
  name=$(basename "$(dirname "$input")")
  cp "$input" "$out/in.txt"; back "$out/in.txt" "$name" by-hand
  sed 's/$/\r/' "$input" >"$out/crlf.txt"; back "$out/crlf.txt" "$name with CR LF" by-hand
done
for to in GB18030 UTF-16; do
  iconv -f UTF-8 -t $to "$root/samples/thesis-zh/input.txt" >"$out/$to.txt"; back "$out/$to.txt" "thesis-zh in $to" no
done
echo "$count editions, $failures failures"
[ $failures = 0 ]
