#!/usr/bin/env bash
# Installs what is missing, builds once, and runs the tests.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
    cat <<'END'
usage: scripts/test.sh [--coverage] [--retry] [--sanitize thread|address] [OPTION…]

Runs the whole test suite, in three parts. All other options go to `swift test`.
  --coverage          afterwards prints the line coverage of every target, and fails where GossipCore, GossipWire or
                      Metainfo have less than 95 %; GOTORRENT_LCOV names a file to write it to as lcov, too
  --retry             runs the tests that failed once more, by themselves, and names those that pass then; a crash, or
                      more than five failures, is not tried again
  --sanitize thread   runs the tests under the thread sanitizer, in a build of their own; address likewise
  --sockets           of a sanitizer's run only the tests of the sockets
  --filter REGEX      runs only the tests that match, in one part
END
}

coverage=false retry=false sanitizer="" sockets=false filtered=false
arguments=()
while (($#)); do
    case $1 in
    -h | --help)
        usage
        exit 0
        ;;
    --coverage) coverage=true ;;
    --retry) retry=true ;;
    --sanitize)
        sanitizer=${2:-}
        [[ -n $sanitizer ]] || { usage >&2; exit 2; }
        shift
        ;;
    --sanitize=*) sanitizer=${1#*=} ;;
    --sockets) sockets=true ;;
    *)
        [[ $1 == --filter* ]] && filtered=true
        arguments+=("$1")
        ;;
    esac
    shift
done

if $sockets && [[ -z $sanitizer ]]; then
    usage >&2
    exit 2
fi
set_up_tests

# A build of its own for the sanitizer: every module is compiled differently, and neither build should undo the other.
options=(--package-path "$root" --scratch-path "${GOTORRENT_BUILD:-$root/.build}")
case $sanitizer in
"") ;;
thread) options=(--package-path "$root" --scratch-path "$root/.build-tsan" --sanitize thread) ;;
address) options=(--package-path "$root" --scratch-path "$root/.build-asan" --sanitize address) ;;
*)
    usage >&2
    exit 2
    ;;
esac
built=()
profiles=$(mktemp -d)
log=$profiles/log
trap 'rm -rf "$profiles"' EXIT

failed=false tests=0 suites=0
run_part() {
    local status=0 names
    swift test "${options[@]}" ${built[@]+"${built[@]}"} ${arguments[@]+"${arguments[@]}"} "$@" 2>&1 | tee "$log" || status=1
    if [[ $(grep -E 'Test run with [0-9]+ test' "$log" | tail -n 1) =~ with\ ([0-9]+)\ tests?\ in\ ([0-9]+)\ suite ]]; then
        tests=$((tests + BASH_REMATCH[1])) suites=$((suites + BASH_REMATCH[2]))
    else
        failed=true
        return
    fi
    ((status == 0)) && return
    mapfile -t names < <(tests_to_repeat)
    if ! $retry || ((${#names[@]} == 0 || ${#names[@]} > 5)); then
        failed=true
        return
    fi
    echo "== once more, by themselves: ${names[*]}"
    if swift test "${options[@]}" --skip-build --filter "/($(IFS='|'; echo "${names[*]}"))\("; then
        flaky+=("${names[@]}")
    else
        failed=true
    fi
}

# The functions of the tests that failed; none where the sanitizer found something, which is no matter of chance.
flaky=()
tests_to_repeat() {
    grep -q 'Sanitizer:' "$log" || sed -nE 's/^✘ Test ([A-Za-z0-9_]+)\(.* failed after .*/\1/p' "$log" | sort -u
}

# One after the other: a test that computes for seconds holds one of the few threads that all tests share, and what waits
# for a process or a message meanwhile comes too late to disturb a swarm in its middle.
node_parts='^(ZeroMQTests|GossipNodeTests)\.'
run_all() {
    run_part --skip '^(ZeroMQTests|GossipNodeTests|EndToEndTests)\.' "$@"
    run_part --filter "$node_parts" "$@"
    run_part --filter '^EndToEndTests\.' "$@"
}

# Says how it went, with the counts that `swift test` ends with.
conclude() {
    if ((${#flaky[@]} > 0)); then echo "warning: failed at first and passed when run again: ${flaky[*]}" >&2; fi
    if $failed; then
        echo "Test run with $tests tests in $suites suites failed" >&2
        exit 1
    fi
    echo "Test run with $tests tests in $suites suites passed"
}

if [[ -n $sanitizer ]]; then
    export TSAN_OPTIONS="suppressions=$root/Tests/tsan-suppressions.txt ${TSAN_OPTIONS:-}"
    # Leaks would be those of Foundation, which keeps a page for each empty file that it reads.
    export ASAN_OPTIONS="suppressions=$root/Tests/asan-suppressions.txt:detect_leaks=0 ${ASAN_OPTIONS:-}"
    # For the tests that measure the program.
    export GOTORRENT_SANITIZED=1
    # Hundreds of runs whose messages must keep to their cycles are not for a program that is ten times slower.
    slow=(--skip 'RealEqualsSimulatedTests')
    if $filtered; then
        run_part
    elif $sockets; then
        run_part --filter "$node_parts" "${slow[@]}"
    else
        run_all "${slow[@]}"
    fi
    conclude
    exit
fi

# Prints the path of a file that says which lines all parts together covered.
export_coverage() {
    local tools resources
    resources=$(swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
    tools=$resources/../../bin
    "$tools/llvm-profdata" merge -sparse -failure-mode=all "$profiles"/*.profraw -o "$profiles/all.profdata"
    "$tools/llvm-cov" export -summary-only -instr-profile="$profiles/all.profdata" \
        "$(swift build "${options[@]}" --show-bin-path)/gotorrentPackageTests.xctest" >"$profiles/coverage.json"
    if [[ -n ${GOTORRENT_LCOV:-} ]]; then
        "$tools/llvm-cov" export -format=lcov -instr-profile="$profiles/all.profdata" \
            -ignore-filename-regex='/(\.build|Tests)/' \
            "$(swift build "${options[@]}" --show-bin-path)/gotorrentPackageTests.xctest" >"$GOTORRENT_LCOV"
    fi
    echo "$profiles/coverage.json"
}

# Coverage is collected always: with and without it would be two builds of several minutes. The profiles of all parts and
# of the processes that they start go to one folder, of ours: `swift test` would empty its own before each part, and fails
# where a process was killed while it wrote its profile, which is what some tests do.
export LLVM_PROFILE_FILE=$profiles/%m-%p.profraw
swift build "${options[@]}" --build-tests --enable-code-coverage
built=(--skip-build)
if $filtered; then
    run_part
else
    run_all
fi
conclude

if $coverage; then python3 "$root/scripts/coverage.py" "$(export_coverage)"; fi
