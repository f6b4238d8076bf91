#!/usr/bin/env bash
# tidy.sh BUILD [FILE…]: what .clang-tidy says of the files, or of all of pipeline and stages. A finding fails, but for those in the
# files named here: they had some when the check began, and are to be taken off the list when they are next changed.
set -eu
cd "$(dirname "$0")/../.."
build=$1 && shift
[ -f "$build/compile_commands.json" ] || { echo "tidy.sh: $build is no build; run make" >&2; exit 1; }
command -v clang-tidy >/dev/null || { echo "tidy.sh: there is no clang-tidy; on Debian: apt-get install clang-tidy" >&2; exit 1; }

open='
pipeline/document/document.h
stages/05-markup/line_form.cpp
stages/20-furniture/furniture.cpp
stages/40-contents/contents.cpp
stages/40-contents/list.cpp
stages/40-contents/title_index.h
stages/50-headings/declared.cpp
stages/50-headings/number_sequence.cpp
stages/50-headings/numbered.cpp
stages/60-notes/belief.h
stages/60-notes/book.h
stages/60-notes/declared.h
stages/60-notes/foot.cpp
stages/60-notes/odd_characters.cpp
stages/60-notes/raised.h
stages/60-notes/seen.h
stages/60-notes/styles.h
stages/88-second-reader/labels.cpp
stages/read/text/text.h
stages/read/scan/transcript.h
stages/write/account.cpp
stages/write/docx/language.cpp
stages/write/pandoc/bridge.h
stages/write/pandoc/figures.cpp
stages/write/review/data.cpp
stages/write/tei/blocks.cpp
stages/write/tei/contents.cpp
stages/write/tei/printed_book.h
'
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(find pipeline stages -name '*.cpp' | sort)
out=$(mktemp) && trap 'rm -f "$out"' EXIT
printf '%s\n' "${files[@]}" | xargs -n 8 -P "$(nproc)" clang-tidy -p "$build" --quiet >"$out" 2>/dev/null || true
found=$(grep -E '^/.*(error|warning):' "$out" | sed "s|^$PWD/||" | sort -u || true)  # headers are seen more than once
if new=$(grep -vF "$(sed '/./s/$/:/' <<<"$open" | grep .)" <<<"$found" | grep .); then
  printf '%s\n' "$new" >&2
  echo "tidy.sh: the findings above are new" >&2
  exit 1
fi
echo "tidy: ${#files[@]} sources, nothing new; $(grep -c . <<<"$open") files are not clean yet"
