#!/usr/bin/env bash
# Does a new Debian do what README says? A small system of SUITE is made (debootstrap, as root), the last commit of this checkout
# is cloned into it, and `make demo` and the tests of books and constructs run there. The folder goes when all is well.
#   tests/fresh/run.sh bookworm|trixie [FOLDER]        FOLDER: where the system is made, and kept (default: a temporary one)
set -eu
suite=${1:?"say which Debian: bookworm or trixie"}
top=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
[ "$(id -u)" = 0 ] || { echo "fresh: only root may make a system; say sudo $0 $suite" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "fresh: debootstrap is missing; apt-get install debootstrap" >&2; exit 1; }

if [ $# -gt 1 ]; then root=$2; else root=$(mktemp -d); fi
leave() {
  umount "$root/proc" 2>/dev/null || true
  [ -n "${2:-}" ] || [ "$1" != 0 ] || rm -rf --one-file-system "$root"
  [ "$1" = 0 ] || echo "fresh: $suite failed; its system is left in $root" >&2
}
trap 'leave $? "${2:-}"' EXIT

[ -e "$root/etc/debian_version" ] || debootstrap --variant=minbase --include=git,make,ca-certificates "$suite" "$root" >"$root.log" 2>&1 ||
  { tail -3 "$root.log" >&2; exit 1; }
rm -rf "$root/emend"
git clone -q --no-hardlinks "$top" "$root/emend"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
chroot "$root" /bin/sh -ec '
  export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
  cd /emend && apt-get update -qq && make demo
  apt-get install -y -qq --no-install-recommends epubcheck jing libxml2-utils python3 python3-lxml unzip >/dev/null
  make -s configure
  cd build/release && ctest -R "^(books|constructs)$" --output-on-failure --no-tests=error'
