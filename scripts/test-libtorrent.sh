#!/usr/bin/env bash
# Has libtorrent read what `gotorrent create` writes, and verify the data against it.
#
# For tests and development: GOTORRENT_BINARY names a gotorrent to use instead of building one, GOTORRENT_BUILD another
# folder to build in.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
    cat <<'END'
usage: scripts/test-libtorrent.sh [--fixtures]

Describes files and folders of many lengths with gotorrent and with libtorrent 2.1, compares the two metafiles, and has
libtorrent verify the data against ours. Installs libtorrent into a folder of its own; where that fails it says so and
ends with 0: nothing was checked then.
  --fixtures   instead writes the metafiles by libtorrent that the tests of Metainfo read
END
}

build=${GOTORRENT_BUILD:-$root/.build}
python=$build/libtorrent/bin/python3

has_libtorrent() { "$python" -c 'import libtorrent; assert libtorrent.__version__.startswith("2.1.")' 2>/dev/null; }

# The reason of a failure goes to the file in $1.
install_libtorrent() {
    has_libtorrent && return
    mkdir -p "$build"
    python3 -m venv "$build/libtorrent" >"$1" 2>&1 || return 1
    "$python" -m pip install --quiet --disable-pip-version-check 'libtorrent==2.1.*' >"$1" 2>&1 || return 1
    has_libtorrent || { echo "what was installed cannot be loaded" >"$1" && return 1; }
}

case ${1:-} in
-h | --help)
    usage
    exit 0
    ;;
"" | --fixtures) ;;
*)
    usage >&2
    exit 64
    ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! install_libtorrent "$work/reason"; then
    echo "skipped: libtorrent 2.1 cannot be installed here: $(tail -n 1 "$work/reason")"
    exit 0
fi

if [[ ${1:-} == --fixtures ]]; then
    "$python" "$root/scripts/libtorrent_check.py" fixtures "$root/Tests/MetainfoTests/Fixtures"
    exit
fi

set_up
binary=${GOTORRENT_BINARY:-$build/release/gotorrent}
if [[ -z ${GOTORRENT_BINARY:-} ]]; then
    # Linked as run-topology.sh links it, so that neither undoes the other's build.
    choose_linking
    swift build --package-path "$root" --scratch-path "$build" -c release --product gotorrent \
        ${linking[@]+"${linking[@]}"}
fi
"$python" "$root/scripts/libtorrent_check.py" check "$binary" "$work"
