#!/usr/bin/env bash
# Installs what is missing, builds GoTorrent in release mode, and runs a topology to completion.
#
# It becomes `gotorrent run`, so signals and the exit code are that program's. For tests and development:
# GOTORRENT_BINARY names a gotorrent to run instead of building one, GOTORRENT_BUILD another folder to build in.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
    cat <<'END'
usage: scripts/run-topology.sh FILE [OPTION…]

Runs the swarm that FILE, a topology.yaml, describes: a tracker, a seed and peers, each a process of its own. Shows
its progress, and leaves figures, tables, logs and what the peers downloaded in a run directory. Exits 0 only if
every peer holds a verified full copy. Installs and builds before whatever is missing.

Options go to `gotorrent run`; the most used ones:
  --style push|pull|push-pull   who asks whom
  --chunk-selection NAME        random, rarest-first, …
  --fanout N                    partners a node draws each cycle
  --cycle DURATION              the length of a cycle, such as 100ms
  --output DIR                  the run directory
  --web [ADDRESS]               show the swarm in a browser as well (builds gotorrent-web, too)

For example:
  scripts/run-topology.sh topology.yaml --style pull --cycle 100ms
END
}

# What is to be built: the page's server only for those who want the page.
products=(gotorrent)
for option in "$@"; do
    case $option in --web | --web=*) products=(gotorrent gotorrent-web) ;; esac
done

build=${GOTORRENT_BUILD:-$root/.build}
binary=${GOTORRENT_BINARY:-$build/release/gotorrent}

# Of each product, which toolchain built it and when.
stamp() { echo "$build/$1.stamp"; }

# Whether a product was built by this toolchain and nothing that it is made of is newer: asking SwiftPM would take longer
# than a swarm takes to start.
is_built() {
    local newer stamp
    stamp=$(stamp "$1")
    [[ -x $build/release/$1 && -e $stamp && $(<"$stamp") == "$swift_version" ]] || return 1
    newer=$(find "$root/Sources" "$root/Package.swift" -newer "$stamp" -print | head -n 1)
    [[ -z $newer ]]
}

# Builds one product in a process group of its own, so that an interruption reaches the compilers as well.
build_release() {
    local product=$1 log started job status=0 shown=false
    log=$(mktemp)
    started=$(mktemp)
    set -m
    swift build --package-path "$root" --scratch-path "$build" -c release --product "$product" \
        ${linking[@]+"${linking[@]}"} >"$log" 2>&1 </dev/null &
    job=$!
    set +m
    # shellcheck disable=SC2064 # their values now are meant
    trap "kill -TERM -- -$job 2>/dev/null || true; wait $job 2>/dev/null || true; rm -f '$log' '$started'" EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
    SECONDS=0
    while kill -0 "$job" 2>/dev/null; do
        if ! $shown && ((SECONDS >= 3)); then
            echo "Building $product (the first time takes a few minutes)…" >&2
            shown=true
        fi
        sleep 0.2
    done
    wait "$job" || status=$?
    if ((status != 0)); then
        grep -vE '^\[[0-9]+/[0-9]+\] ' "$log" >&2 || true
        fail "$product could not be built."
    fi
    # Sources changed during the build count as newer than it.
    printf '%s\n' "$swift_version" >"$(stamp "$product")"
    touch -r "$started" "$(stamp "$product")"
    trap - EXIT INT TERM HUP
    rm -f "$log" "$started"
}

case ${1:-} in
-h | --help)
    usage
    exit 0
    ;;
"")
    usage
    exit 2
    ;;
-*) ;; # an option before the file: gotorrent finds the file itself
*)
    # Said before minutes of building.
    if [[ ! -e $1 || -d $1 ]]; then
        echo "$1: there is no such file; name a topology, such as $root/topology.yaml" >&2
        exit 2
    fi
    ;;
esac

set_up
if [[ -z ${GOTORRENT_BINARY:-} ]]; then
    choose_linking
    name_commit
    for product in "${products[@]}"; do is_built "$product" || build_release "$product"; done
fi
exec "$binary" run "$@"
