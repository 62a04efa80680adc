#!/usr/bin/env bash
# Installs what is missing, builds GoTorrent in release mode, and runs a topology to completion.
#
# It becomes `gotorrent run`, so signals and the exit code are that program's. For tests and development:
# GOTORRENT_BINARY names a gotorrent to run instead of building one, GOTORRENT_BUILD another folder to build in.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source=scripts/release.sh
source "$root/scripts/release.sh"

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

binary=${GOTORRENT_BINARY:-$build/release/gotorrent}

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
