#!/usr/bin/env bash
# The grammar by two judges that know nothing of each other: libxml2 and jing must agree on every document in
# tests/data/tei, and what the profile allows must be TEI. That ODD, grammar and rules agree is tested by schema_test.py.
# One line a check; a missing tool or folder of documents is a failure.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
shared=${EMEND_SHARED:-$root/../shared}
grammar=$root/schemas/emend.rng odd=$root/schemas/emend.odd rules=$root/schemas/emend.sch
failures=0
ok() { echo "ok    $*"; }
fail() { echo "FAIL  $*"; failures=$((failures + 1)); }

for tool in xmllint jing; do
  command -v "$tool" >/dev/null || { fail "$tool is missing; install libxml2-utils and jing"; }
done
[ "$failures" -eq 0 ] || exit 1
shopt -s nullglob
good=("$root"/tests/data/tei/good-*.xml) bad=("$root"/tests/data/tei/bad-*.xml) loose=("$root"/tests/data/tei/loose-*.xml)
[ ${#good[@]} -ge 3 ] && [ ${#bad[@]} -ge 25 ] && [ ${#loose[@]} -ge 1 ] || fail "there are too few documents in tests/data/tei"

# Each judges all documents in one run and names those that it rejects; but jing stops at one that is not well-formed, so it
# gets each of these alone.
documents=("${good[@]}" "${bad[@]}" "${loose[@]}") well_formed=() not_well_formed=()
for document in "${documents[@]}"; do
  if grep -q 'expect: not well-formed' "$document"; then not_well_formed+=("$document"); else well_formed+=("$document"); fi
done
jing_said=$(
  jing "$grammar" "${well_formed[@]}" 2>/dev/null
  for document in "${not_well_formed[@]}"; do jing "$grammar" "$document" 2>/dev/null; done
)
xmllint_said=$(xmllint --noout --relaxng "$grammar" "${documents[@]}" 2>&1)
jing_accepts() { ! grep -qF "$1:" <<<"$jing_said"; }
xmllint_accepts() { grep -qxF "$1 validates" <<<"$xmllint_said"; }
judge() { # judge DOCUMENT accept|reject
  local name jing=reject xmllint=reject
  name=$(basename "$1")
  jing_accepts "$1" && jing=accept
  xmllint_accepts "$1" && xmllint=accept
  if [ $jing = "$2" ] && [ $xmllint = "$2" ]; then ok "$name: both ${2}"; else fail "$name: jing ${jing}s, xmllint ${xmllint}s, both should $2"; fi
}
for document in "${good[@]}" "${loose[@]}"; do judge "$document" accept; done
for document in "${bad[@]}"; do judge "$document" reject; done

# What a value in quotation marks is, wherever the file has NAME="…" in an element of that kind.
values() { grep -o "<$2 [^>]*$3=\"[^\"]*\"" "$1" | sed "s/.*$3=\"//; s/\"\$//" | LC_ALL=C sort -u; }
elements=$(values "$grammar" element name)
for element in $elements; do grep -q "<$element[ />]" "${good[@]}" || fail "no good document has a <$element>"; done

# The rules are plain enough for libxml2: XPath 1.0.
rules_said=$(xmllint --noout --schematron "$rules" "${documents[@]}" 2>&1)
for document in "${good[@]}"; do
  grep -qxF "$document validates" <<<"$rules_said" && ok "$(basename "$document") keeps the rules" || fail "$(basename "$document") breaks a rule of emend.sch"
done
for document in "${loose[@]}"; do
  grep -qxF "$document validates" <<<"$rules_said" && fail "$(basename "$document") breaks no rule of emend.sch" || ok "$(basename "$document") breaks a rule"
done

if [ -d "$shared" ]; then
  all=$shared/schemas/tei_all.rng
  for document in "${good[@]}" "$odd" "$shared"/tei-profile.example.xml; do
    jing "$all" "$document" >/dev/null 2>&1 && ok "$(basename "$document") is TEI" || fail "$(basename "$document") is not valid under tei_all"
  done
  for judge in "jing $grammar" "xmllint --noout --relaxng $grammar"; do
    $judge "$shared/tei-profile.example.xml" >/dev/null 2>&1 && ok "the profile's example: ${judge%% *} accepts" || fail "the profile's example: ${judge%% *} rejects"
  done
else
  echo "note  $shared is not there: nothing was held against the whole of TEI"
fi
[ "$failures" -eq 0 ] && exit 0
echo "$failures checks failed" >&2
exit 1
