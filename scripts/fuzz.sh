#!/usr/bin/env bash
# Fuzzes the decoders and the state machines with libFuzzer and the address sanitizer; see docs/fuzzing.md.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
    cat <<'END'
usage: scripts/fuzz.sh [OPTION…] [TARGET…]

Builds the fuzzer and runs each target, all where none is named, from its corpus in Tests/Fuzz/corpus/TARGET.
  --seconds N     for so long each (60)
  --jobs N        so many targets at a time (2)
  --replay FILE   runs one input of one TARGET and shows what comes of it
  --minimize      adds what was found to the corpus, and keeps of it what reaches something that nothing else does
  --list          prints the targets' names
What is found in a run stays in .build-fuzz/found/TARGET, an input that fails in .build-fuzz/crashes; the script then
ends with 1 and says how to replay it.
END
}

seconds=60 jobs=2 replayed="" minimizes=false lists=false
targets=()
while (($#)); do
    case $1 in
    -h | --help)
        usage
        exit 0
        ;;
    --seconds | --jobs)
        [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || { usage >&2; exit 64; }
        if [[ $1 == --seconds ]]; then seconds=$2; else jobs=$2; fi
        shift
        ;;
    --replay)
        [[ -f ${2:-} ]] || fail "--replay needs the path of an input"
        replayed=$(realpath "$2")
        shift
        ;;
    --minimize) minimizes=true ;;
    --list) lists=true ;;
    -*)
        usage >&2
        exit 64
        ;;
    *) targets+=("$1") ;;
    esac
    shift
done

# Mac toolchains come without libFuzzer.
[[ $(uname) == Linux ]] || fail "libFuzzer is part of the Swift toolchain for Linux alone; run this there." \
    "Everywhere else the tests run the corpus: scripts/test.sh --filter FuzzTests"

# A topology names files beside it: inputs that reach far name some of this folder.
cd "$root"
set_up
scratch=${GOTORRENT_FUZZ_BUILD:-$root/.build-fuzz}
fuzz=$scratch/release/fuzz
corpus=$root/Tests/Fuzz/corpus

# A folder of its own, for every module is compiled differently. Assertions stay on in an optimised build.
GOTORRENT_FUZZ=1 swift build --package-path "$root" --scratch-path "$scratch" -c release --product fuzz \
    --sanitize address -Xswiftc -sanitize=fuzzer -Xswiftc -assert-config -Xswiftc Debug

# Swift's own report of a trap reads memory as the sanitizer forbids. Of what was freed 16 MiB are kept to be watched.
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=quarantine_size_mb=16${ASAN_OPTIONS:+:$ASAN_OPTIONS}

known=$("$fuzz" --list)
if $lists; then
    echo "$known"
    exit 0
fi
if ((${#targets[@]} == 0)); then
    while read -r name; do targets+=("$name"); done <<<"$known"
fi
for target in "${targets[@]}"; do
    grep -qxF -- "$target" <<<"$known" || fail "there is no target $target; --list prints them"
done

if [[ -n $replayed ]]; then
    ((${#targets[@]} == 1)) || fail "--replay needs the name of one target"
    GOTORRENT_FUZZ_TARGET=${targets[0]} exec "$fuzz" "$replayed"
fi

crashes=$scratch/crashes
mkdir -p "$crashes" "$scratch/logs"
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
if command -v python3 >/dev/null; then python3 "$root/scripts/fuzz_seeds.py" "$seeds"; fi

# An input that takes 5 s, a process with 512 MiB and a piece of memory of 64 MiB are failures as well.
bounds=(-max_len=4096 -timeout=5 -rss_limit_mb=512 -malloc_limit_mb=64)

# Prints a line with the inputs that were run, how many a second, and what they reached.
run_target() {
    local target=$1 log=$scratch/logs/$1.log status=0
    mkdir -p "$scratch/found/$target" "$corpus/$target" "$seeds/$target"
    GOTORRENT_FUZZ_TARGET=$target "$fuzz" "${bounds[@]}" -max_total_time="$seconds" -print_final_stats=1 \
        -artifact_prefix="$crashes/$target-" \
        "$scratch/found/$target" "$corpus/$target" "$seeds/$target" >"$log" 2>&1 || status=$?
    if ((status != 0)); then
        echo "$target: FAILED; from $log:"
        grep -aE 'Fatal error|ERROR:|SUMMARY|^ +#[0-9]+ .*/(Sources|Tests)/' "$log" | head -n 20 | cut -c1-300
        return 1
    fi
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs," \
        "$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log") a second," \
        "$(grep -oE 'cov: [0-9]+ ft: [0-9]+' "$log" | tail -n 1), $(sed -n 's/^stat::peak_rss_mb: *//p' "$log") MiB"
}

# The smallest set of inputs, found or kept, that reaches all that they reach together.
minimize() {
    local target=$1 kept
    kept=$(mktemp -d)
    GOTORRENT_FUZZ_TARGET=$target "$fuzz" "${bounds[@]}" -set_cover_merge=1 -use_counters=0 "$kept" \
        "$corpus/$target" "$scratch/found/$target" "$seeds/$target" >"$scratch/logs/$target-merge.log" 2>&1
    # libFuzzer names inputs by their SHA-1; one with another name was put there by hand, and stays.
    find "$corpus/$target" -type f -regextype posix-extended -regex '.*/[0-9a-f]{40}' -delete
    find "$kept" -type f -exec mv {} "$corpus/$target/" \;
    rm -rf "$kept"
    echo "$target: $(find "$corpus/$target" -type f | wc -l) inputs kept"
}

if $minimizes; then
    for target in "${targets[@]}"; do
        mkdir -p "$scratch/found/$target" "$corpus/$target" "$seeds/$target"
        minimize "$target"
    done
    exit 0
fi

before=$(find "$crashes" -type f | sort)
failed=false running=()
for target in "${targets[@]}"; do
    if ((${#running[@]} == jobs)); then
        wait "${running[0]}" || failed=true
        running=(${running[@]+"${running[@]:1}"})
    fi
    run_target "$target" &
    running+=($!)
done
for job in ${running[@]+"${running[@]}"}; do wait "$job" || failed=true; done

while read -r crash; do
    [[ -n $crash ]] || continue
    target=$(basename "$crash" | sed -E 's/-(crash|oom|timeout|leak|slow-unit)-[0-9a-f]+$//')
    echo "an input that fails: $crash" "replay it with: scripts/fuzz.sh --replay $crash $target"
done < <(comm -13 <(echo "$before") <(find "$crashes" -type f | sort))
if $failed; then exit 1; fi
