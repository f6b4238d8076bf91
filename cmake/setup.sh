#!/usr/bin/env bash
# Installs the packages that emend needs, on Debian 12 and 13; does nothing when all are there.
#   cmake/setup.sh build          what building and running needs
#   cmake/setup.sh build test     and what the tests use to judge the output
#   cmake/setup.sh build fuzz     and clang with libFuzzer and the sanitizers
#   cmake/setup.sh build cluster  and a Slurm to try the job array on
#   cmake/setup.sh ace            what judges EPUBs for those who cannot see them
set -eu

build=(g++ make cmake ninja-build pkgconf libxml2-dev libpugixml-dev libboost-program-options-dev libgtest-dev libicu-dev
       libuchardet-dev libre2-dev libcld2-dev libzip-dev libarchive-dev libmd4c-dev libqpdf-dev libssl-dev
       nlohmann-json3-dev pandoc poppler-utils)
test=(libxml2-utils jing epubcheck python3 python3-lxml python3-levenshtein unzip libreoffice-writer-nogui fonts-noto-cjk)
fuzz=(clang libclang-rt-dev)
cluster=(slurm-wlm munge procps)

# The review page: its server, and what opens it in the tests and judges whether all can use it. These two are no Debian packages.
build+=(libcpp-httplib-dev)
test+=(chromium)
# Ace would bring a Chromium of its own, which Debian's spares.
for_test=(playwright-core@1.65.1 axe-core@4.14.1)
for_ace=(@daisy/ace-cli@1.4.6)
export PUPPETEER_SKIP_DOWNLOAD=1

wanted=()
node_packages=()
# Node.js may be there without Debian's packages of it, which would not go together with another one.
want_node() {
  command -v node >/dev/null && command -v npm >/dev/null || wanted+=(nodejs npm)
  node_packages+=("$@")
}
for set in "${@:-build}"; do
  case $set in
    build) wanted+=("${build[@]}") ;;
    test)
      wanted+=("${test[@]}")
      want_node "${for_test[@]}" ;;
    fuzz) wanted+=("${fuzz[@]}") ;;
    cluster) wanted+=("${cluster[@]}") ;;
    ace)
      wanted+=(chromium python3)
      want_node "${for_ace[@]}" ;;
    *) echo "setup.sh: no such set of packages: $set; there are build, test, fuzz, cluster and ace" >&2; exit 2 ;;
  esac
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  cat >&2 <<END
setup.sh: there is no apt here, so nothing was installed. emend needs what these Debian packages hold:
  ${wanted[*]}
Install them your system's way, then run make with SETUP=true, which leaves this step out: make SETUP=true
END
  exit 1
fi

# One call for all; it exits 1 for names it has never heard of, which are missing too.
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null) || true
missing=()
for package in "${wanted[@]}"; do
  grep -qx "installed $package" <<<"$installed" || missing+=("$package")
done
has_package() { grep -qs "\"version\": \"${1##*@}\"" "$(npm root --global 2>/dev/null)/${1%@*}/package.json"; }
has_node_packages() {
  local package
  for package in "${node_packages[@]}"; do has_package "$package" || return 1; done
}
[ ${#missing[@]} -gt 0 ] || ! has_node_packages || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "setup.sh: not root, and there is no sudo; as root, run: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
log=$(mktemp) && trap 'rm -f "$log"' EXIT
install_node_packages() {
  if has_node_packages; then return; fi
  echo "setup.sh: installing ${node_packages[*]}"
  "${as_root[@]}" npm install --global --ignore-scripts --no-fund --no-audit "${node_packages[@]}" </dev/null >"$log" 2>&1 &&
    has_node_packages && return
  cat "$log" >&2
  echo "setup.sh: npm could not install ${node_packages[*]}" >&2
  exit 1
}
if [ ${#missing[@]} = 0 ]; then
  install_node_packages
  exit 0
fi
echo "setup.sh: installing, which may take minutes: ${missing[*]}"
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C \
    apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -qq "$@" </dev/null >"$log" 2>&1
}

# The timeout above does not hold for the lock of the package lists, so another apt is waited for here.
for try in $(seq 1 30); do
  apt update && break
  if [ "$try" != 30 ] && grep -q 'Could not get lock' "$log"; then sleep 10; continue; fi
  cat "$log" >&2
  echo "setup.sh: apt-get update failed; going on with the package lists that are there" >&2
  break
done
if ! apt install -y --no-install-recommends "${missing[@]}"; then
  cat "$log" >&2
  echo "setup.sh: apt could not install: ${missing[*]}" >&2
  exit 1
fi
install_node_packages
echo "setup.sh: done"
