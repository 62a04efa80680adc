#!/usr/bin/env bash
# Installs what is missing, builds once, and runs the tests.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
    cat <<'END'
usage: scripts/test.sh [--coverage] [--sanitize thread] [OPTION…]

Runs the whole test suite. All other options go to `swift test`.
  --coverage          afterwards prints the line coverage of every target, and fails where GossipCore, GossipWire or
                      Metainfo have less than 95 %
  --sanitize thread   runs the tests of the sockets under the thread sanitizer, in a build of their own
  --filter REGEX      runs only the tests that match
END
}

coverage=false sanitizer="" filtered=false
arguments=()
while (($#)); do
    case $1 in
    -h | --help)
        usage
        exit 0
        ;;
    --coverage) coverage=true ;;
    --sanitize)
        sanitizer=${2:-}
        [[ -n $sanitizer ]] || { usage >&2; exit 2; }
        shift
        ;;
    --sanitize=*) sanitizer=${1#*=} ;;
    *)
        [[ $1 == --filter* ]] && filtered=true
        arguments+=("$1")
        ;;
    esac
    shift
done

set_up_tests
build=${GOTORRENT_BUILD:-$root/.build}

if [[ -n $sanitizer ]]; then
    # A folder of its own: every module is compiled differently, and neither build should undo the other.
    suppressions=$root/Tests/tsan-suppressions.txt
    if [[ $sanitizer == thread && -e $suppressions ]]; then
        export TSAN_OPTIONS="suppressions=$suppressions ${TSAN_OPTIONS:-}"
    fi
    # Hundreds of runs whose messages must keep to their cycles are not for a program that is ten times slower.
    $filtered || arguments+=(--filter '^(ZeroMQTests|GossipNodeTests)\.' --skip 'RealEqualsSimulatedTests')
    scratch=$root/.build-tsan
    [[ $sanitizer == thread ]] || scratch=$root/.build-$sanitizer
    exec swift test --package-path "$root" --scratch-path "$scratch" --sanitize "$sanitizer" "${arguments[@]}"
fi

# Coverage is collected always: with and without it would be two builds of several minutes.
swift_test=(swift test --package-path "$root" --scratch-path "$build" --enable-code-coverage)
"${swift_test[@]}" ${arguments[@]+"${arguments[@]}"}
if $coverage; then
    python3 "$root/scripts/coverage.py" "$("${swift_test[@]}" --show-codecov-path)"
fi
