#!/usr/bin/env bash
# Every sample converts to just the TEI and the changes that stand beside it, and its ledger verifies. With --accept, what
# the program makes now becomes what is expected. Other arguments are names of samples; none means all.
set -eu
: "${EMEND:?the emend to test}"
EMEND=$(realpath "$EMEND")
cd "$(dirname "$0")/../samples"
accept=no
[ "${1-}" != --accept ] || { accept=yes; shift; }
[ $# -gt 0 ] || { shopt -s nullglob; inputs=(*/input.*); set -- "${inputs[@]%/input.*}"; }
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT

count=0 failures=0
for name in $(printf '%s\n' "$@" | sort -u); do
  # input.meta and the like are the book's sidecars.
  input=$(ls "$name"/input.* | grep -Ev '\.(meta|rules|decisions)$')
  options=()
  [ ! -e "$name/input.rules" ] || options=(--rules "$name/input.rules")
  count=$((count + 1))
  if ! "$EMEND" convert --quiet "${options[@]}" "$input" -o "$out/out.tei.xml" --ledger "$out/out.ledger" ||
     ! "$EMEND" explain --source "$input" "$out/out.ledger" >"$out/out.changes"; then
    echo "FAIL: $name does not convert" >&2; failures=$((failures + 1)); continue
  fi
  "$EMEND" verify "$input" "$out/out.tei.xml" "$out/out.ledger" >"$out/log" 2>&1 ||
    { echo "FAIL: $name does not verify:" >&2; cat "$out/log" >&2; failures=$((failures + 1)); }
  for what in tei.xml changes; do
    if [ $accept = yes ]; then
      cmp -s "$out/out.$what" "$name/expected.$what" || { cp "$out/out.$what" "$name/expected.$what"; echo "accepted samples/$name/expected.$what"; }
    elif ! diff -u "$name/expected.$what" "$out/out.$what"; then
      echo "FAIL: $name: not the expected $what; if the new one is right: make accept" >&2; failures=$((failures + 1))
    fi
  done
done
[ $count -gt 0 ] || { echo "FAIL: there is no sample" >&2; exit 1; }
echo "$count samples, $failures failures"
[ $failures = 0 ]
