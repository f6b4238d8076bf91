#!/bin/sh
# Runs every fuzz target of the current folder for some seconds each: run.sh SECONDS. The corpora are kept in corpus/ here;
# a target that fails leaves its input beside them as TARGET-crash-... and ends the run.
set -eu
seconds=${1:?how many seconds for each target}
ran=0
for target in ./fuzz_*; do
  [ -f "$target" ] && [ -x "$target" ] || continue
  name=${target#./}
  mkdir -p "corpus/$name"
  echo "$name, $seconds seconds"
  "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$name-" "corpus/$name"
  ran=$((ran + 1))
done
[ $ran -gt 0 ] || { echo "run.sh: there is no fuzz target here" >&2; exit 1; }
echo "$ran fuzz targets ran, no failure"
