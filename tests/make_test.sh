#!/usr/bin/env bash
# emend.mk as a user includes it: what is made, what is made again, and what is left alone. Uses the real program, $EMEND.
set -eu
: "${EMEND:?the emend to test}" "${EMEND_SOURCE:?the folder of emend.mk}"
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
unset MAKEFLAGS MFLAGS MAKELEVEL  # this may itself be run by make
cd "$dir"
# The program under a name and a time of its own, so that a newer one can be played.
mkdir bin books && ln -s "$EMEND" bin/real && printf '#!/bin/sh\nexec "%s" "$@"\n' "$dir/bin/real" >bin/emend && chmod +x bin/emend
cp "$EMEND_SOURCE/emend.mk" rules.mk
cat >Makefile <<'END'
all: $(patsubst %.txt,%.epub,$(wildcard books/*.txt)) $(patsubst %.txt,%.docx,$(wildcard books/*.txt))
EMEND := bin/emend
include rules.mk
END

failures=0
fail() { echo "FAIL: $*" >&2; failures=$((failures + 1)); sed 's/^/  | /' log >&2; }
text() { printf 'Chapter 1\n\nThis is the text of %s. It is short,\nbut it is a text.\n' "$1"; }
# Runs make and counts the conversions and exports it did: `made C E` says how many of each it must be.
made() {
  local what=$1 conversions=$2 exports=$3; shift 3
  make "$@" >log 2>&1 || { fail "$what: make exited $?"; return; }
  local c e
  c=$(grep -c '^bin/emend convert' log || true) e=$(grep -c '^bin/emend export' log || true)
  [ "$c $e" = "$conversions $exports" ] || fail "$what: $c conversions and $e exports, expected $conversions and $exports"
  make "$@" >log 2>&1 && ! grep -q '^bin/emend' log || fail "$what: a second make does it again"
}
settle() { find . -exec touch -h -d '1 minute ago' {} +; find books -name '*.tei.xml*' -exec touch -d '50 seconds ago' {} +
           find books -name '*.ledger' -exec touch -d '50 seconds ago' {} +
           find books \( -name '*.epub' -o -name '*.docx' \) -exec touch -d '40 seconds ago' {} +; }

text one >books/one.txt; text two >books/two.txt
made 'first run: one conversion serves EPUB and DOCX' 2 4
for f in books/{one,two}.{tei.xml,ledger,epub,docx}; do [ -s $f ] || fail "$f is not there"; done
settle; made 'nothing changed' 0 0

settle; touch books/one.txt; made 'the text changed' 1 2
settle; printf 'title: First\n' >books/one.meta; made 'metadata appeared' 1 2
settle; touch books/one.meta; made 'metadata changed' 1 2
settle; rm books/one.meta; made 'metadata deleted' 1 2
settle; printf 'title: Old\n' >books/two.meta; touch -d '2000-01-01' books/two.meta; made 'metadata appeared, with an old date' 1 2
settle; : >books/one.rules; made 'rules appeared' 1 2
settle; touch books/one.rules; made 'rules changed' 1 2
settle; rm books/one.rules; made 'rules deleted' 1 2
settle; : >books/one.decisions; made 'decisions appeared' 1 2
settle; rm books/one.decisions; made 'decisions deleted' 1 2
settle; : >common.rules; made 'flags changed' 2 4 EMENDFLAGS='--rules common.rules'
settle; touch common.rules; made 'a file that the flags name changed' 2 4 EMENDFLAGS='--rules common.rules'
settle; : >books/one.rules; made 'rules of one book beside those of the flags' 1 2 EMENDFLAGS='--rules common.rules'
settle; rm books/one.rules; made 'flags taken back' 2 4
settle; touch bin/emend; made 'the program changed' 2 4
settle; rm books/one.epub; made 'one EPUB deleted' 0 1
settle; rm books/one.ledger; made 'the ledger deleted' 1 0 books/one.ledger
settle; touch books/one.tei.xml; made 'the TEI changed by hand' 0 2

# A failing conversion fails make, and is tried again: it leaves no half-made file that looks done.
settle; mkdir books/bad.txt
if make -k >log 2>&1; then fail 'a folder as input: make succeeded'; fi
[ -e books/bad.tei.xml ] || [ -e books/bad.epub ] && fail 'a failed conversion left output'
rmdir books/bad.txt

# Many books at once: each converted once, and the same bytes as one after the other.
mkdir many && for i in $(seq 1 24); do text "book $i" >many/$i.txt; done
sed -i 's,books/,many/,g' Makefile
made 'twenty-four books with -j8' 24 48 -j8
sha256sum many/*.tei.xml many/*.epub many/*.docx many/*.ledger >sums && rm many/*.tei.xml many/*.epub many/*.docx many/*.ledger
make >log 2>&1 && sha256sum --quiet -c sums || fail 'with -j8 other bytes than one after the other'

# Outputs in a folder of their own, the way that this project's Makefile makes the samples.
printf 'EMEND := bin/emend\nEMEND_FROM := many/\nEMEND_TO := out/\ninclude rules.mk\n' >Makefile
made 'outputs in another folder' 1 2 out/7.epub out/7.docx
settle; printf 'title: Seven\n' >many/7.meta; find out -exec touch -d '30 seconds ago' {} +
made 'metadata appeared, outputs in another folder' 1 2 out/7.epub out/7.docx

[ $failures = 0 ] && echo 'emend.mk: all as expected' || { echo "emend.mk: $failures failed" >&2; exit 1; }
