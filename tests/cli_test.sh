#!/usr/bin/env bash
# What takes more than a command and its answer: a chain of stages, hostile sizes, and a program that is killed.
set -eu
: "${EMEND:?the emend to test}" "${EMEND_SOURCE:?the checkout}"
EMEND=$(realpath "$EMEND")
# A child that a signal ends before it has become emend is still this script, and must not clear up for it.
dir=$(mktemp -d) && trap '[ "$BASHPID" != $$ ] || rm -rf "$dir"' EXIT
cd "$dir"
failures=0
fail() { echo "FAIL: $*" >&2; failures=$((failures + 1)); }

# A chain of all stages, each a process of its own, makes the TEI and the ledger that one run makes.
stages=$("$EMEND" stages | awk 'NR > 1 { print $1 }')
[ -n "$stages" ] || fail 'there are no stages'
count=0
for input in "$EMEND_SOURCE"/samples/*/input.txt; do
  "$EMEND" convert -q "$input" -o one.xml -l one.ledger
  "$EMEND" convert -q "$input" -o again.xml -l again.ledger
  cmp one.xml again.xml && cmp one.ledger again.ledger || fail "$input: two runs, two results"
  cp "$input" at
  cp "${input%.txt}.meta" at.meta 2>/dev/null || rm -f at.meta
  name=$(basename "$input")
  mkdir -p in && cp "$input" "in/$name" && { [ ! -e at.meta ] || cp at.meta "in/${name%.txt}.meta"; }
  from=in/$name
  for stage in $stages; do
    "$EMEND" stage "$stage" "$from" >next || fail "$input: stage $stage exits $?"
    mv next at; from=at
    rm -f at.meta
  done
  "$EMEND" convert -q - -o two.xml -l two.ledger <at
  cmp one.xml two.xml && cmp one.ledger two.ledger || fail "$input: a chain of stages gives something else than one run"
  "$EMEND" verify -q "$input" two.xml two.ledger || fail "$input: does not verify"
  rm -rf in
  count=$((count + 1))
done
[ $count -gt 0 ] || fail 'there are no samples'

# Memory can be bounded unless the program itself reserves address space without end, as under a sanitizer.
# There a program is also some ten times slower, and is given a tenth.
limited=true share=1
(ulimit -v 8388608; exec "$EMEND" --version >version 2>&1) 2>/dev/null || limited=false share=10
"$EMEND" --version >version

# Bounded: what must end within these seconds, in this much memory, with one of these statuses.
bounded() {  # seconds, MiB, statuses, what, file
  local seconds=$1 memory=$2 statuses=$3 what=$4 status=0
  ($limited && ulimit -v $((memory * 1024)); exec timeout -k 5 "$seconds" "$EMEND" convert -q "$5" -o hostile.xml 2>error) || status=$?
  case " $statuses " in *" $status "*) ;; *) fail "$what: status $status"; cat error >&2 ;; esac
  [ $status = 0 ] || [ ! -e hostile.xml ] || fail "$what: left output though it failed"
  [ "$(wc -l <error)" -le 1 ] || fail "$what: more than one line of message"
  rm -f hostile.xml
}
long='the quick brown fox, and so on '
yes "$long" | tr -d '\n' | head -c $((200000000 / share)) >line.txt || true
bounded 120 4096 0 'a line of 200 MB' line.txt
yes '，' | tr -d '\n' | head -c $((30000000 / share)) >line.txt || true
bounded 120 4096 0 'a line of ten million commas' line.txt
yes '' | head -n $((20000000 / share)) >line.txt || true
echo 'the end' >>line.txt
bounded 120 4096 0 'twenty million empty lines' line.txt
yes '^①' | head -c $((3000000 / share)) >line.txt || true
bounded 120 4096 0 'a million note marks' line.txt
{ printf 'The Lake, the Weir and the Nets.\n\nT HE L AKE\nW EIR\nN ETS\n'; yes 'X QZV' | head -c $((3000000 / share)); } >line.txt || true
bounded 120 4096 0 'half a million lines of parted capitals' line.txt
yes '1.1 Heading' | head -c $((3000000 / share)) >line.txt || true
bounded 120 4096 0 'a quarter of a million headings of one number' line.txt
head -c $((3000000 / share)) /dev/zero | tr '\0' '\f' >line.txt
echo 'the end' >>line.txt
bounded 120 4096 0 'three million pages' line.txt
! $limited || bounded 60 64 '3 70' 'a text larger than the memory' line.txt

# Books bound together are a book.
for input in "$EMEND_SOURCE"/samples/*/input.txt; do
  cat "$input" "$input" "$input" >three.txt
  "$EMEND" convert -q three.txt -o three.xml -l three.ledger && "$EMEND" verify -q three.txt three.xml three.ledger ||
    fail "$input: three times over it does not convert"
done

# Killed at any moment: the output is whole or not there, and an older one is untouched.
for i in $(seq $((20000 / share))); do printf 'This is paragraph %d of a book that has many of them.\n\n' $i; done >book.txt
"$EMEND" convert -q book.txt -o whole.xml
for signal in TERM KILL INT; do
  for delay in 0.005 0.02 0.04 0.08 0.12 0.2; do
    echo old >book.xml
    set +m
    "$EMEND" convert -q book.txt -o book.xml 2>/dev/null & child=$!
    sleep $delay
    kill -$signal $child 2>/dev/null || true
    wait $child 2>/dev/null || true
    [ "$(cat book.xml)" = old ] || cmp -s book.xml whole.xml || fail "killed by $signal after $delay s: half an output"
  done
done
leftover=$(find . -name '.emend-*' | wc -l)
[ "$leftover" -le 6 ] || fail "killing leaves $leftover files"

# An EPUB run that is killed leaves no folder, no Pandoc and no file, whatever the signal and the moment.
mkdir temporary killed
printf 'Chapter 1\n\nThis is the text of the first chapter, and it is short.\n' >killed/book.txt
for run in $(seq 40); do  # 20 of them by SIGKILL
  case $((run % 4)) in 0) signal=TERM ;; 1) signal=HUP ;; *) signal=KILL ;; esac
  TMPDIR=$dir/temporary "$EMEND" convert -q killed/book.txt -o killed/book.epub 2>/dev/null & child=$!
  sleep "0.$(printf %02d $((run * 2)))"
  kill -$signal $child 2>/dev/null || true
  wait $child 2>/dev/null || true
done
sleep 1
[ -z "$(ls -A temporary)" ] || fail "a killed EPUB run leaves $(ls -A temporary | wc -l) folders"
[ -z "$(grep -al "$dir/temporary" /proc/[0-9]*/cmdline 2>/dev/null)" ] || fail 'a killed EPUB run leaves Pandoc running'
[ -z "$(find killed -name '.emend-*')" ] || fail 'a killed EPUB run leaves a file beside its output'

# A reader that has seen enough ends the program as it ends others: by SIGPIPE, and without a word.
yes 'A line of text that is long enough to be one, and then it ends.' | head -n 20000 >long.txt
set +o pipefail
{ status=0; "$EMEND" convert -q long.txt 2>said || status=$?; echo $status >status; } | head -n 1 >/dev/null
[ "$(cat status)" = 141 ] && [ ! -s said ] || fail "a reader that went away: status $(cat status), $(cat said)"

# A file that may not be replaced is not replaced, whoever owns the folder (root may always).
if [ "$(id -u)" != 0 ]; then
  echo old >fixed.xml && chmod 444 fixed.xml
  status=0; "$EMEND" convert -q book.txt -o fixed.xml 2>/dev/null || status=$?
  [ $status = 7 ] && [ "$(cat fixed.xml)" = old ] || fail "a read-only file: status $status"
  mkdir shut && chmod 555 shut
  status=0; "$EMEND" convert -q book.txt -o shut/new.xml 2>/dev/null || status=$?
  [ $status = 7 ] || fail "a read-only folder: status $status"
  chmod 755 shut
  echo text >secret.txt && chmod 000 secret.txt
  status=0; "$EMEND" convert -q secret.txt -o new.xml 2>/dev/null || status=$?
  [ $status = 3 ] || fail "an unreadable file: status $status"
fi

# A full disk: no output, no trace, one message. A limit on the size of files stands for it.
status=0
(trap '' XFSZ; ulimit -f 8; exec "$EMEND" convert -q book.txt -o full.xml 2>error) || status=$?
[ $status = 7 ] || fail "a full disk: status $status"
[ ! -e full.xml ] && [ "$(wc -l <error)" = 1 ] || fail 'a full disk: something was left, or said twice'
[ "$(find . -name '.emend-*' | wc -l)" = "$leftover" ] || fail 'a full disk: a temporary file was left'

[ $failures = 0 ] && echo 'the command line: all as expected' || exit 1
