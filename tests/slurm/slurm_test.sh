#!/usr/bin/env bash
# A Slurm of two nodes on this machine (munged, slurmctld, two slurmd, as Debian has them) converts 200 books by share/slurm;
# one task is killed in the middle. Resumed, the result is what one run of `emend batch` makes, byte for byte.
#   slurm_test.sh      EMEND names the program; as root, in a folder that goes again
set -euo pipefail
top=$(realpath "$(dirname "$0")/../..")
export EMEND=${EMEND:?names the program}
EMEND=$(realpath "$EMEND")
books=200 shares=8
for program in munged slurmctld slurmd sbatch squeue; do
  command -v $program >/dev/null || { echo "slurm_test: $program is missing; apt-get install slurm-wlm munge" >&2; exit 1; }
done

work=$(mktemp -d)
chmod 755 "$work"  # munge wants its socket below folders that all can enter
cd "$work"
leave() {
  local status=$?
  for daemon in slurmd1 slurmd2 slurmctld munged; do
    [ ! -f $daemon.id ] || kill "$(cat $daemon.id)" 2>/dev/null || true
  done
  wait
  [ $status = 0 ] || tail -n 20 ./*.out run/log/* >&2 || true
  cd / && rm -rf "$work"
  exit $status
}
trap leave EXIT

daemon() {
  local name=$1
  shift
  "$@" >"$name.out" 2>&1 &
  echo $! >"$name.id"
}
until_true() {
  local what=$1 end=$((SECONDS + 120))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || { echo "slurm_test: after two minutes still not so: $what" >&2; exit 1; }
    sleep 0.02
  done
}
equal() { [ "$1" = "$2" ] || { printf 'slurm_test: %s\n  is        %s\n  should be %s\n' "$3" "$1" "$2" >&2; exit 1; }; }

# ---- a cluster
mkdir -m 700 munge
(umask 077 && head -c 128 /dev/urandom >munge/key)
daemon munged munged --force --foreground --key-file="$work/munge/key" --socket="$work/munge.sock" \
  --pid-file="$work/munge/pid" --seed-file="$work/munge/seed" --log-file="$work/munge/log"
host=$(hostname -s)
port=$((20000 + $$ % 20000))
cat >slurm.conf <<END
ClusterName=try
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
AuthType=auth/munge
AuthInfo=socket=$work/munge.sock
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
NodeName=try[1-2] NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1))-$((port + 2)) CPUs=1 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP MaxTime=INFINITE
END
export SLURM_CONF=$work/slurm.conf
mkdir state
until_true "munged has a socket" test -S munge.sock
daemon slurmctld slurmctld -D
daemon slurmd1 slurmd -D -N try1
daemon slurmd2 slurmd -D -N try2
nodes_are_there() { [ "$(sinfo --noheader --format='%T %D' 2>/dev/null)" = "idle 2" ]; }
until_true "two nodes are idle" nodes_are_there

# ---- books
mkdir shelf
for ((number = 1; number <= books; ++number)); do
  {
    printf 'A History of Lock %d\n\n' $number
    for chapter in 1 2 3; do
      printf 'Chapter %d\n\nThe keeper of lock %d wrote this in chapter %d when the water was low,\nand so it stands here.\n\n' \
        $chapter $number $chapter
    done
  } >"shelf/lock $number.txt"
  echo "shelf/lock $number.txt" >>list
done
"$EMEND" batch --quiet --files-from list -o one/ --to tei --to ledger --to epub --report one.jsonl

# ---- an array, of which a task is killed
run() { "$top/share/slurm/emend-slurm" "$@"; }
run submit run list $shares -o many/ --to tei --to ledger --to epub
begun() { [ "$(cat run/report/3.jsonl 2>/dev/null | wc -l)" -ge 3 ]; }
until_true "the third task makes books" begun
pkill -KILL --oldest --full -- "batch --files-from $work/run/list --shards $shares --shard 3 "
over() { [ -z "$(squeue --noheader)" ]; }
until_true "the array is over" over
status=0
run status run >said || status=$?
cat said
equal $status 1 "the status while a share is to be done"
equal "$(grep -o '; 1 of 8 shares.*' said)" "; 1 of 8 shares are to be done" "what is told of it"
before=$(wc -l <run/report/3.jsonl)

# ---- and goes on
run resume run
until_true "what was resumed is over" over
run status run
equal "$(run resume run)" "nothing is left to do" "a second resumption"
diff -r one many
keys() { sed 's/.*"input":"\([^"]*\)".*/\1/' "$1" | sort; }
equal "$(keys run/report.jsonl | md5sum)" "$(keys one.jsonl | md5sum)" "the books of the report"
equal "$(grep -c '"status":"done"' run/report.jsonl)" $books "the books that are done"
echo "slurm: $books books in $shares shares on two nodes, one task killed after $before books and resumed: as one run makes them"
