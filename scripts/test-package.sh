#!/usr/bin/env bash
# Installs, uses and purges the package and the tarball in fresh roots of this machine's release of Debian or Ubuntu.
#
#   scripts/test-package.sh [--programs DIR]   packs the programs in DIR instead of building them
#
# It needs root, debootstrap and a mirror, the one that apt uses here; without them it says that it was skipped. What it
# also looks at where it may: lintian, systemd's view of the units, and a tracker under a systemd that is booted.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
options=("$@")

skip() {
    echo "test-package: skipped: $*"
    exit 0
}

failed() {
    echo "test-package: $*" >&2
    exit 1
}

passed() { echo "test-package: $*: ok"; }

[[ $(uname) == Linux ]] || skip "packages are made on Linux"
((EUID == 0)) || skip "roots are made by root"
command -v debootstrap >/dev/null || skip "there is no debootstrap here"
command -v dpkg-shlibdeps >/dev/null || skip "there is no dpkg-shlibdeps here (package dpkg-dev)"
release=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
# shellcheck disable=SC2016 # apt's words, not the shell's
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>/dev/null |
    sed -n "s/ $release main\$//p" | head -n 1)
[[ -n $mirror ]] || skip "apt names no mirror of ${release:-this system}"

work=$(mktemp -d)
guest="" sharing=""
guest_init() { [[ -z $guest ]] || pgrep --parent "$guest" || true; }

clean_up() {
    local folder process
    # Of what was booted, its first process: when that ends, everything in it does.
    for process in $(guest_init) $guest $sharing; do
        kill -KILL "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    for folder in "$work"/*/proc; do if mountpoint -q "$folder"; then umount "$folder"; fi; done
    rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Twice from the same programs: the same bytes.
"$here/scripts/package.sh" --output "$work/first" ${options[@]+"${options[@]}"}
programs=("${options[@]}")
((${#programs[@]})) || programs=(--programs "${GOTORRENT_BUILD:-$here/.build}/release")
# Another moment, another mask, other folders.
(umask 077 && "$here/scripts/package.sh" --output "$work/second" "${programs[@]}" >/dev/null)
package=$(echo "$work"/first/gotorrent_*.deb)
tarball=$(echo "$work"/first/gotorrent-*.tar.gz)
for file in "$package" "$tarball"; do
    cmp "$file" "$work/second/$(basename "$file")" || failed "two builds of $(basename "$file") differ"
done
passed "two builds of both are the same bytes"

if command -v lintian >/dev/null; then
    # As root it warns of that, on standard error.
    remarks=$(lintian --fail-on none "$package" 2>/dev/null | grep -E '^[EW]:' || true)
    [[ -z $remarks ]] || failed "lintian says:" "$remarks"
    passed "lintian has neither errors nor warnings"
else
    echo "test-package: lintian is not installed here; left out"
fi

if ! debootstrap --variant=minbase "$release" "$work/plain" "$mirror" >"$work/debootstrap.log" 2>&1; then
    tail -n 3 "$work/debootstrap.log"
    skip "debootstrap found no way to $release"
fi
cp -a "$work/plain" "$work/unpacked"
mount -t proc proc "$work/plain/proc"
mount -t proc proc "$work/unpacked/proc"

# Leaves in `inside` what is put before a command that runs in the root $1. (A function in the background would be a shell
# of its own, whose end is not that of the command.)
enter() {
    inside=(chroot "$work/$1" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
        LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
}

in_root() {
    enter "$1"
    shift
    "${inside[@]}" "$@"
}

# Everything that is there, with the system's users; what apt and dpkg keep for themselves is left out, and /run, which is
# empty after every boot.
contents() {
    (cd "$work/$1" && find . -xdev \( -path ./proc -o -path ./run -o -path ./tmp -o -path ./root -o -path ./var/cache \
        -o -path ./var/log -o -path ./var/lib/apt -o -path ./var/lib/dpkg \) -prune -o -print | LC_ALL=C sort)
    cat "$work/$1/etc/passwd" "$work/$1/etc/group"
}

# Shares a file and fetches it on loopback, with the gotorrent named; $1 is the root.
share_and_get() {
    local name=$1 gotorrent=$2 line status=0
    head -c 3000000 /dev/urandom >"$work/$name/tmp/file"
    rm -rf "$work/$name/tmp/copy" "$work/line"
    enter "$name"
    "${inside[@]}" "$gotorrent" share /tmp/file --bind 'tcp://127.0.0.1:*' --advertise 127.0.0.1 --no-progress \
        >"$work/line" 2>"$work/share.log" &
    sharing=$!
    for _ in $(seq 300); do
        [[ -s $work/line ]] && break
        kill -0 "$sharing" 2>/dev/null || break
        sleep 0.1
    done
    line=$(sed -n 's/^gotorrent get \([^ ]*\) .*/\1/p' "$work/line")
    in_root "$name" timeout 60 "$gotorrent" get "${line:-none}" --output /tmp/copy --stay 0s >"$work/get.log" 2>&1 ||
        status=1
    kill -TERM "$sharing" 2>/dev/null || true
    wait "$sharing" 2>/dev/null || true
    sharing=""
    if ((status != 0)) || ! cmp "$work/$name/tmp/file" "$work/$name/tmp/copy/file"; then
        cat "$work/share.log" "$work/get.log" >&2
        failed "a file that is shared in $name is not fetched"
    fi
}

in_root plain apt-get -qq update
# What it depends on is there before, so that what it brings itself can be seen; systemd is for looking at the units.
in_root plain apt-get -qq install --yes --no-install-recommends libzmq5 libstdc++6 adduser systemd systemd-sysv dbus \
    >"$work/apt.log" 2>&1 || failed "the dependencies cannot be installed" "$(tail -n 3 "$work/apt.log")"
contents plain >"$work/before"
cp "$package" "$work/plain/tmp/gotorrent.deb"
in_root plain apt-get -qq install --yes --no-install-recommends /tmp/gotorrent.deb >"$work/apt.log" 2>&1 ||
    failed "apt does not install the package:" "$(tail -n 5 "$work/apt.log")"
version=$(in_root plain gotorrent --version)
[[ $version == "gotorrent $("$here/scripts/version.sh") (commit "*", libzmq 4."* ]] || failed "it says '$version'"
passed "installed: $version"

for file in usr/share/man/man1/gotorrent.1.gz usr/share/man/man1/gotorrent-get.1.gz usr/share/man/man1/gotorrent-web.1.gz; do
    remarks=$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$work/plain/$file" 2>&1 >/dev/null) ||
        failed "man does not show $file"
    [[ -z $remarks ]] || failed "man says of $file: $remarks"
done
[[ $(in_root plain bash -c '. /usr/share/bash-completion/completions/gotorrent && complete -p gotorrent') == *gotorrent ]] ||
    failed "bash takes no completions"
[[ -s $work/plain/usr/share/zsh/vendor-completions/_gotorrent ]] || failed "there are no completions for zsh"
[[ -s $work/plain/usr/share/fish/vendor_completions.d/gotorrent.fish ]] || failed "there are no completions for fish"
passed "manual pages and completions"

for unit in gotorrent-tracker.service gotorrent-seed@one.service; do
    [[ $(in_root plain systemctl is-enabled "$unit" 2>/dev/null) == disabled ]] || failed "$unit is not off"
    remarks=$(in_root plain systemd-analyze verify --man=no "$unit" 2>&1 | grep gotorrent || true)
    [[ -z $remarks ]] || failed "systemd says of $unit: $remarks"
done
[[ $(in_root plain id -un gotorrent) == gotorrent ]] || failed "there is no user gotorrent"
passed "the units are there, off, and to systemd's liking"

mkdir -p "$work/plain/tmp/classic/Samples"
cp "$here/topology.yaml" "$work/plain/tmp/classic"
cp "$here/Samples/GOTORRENT.txt" "$work/plain/tmp/classic/Samples"
in_root plain timeout 100 gotorrent run /tmp/classic/topology.yaml --cycle 100ms --port 0 --no-figures \
    --output /tmp/classic/run >"$work/run.log" 2>&1 || { cat "$work/run.log" >&2; failed "the classic run fails"; }
for copy in "$work"/plain/tmp/classic/run/data/peer*/GOTORRENT.txt; do cmp "$here/Samples/GOTORRENT.txt" "$copy"; done
share_and_get plain gotorrent
passed "the classic run, and a file shared and fetched"

# What an operator leaves behind.
echo 'TORRENT=/etc/gotorrent/metafiles/file.torrent' >"$work/plain/etc/gotorrent/seeds/one.conf"
touch "$work/plain/etc/gotorrent/metafiles/file.torrent"
in_root plain systemctl --quiet enable gotorrent-tracker gotorrent-seed@one
umount "$work/plain/proc"
cp -a "$work/plain" "$work/booted"
mount -t proc proc "$work/plain/proc"
in_root plain apt-get -qq purge --yes gotorrent >"$work/apt.log" 2>&1 ||
    failed "the package is not purged:" "$(tail -n 5 "$work/apt.log")"
contents plain >"$work/after"
diff "$work/before" "$work/after" || failed "purging leaves something, or takes too much"
passed "purged, and nothing is left"

# A tracker and a seed as the units start them, under a systemd that is booted.
boot() {
    local root=$work/booted
    mkdir -p "$root/var/log/journal"
    cp "$root/tmp/file" "$root/srv/file"
    chmod 644 "$root/srv/file"
    mount -t proc proc "$root/proc"
    in_root booted gotorrent create /srv/file --tracker tcp://127.0.0.1:6969 --no-progress --output /tmp/file.torrent >/dev/null 2>&1
    umount "$root/proc"
    install -m 644 "$root/tmp/file.torrent" "$root/etc/gotorrent/metafiles/file.torrent"
    echo 'DATA=/srv/file' >>"$root/etc/gotorrent/seeds/one.conf"
    systemd-nspawn --quiet --register=no --keep-unit --private-network --directory "$root" --boot \
        </dev/null >"$work/boot.log" 2>&1 &
    guest=$!
    for _ in $(seq 300); do
        # Its own, not one of another machine that is booted here.
        pgrep --parent "$(guest_init)" -f '^/usr/bin/gotorrent seed' >"$work/pid" 2>/dev/null && break
        kill -0 "$guest" 2>/dev/null || break
        sleep 0.1
    done
}

# From inside: the seed's copy, by the tracker that both announce themselves to.
fetch_inside() {
    local seed status=0
    seed=$(head -n 1 "$work/pid")
    [[ $(ps -o user= -p "$seed") != root ]] || failed "the seed runs as root"
    nsenter --target "$seed" --net -- chroot "$work/booted" sh -c 'mount -t proc proc /proc && exec timeout 60 "$@"' sh \
        gotorrent get /etc/gotorrent/metafiles/file.torrent --output /root/copy --stay 0s >"$work/get.log" 2>&1 ||
        status=1
    if ((status != 0)) || ! cmp "$work/booted/srv/file" "$work/booted/root/copy/file"; then
        tail -n 5 "$work/get.log" >&2
        journalctl --directory "$work/booted/var/log/journal" --no-pager --unit 'gotorrent*' >&2 || true
        failed "the services do not serve a file"
    fi
}

if command -v systemd-nspawn >/dev/null && command -v nsenter >/dev/null; then
    boot
    if [[ -s $work/pid ]]; then
        fetch_inside
        passed "a tracker and a seed that systemd starts serve a file"
    elif grep -q 'GoTorrent' "$work/boot.log"; then
        cat "$work/boot.log" >&2
        failed "systemd does not start the services"
    else
        echo "test-package: no systemd can be booted here; left out"
    fi
else
    echo "test-package: systemd-nspawn is not installed here; no service was started"
fi

in_root unpacked apt-get -qq update
in_root unpacked apt-get -qq install --yes --no-install-recommends libzmq5 >"$work/apt.log" 2>&1 ||
    failed "libzmq5 cannot be installed:" "$(tail -n 3 "$work/apt.log")"
mkdir -p "$work/unpacked/opt/some where"
tar -x -f "$tarball" -C "$work/unpacked/opt/some where" --strip-components=1
[[ $(in_root unpacked "/opt/some where/bin/gotorrent" --version) == "$version" ]] ||
    failed "the programs of tarball and package differ"
[[ -s "$work/unpacked/opt/some where/LICENSE" && -s "$work/unpacked/opt/some where/share/man/man1/gotorrent.1" ]] ||
    failed "the tarball lacks its licence or its manual pages"
share_and_get unpacked "/opt/some where/bin/gotorrent"
passed "the tarball, with libzmq5 alone"
