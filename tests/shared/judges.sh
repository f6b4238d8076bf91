#!/usr/bin/env bash
# Outside judges over what every sample and every document of ../shared becomes: jing with the TEI Consortium's whole
# grammar and those of the profiles that are at hand, epubcheck without a warning, LibreOffice that opens the DOCX, and emend's own verify.
set -eu
: "${EMEND:?the emend to test}" "${EMEND_SOURCE:?the checkout}" "${EMEND_SHARED:?the folder with the grammars}"
out=$(mktemp -d) && trap 'rm -rf "$out"' EXIT
failures=0
fail() { echo "FAIL: $*" >&2; failures=$((failures + 1)); }

shopt -s nullglob
inputs=("$EMEND_SOURCE"/samples/*/input.txt "$EMEND_SHARED"/documents/*.txt)
[ ${#inputs[@]} -gt 0 ] || { echo "FAIL: there is nothing to convert" >&2; exit 1; }
made=()
for input in "${inputs[@]}"; do
  book=$out/$(basename "$(dirname "$input")")-$(basename "$input" .txt)
  "$EMEND" convert --quiet "$input" -o "$book.tei.xml" -o "$book.epub" -o "$book.docx" --ledger "$book.ledger" ||
    { fail "$input does not convert"; continue; }
  "$EMEND" verify "$input" "$book.tei.xml" "$book.ledger" || fail "$input does not verify"
  # Debian's command of that name needs a kernel that starts .jar files; this starts the same everywhere.
  java -jar /usr/share/java/epubcheck.jar --failonwarnings "$book.epub" >"$out/log" 2>&1 || { fail "$input: epubcheck"; cat "$out/log" >&2; }
  made+=("$book.tei.xml")
done
[ ${#made[@]} -gt 0 ] || { echo "FAIL: nothing was converted" >&2; exit 1; }
jing "$EMEND_SHARED/schemas/tei_all.rng" "${made[@]}" || fail "jing: not TEI"
for profile in dtabf eltec-1 lite simplePrint; do
  for tei in "${made[@]}"; do
    "$EMEND" export --quiet "$tei" --profile $profile -o "${tei%.tei.xml}.$profile.xml" || fail "$tei: no $profile"
  done
done
jing "$EMEND_SHARED/schemas/dta-basisformat.rng" "$out"/*.dtabf.xml || fail "jing: not DTABf"
# Both are subsets of TEI, so that its grammar is a judge of them, if a mild one.
jing "$EMEND_SHARED/schemas/tei_all.rng" "$out"/*.lite.xml "$out"/*.simplePrint.xml || fail "jing: not TEI"
for profile in lite simplePrint; do
  grammar=$EMEND_SHARED/schemas/tei_$profile.rng
  if [ -e "$grammar" ]; then jing "$grammar" "$out"/*.$profile.xml || fail "jing: not $profile"; else echo "$profile: $grammar is not there, TEI's own judged it"; fi
done
# ELTeC's header wants a year of the first edition and a day of the last change.
grammar=$EMEND_SHARED/schemas/eltec-1.rng
if [ -e "$grammar" ]; then
  SOURCE_DATE_EPOCH=0 "$EMEND" convert --quiet "$EMEND_SOURCE/samples/monograph-en/input.txt" --date 1887 -o "$out/novel.tei.xml"
  "$EMEND" export --quiet "$out/novel.tei.xml" --profile eltec-1 -o "$out/novel.eltec.xml"
  jing "$grammar" "$out/novel.eltec.xml" || fail "jing: not ELTeC"
else
  echo "eltec-1: $grammar is not there, nobody judged it"
fi
soffice --headless "-env:UserInstallation=file://$out/office" --convert-to pdf --outdir "$out/pdf" "$out"/*.docx >"$out/log" 2>&1 ||
  { fail "LibreOffice"; cat "$out/log" >&2; }
for docx in "$out"/*.docx; do
  pdf=$out/pdf/$(basename "$docx" .docx).pdf
  [ -s "$pdf" ] && [ "$(pdftotext "$pdf" - | wc -w)" -gt 0 ] || fail "$(basename "$docx"): LibreOffice shows no text"
done
echo "${#made[@]} books judged, $failures failures"
[ $failures = 0 ]
