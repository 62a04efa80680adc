#!/usr/bin/env bash
# Runs simulated swarms with faults, in a release build, and checks their invariants.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
    cat <<'END'
usage: scripts/simulate-faults.sh [COUNT] [FROM-SEED]

Runs COUNT seeds (300 by default), beginning with FROM-SEED (1 by default), half of them through the wire's frames.
Ends with 1 and a report where one breaks an invariant.
END
}

case ${1:-} in
-h | --help)
    usage
    exit 0
    ;;
esac

set_up
build=${GOTORRENT_BUILD:-$root/.build}
binary=${GOTORRENT_BINARY:-$build/release/gotorrent}
if [[ -z ${GOTORRENT_BINARY:-} ]]; then
    # Linked as run-topology.sh links it, so that neither undoes the other's build.
    choose_linking
    swift build --package-path "$root" --scratch-path "$build" -c release --product gotorrent \
        ${linking[@]+"${linking[@]}"}
fi

count=${1:-300}
first=${2:-1}
half=$((count / 2))
"$binary" torture --from-seed "$first" --count $((count - half))
if ((half > 0)); then "$binary" torture --from-seed $((first + count - half)) --count "$half" --encoded; fi
