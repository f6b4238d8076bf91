#!/usr/bin/env bash
# Outside judges over what every sample and every document of ../shared becomes: jing with the TEI Consortium's whole
# grammar and that of the DTA-Basisformat for that profile, epubcheck without a warning, LibreOffice that opens the DOCX, and emend's own verify.
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
for tei in "${made[@]}"; do
  "$EMEND" export --quiet "$tei" --profile dtabf -o "${tei%.tei.xml}.dtabf.xml" || fail "$tei: no DTABf"
done
jing "$EMEND_SHARED/schemas/dta-basisformat.rng" "$out"/*.dtabf.xml || fail "jing: not DTABf"
soffice --headless "-env:UserInstallation=file://$out/office" --convert-to pdf --outdir "$out/pdf" "$out"/*.docx >"$out/log" 2>&1 ||
  { fail "LibreOffice"; cat "$out/log" >&2; }
for docx in "$out"/*.docx; do
  pdf=$out/pdf/$(basename "$docx" .docx).pdf
  [ -s "$pdf" ] && [ "$(pdftotext "$pdf" - | wc -w)" -gt 0 ] || fail "$(basename "$docx"): LibreOffice shows no text"
done
echo "${#made[@]} books judged, $failures failures"
[ $failures = 0 ]
