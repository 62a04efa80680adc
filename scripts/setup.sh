#!/usr/bin/env bash
# Installs what GoTorrent needs and this machine lacks; says nothing when nothing is missing.
#
#   scripts/setup.sh            what building and running need
#   scripts/setup.sh --tests    what the tests need as well
#
# The other scripts source this file and call set_up and set_up_tests. It runs with the bash 3.2 of macOS, in which
# an empty array counts as unset: hence the ${array[@]+...} below.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# A toolchain that swiftly installed is found even where no login shell has put it on the path.
find_swift() {
    local folder
    command -v swift >/dev/null && return
    for folder in "${SWIFTLY_BIN_DIR:-}" ~/.local/share/swiftly/bin ~/.swiftly/bin; do
        if [[ -n $folder && -x $folder/swift ]]; then
            export PATH="$folder:$PATH"
            return
        fi
    done
    fail "GoTorrent is built with Swift 6.2 or later, and there is no 'swift' here." \
        "Get it from https://www.swift.org/install and run this again."
}

# Leaves what the toolchain says of itself in swift_version.
check_swift() {
    find_swift
    swift_version=$(swift --version 2>&1) ||
        fail "'swift --version' fails; the toolchain is not complete:" "$swift_version" \
            "Get one from https://www.swift.org/install and run this again."
    if [[ ! $swift_version =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]]; then
        fail "'swift --version' gives no version:" "$swift_version"
    fi
    if ((BASH_REMATCH[1] * 1000 + BASH_REMATCH[2] < 6002)); then
        fail "GoTorrent is built with Swift 6.2 or later; here is ${BASH_REMATCH[1]}.${BASH_REMATCH[2]}." \
            "Get a newer one from https://www.swift.org/install and run this again."
    fi
}

# Leaves in linking what a release build is given: the Swift libraries inside the binary. It starts faster, takes less
# memory, and needs nothing but libzmq on a host that it is copied to. Not every Linux toolchain brings the archives, and
# macOS has the libraries in the system.
# shellcheck disable=SC2034 # for the scripts that source this one
choose_linking() {
    linking=()
    if [[ $(uname) == Linux && -d $(dirname "$(readlink -f "$(command -v swift)")")/../lib/swift_static ]]; then
        linking=(--static-swift-stdlib)
    fi
}

# Lets builds know their commit, for `--version`; whoever sets it knows better.
name_commit() {
    : "${GOTORRENT_COMMIT:=$("$root/scripts/version.sh" --commit)}"
    export GOTORRENT_COMMIT
}

has_libzmq() { pkg-config --exists 'libzmq >= 4.3.4' 2>/dev/null; }

# gnuplot draws letters with whatever font it finds, and none at all without one. macOS brings its own.
has_font() {
    [[ $(uname) == Darwin ]] && return
    [[ -n $(find /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts \
        \( -name '*.ttf' -o -name '*.otf' \) -print 2>/dev/null | head -n 1) ]]
}

# The python3 that has pyzmq: the first one on the path may be another than the system's.
find_python() {
    local candidate
    for candidate in "${GOTORRENT_PYTHON:-}" python3 /usr/bin/python3 "$root/.build/python/bin/python3"; do
        if [[ -n $candidate ]] && "$candidate" -c 'import zmq' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# A python3 of our own with pyzmq, where packages bring none: Homebrew, or a python3 that is not the system's.
make_python() {
    quietly python3 -m venv "$root/.build/python" || return
    quietly "$root/.build/python/bin/python3" -m pip install --quiet pyzmq
}

# Prints the packages that are missing, one a line, by their names in apt or Homebrew ($1); with "install" in $2 those
# that only an installation needs, too, and with "tests" those that only the tests need.
missing_packages() {
    local apt=false
    [[ $1 == apt ]] && apt=true
    command -v git >/dev/null || echo git
    command -v pkg-config >/dev/null || { $apt && echo pkg-config || echo pkgconf; }
    has_libzmq || { $apt && echo libzmq3-dev || echo zeromq; }
    command -v gnuplot >/dev/null || { $apt && echo gnuplot-nox || echo gnuplot; }
    has_font || echo fonts-dejavu-core
    if [[ $2 != run ]]; then command -v python3 >/dev/null || echo python3; fi
    if [[ $2 == tests ]]; then
        if $apt && ! find_python >/dev/null; then echo python3-zmq; fi
    fi
}

# Runs a command, its output shown only when it fails.
quietly() {
    local output
    output=$("$@" 2>&1) || { printf '%s\n' "$output" >&2; return 1; }
}

# Installs the packages given with apt-get, as root or by sudo.
install_with_apt() {
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120)
    local ask="sudo apt-get update && sudo apt-get install --yes $*"
    if ((EUID != 0)); then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            command=(sudo -n "${command[@]}")
        elif command -v sudo >/dev/null && [[ -t 0 && -t 2 ]]; then
            echo "Needed and missing: $*. To install them, sudo asks for your password." >&2
            sudo -v || fail "Without it, ask an administrator for:" "  $ask"
            command=(sudo "${command[@]}")
        else
            fail "Needed and missing: $*. Ask an administrator for:" "  $ask" "and run this again."
        fi
    fi
    echo "Installing $*" >&2
    # An index that cannot be brought up to date may still be good enough for the installation.
    quietly "${command[@]}" -qq update || true
    quietly "${command[@]}" -qq install --yes --no-install-recommends "$@" ||
        fail "The installation failed. When its reason is gone, this does it by hand:" "  $ask"
}

install_with_brew() {
    command -v brew >/dev/null ||
        fail "Needed and missing: $*. Get Homebrew from https://brew.sh and run this again."
    echo "Installing $*" >&2
    quietly brew install --quiet "$@" ||
        fail "The installation failed. When its reason is gone, this does it by hand:" "  brew install $*"
}

install_missing() {
    local manager=apt missing=() package
    [[ $(uname) == Darwin ]] && manager=brew
    while read -r package; do missing+=("$package"); done < <(missing_packages "$manager" "$1")
    ((${#missing[@]})) || return 0
    if [[ $manager == brew ]]; then
        install_with_brew "${missing[@]}"
    elif command -v apt-get >/dev/null; then
        install_with_apt "${missing[@]}"
    else
        fail "Needed and missing, by their names in Debian: ${missing[*]}." \
            "This script installs with apt or Homebrew; install them your way and run it again."
    fi
    has_libzmq ||
        fail "libzmq 4.3.4 or later is needed; here is $(pkg-config --modversion libzmq 2>/dev/null || echo none)."
}

set_up() {
    check_swift
    install_missing run
}

# Manual pages are written by a script in Python.
set_up_install() {
    check_swift
    install_missing install
    command -v strip >/dev/null || fail "'strip' is needed, and there is none here; it is part of binutils."
}

# Leaves the python3 with pyzmq in GOTORRENT_PYTHON, for the test that joins a swarm from Python.
set_up_tests() {
    check_swift
    install_missing tests
    if ! find_python >/dev/null; then
        make_python || fail "The tests join a swarm from Python, and pyzmq could not be installed:" \
            "  pip install pyzmq"
    fi
    GOTORRENT_PYTHON=$(find_python) || fail "pyzmq was installed, but no python3 can import zmq."
    export GOTORRENT_PYTHON
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
    case ${1:-} in
    "") set_up ;;
    --tests) set_up_tests ;;
    *) sed -n '2,5s/^# \{0,1\}//p' "$0" ;;
    esac
fi
