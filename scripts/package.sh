#!/usr/bin/env bash
# Builds the Debian package and the tarball of a release. The same programs and sources give the same bytes.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source=scripts/release.sh
source "$root/scripts/release.sh"

usage() {
    cat <<'END'
usage: scripts/package.sh [--output DIR] [--programs DIR]

Builds gotorrent and gotorrent-web in release mode, and packs them with manual pages and completions as
  gotorrent_VERSION_ARCH.deb                 for Debian and Ubuntu, with systemd units that are off until enabled
  gotorrent-VERSION-linux-ARCH.tar.gz        for any folder of a machine that has libzmq
Without the tools of Debian only the tarball is built.
  --output DIR     where to (dist)
  --programs DIR   packs the programs in DIR instead of building them

DEBFULLNAME and DEBEMAIL say who answers for the package. SOURCE_DATE_EPOCH, seconds since 1970, is the time of all that is
packed; without it that of the commit.
END
}

output=$root/dist programs=""
while (($#)); do
    case $1 in
    -h | --help)
        usage
        exit 0
        ;;
    --output | --programs)
        [[ -n ${2:-} ]] || { usage >&2; exit 2; }
        if [[ $1 == --output ]]; then output=$2; else programs=$2; fi
        shift
        ;;
    --output=*) output=${1#*=} ;;
    --programs=*) programs=${1#*=} ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
    shift
done
[[ $(uname) == Linux ]] || fail "Packages are made on Linux, for Linux; scripts/install.sh installs here."

if [[ -z $programs ]]; then
    set_up_install
    choose_linking
    ((${#linking[@]})) || fail "This toolchain has no static Swift libraries, and a package cannot bring Swift's own." \
        "The toolchains of https://www.swift.org/install have them."
    name_commit
    for product in gotorrent gotorrent-web; do build_release "$product"; done
    programs=$build/release
fi
version=$("$root/scripts/version.sh")
: "${SOURCE_DATE_EPOCH:=$("$root/scripts/version.sh" --time)}"
export SOURCE_DATE_EPOCH
mkdir -p "$output"
output=$(cd "$output" && pwd)
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
tree=$staging/tree
lay_out "$tree" "$programs"

# Files without an owner of this machine, in order, all of one time.
make_tarball() {
    local name
    name=gotorrent-$version-linux-$(uname -m)
    cp -a "$tree" "$staging/$name"
    install -m 644 "$root/README.md" "$root/LICENSE" "$root/packaging/copyright" "$staging/$name"
    tar --create --directory "$staging" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
        --format=gnu "$name" | gzip -9n >"$output/$name.tar.gz"
    echo "$output/$name.tar.gz"
}

# What the programs are linked with, as dependencies of a package.
dependencies() {
    mkdir -p "$staging/shlibs/debian"
    printf "Source: gotorrent\n\nPackage: gotorrent\nArchitecture: any\n" >"$staging/shlibs/debian/control"
    (cd "$staging/shlibs" && dpkg-shlibdeps -O "$deb/usr/bin/gotorrent" "$deb/usr/bin/gotorrent-web") |
        sed -n 's/^shlibs:Depends=//p'
}

changelog() {
    cat <<END
gotorrent ($version) unstable; urgency=medium

  * Release $version, commit ${GOTORRENT_COMMIT:-$("$root/scripts/version.sh" --commit)}.

 -- $maintainer  $(LC_ALL=C date --utc --date="@$SOURCE_DATE_EPOCH" +'%a, %d %b %Y %H:%M:%S +0000')
END
}

fill_package() {
    local doc=$deb/usr/share/doc/gotorrent
    mkdir -p "$deb/usr" "$doc/examples" "$deb/usr/share/lintian/overrides" "$deb/usr/lib/systemd/system" \
        "$deb/etc/default" "$deb/etc/gotorrent/metafiles" "$deb/etc/gotorrent/seeds" "$deb/DEBIAN"
    cp -a "$tree/bin" "$tree/share" "$deb/usr"
    mv "$deb/usr/share/zsh/site-functions" "$deb/usr/share/zsh/vendor-completions"
    gzip -9n "$deb"/usr/share/man/man1/*.1
    install -m 644 "$root/packaging/systemd/"*.service "$deb/usr/lib/systemd/system"
    install -m 644 "$root/packaging/systemd/gotorrent-tracker.default" "$deb/etc/default/gotorrent-tracker"
    install -m 644 "$root/packaging/systemd/seed.conf" "$doc/examples"
    install -m 644 "$root/packaging/debian/lintian-overrides" "$deb/usr/share/lintian/overrides/gotorrent"
    install -m 644 "$root/packaging/copyright" "$doc"
    changelog | gzip -9n >"$doc/changelog.gz"
}

describe_package() {
    local size
    install -m 755 "$root/packaging/debian/"{postinst,prerm,postrm} "$deb/DEBIAN"
    echo /etc/default/gotorrent-tracker >"$deb/DEBIAN/conffiles"
    (cd "$deb" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$deb/DEBIAN/md5sums"
    # Kibibytes, a file as the sum of its own; of what a file system makes of them packages should not depend.
    size=$(find "$deb/usr" "$deb/etc" -type f -printf '%s\n' | awk '{ sum += int(($1 + 1023) / 1024) } END { print sum }')
    sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@MAINTAINER@/$maintainer/" \
        -e "s/@SIZE@/$size/" -e "s/@DEPENDS@/$depends/" "$root/packaging/debian/control.in" >"$deb/DEBIAN/control"
}

make_package() {
    deb=$staging/deb
    architecture=$(dpkg --print-architecture)
    maintainer="${DEBFULLNAME:-GoTorrent authors} <${DEBEMAIL:-packages@gotorrent.invalid}>"
    fill_package
    depends=$(dependencies)
    # Its symbols are in older ones, too; what was mended in 4.3.4 the symbols do not tell (Sources/CZeroMQ/shim.h).
    # shellcheck disable=SC2001 # a pattern of the shell would be longer
    depends=$(sed 's/libzmq5 ([^)]*)/libzmq5 (>= 4.3.4)/' <<<"$depends")
    [[ $depends == *"libzmq5 (>= 4.3.4)"* ]] || fail "dpkg-shlibdeps does not find libzmq5 among what the programs need: $depends"
    describe_package
    chmod -R u=rwX,go=rX "$deb"
    # xz, which every release of Debian and Ubuntu reads.
    dpkg-deb --root-owner-group -Zxz --build "$deb" "$output/gotorrent_${version}_$architecture.deb" >/dev/null
    echo "$output/gotorrent_${version}_$architecture.deb"
}

make_tarball
if command -v dpkg-deb >/dev/null && command -v dpkg-shlibdeps >/dev/null; then
    make_package
else
    echo "No .deb is built: dpkg-deb and dpkg-shlibdeps (package dpkg-dev) are not both here." >&2
fi
