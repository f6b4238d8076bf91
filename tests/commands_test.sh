#!/usr/bin/env bash
# The runner of tests/commands itself: it must see every kind of difference, and --accept must write what makes it pass.
set -eu
: "${EMEND:?the emend to test}" "${EMEND_SOURCE:?the checkout}"
python=${EMEND_PYTHON:-python3}
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
commands() { "$python" "$EMEND_SOURCE/tests/run_commands.py" --emend "$EMEND" "$@" >"$dir/log" 2>&1; }
failures=0
fail() { echo "FAIL: $*" >&2; sed 's/^/  | /' "$dir/log" >&2; failures=$((failures + 1)); }

cat >"$dir/good.txt" <<'END'
Prose between the blocks is left alone.

% printf 'one\ntwo\n'; echo warn >&2; exit 3
one
two
2> warn
=> 3

% tr a-z A-Z
<<<
in the middle
\% a sign
>>>
IN THE MIDDLE
\% A SIGN
=> 0
% printf 'no end'
no end
\no newline
=> 0
% for i in 1 2; do
%   echo $i >file$i
% done
=> 0
% cat file1 file2; echo "$TMP/file1"; printf '\\ \n=> 0\n'
1
2
$TMP/file1
\\ 
\=> 0
=> 0
% true
=> 0
END
commands "$dir/good.txt" || fail 'a file in which all is right'

changed() {  # what is changed, by which sed command
  sed "$2" "$dir/good.txt" >"$dir/bad.txt"
  cmp -s "$dir/good.txt" "$dir/bad.txt" && fail "$1: sed changed nothing"
  ! commands "$dir/bad.txt" || fail "$1: passed"
  commands --accept "$dir/bad.txt" || fail "$1: was not accepted"
  cmp -s "$dir/good.txt" "$dir/bad.txt" || fail "$1: accepting it gave another file"
}
changed 'another status' 's/^=> 3$/=> 4/'
changed 'another line on standard output' 's/^two$/too/'
changed 'another line on standard error' 's/^2> warn$/2> warm/'
changed 'a line too few' '/^two$/d'
changed 'a line too many' 's/^two$/two\nthree/'
changed 'a last line with a newline' '/^.no newline$/d'

printf 'only prose\n' >"$dir/bad.txt"; ! commands "$dir/bad.txt" || fail 'a file without a command passed'
printf '%% true\n' >"$dir/bad.txt"; ! commands "$dir/bad.txt" || fail 'a block without a status passed'
printf '%% cat\n<<<\nx\n=> 0\n' >"$dir/bad.txt"; ! commands "$dir/bad.txt" || fail 'a block with an open input passed'
! commands "$dir/none.txt" || fail 'a file that is not there passed'
printf '%% test "$(command -v emend)" && kill -9 $$\n=> 137\n' >"$dir/killed.txt"
commands "$dir/killed.txt" || fail 'emend on PATH, and a killed command'

[ $failures = 0 ] && echo 'run_commands.py: all as expected' || exit 1
