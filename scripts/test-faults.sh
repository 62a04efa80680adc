#!/usr/bin/env bash
# Lets go wrong, over real sockets and with real processes, what docs/faults.md lets go wrong in simulation: peers, seeds
# and trackers that are killed, frozen or cut off, a network that loses packets, clocks that are wrong. Each fault has a
# swarm of its own over seven network namespaces on a bridge, with shaped uplinks; four of them run at a time.
#
#   scripts/test-faults.sh [FAULT…]   these alone; --list names them
#
# In each, every peer must complete in time, byte for byte, and the record (`gotorrent monitor --record`) must tell what
# happened. It needs Linux, root, `ip netns`, `tc` and `nft`; elsewhere it says what is missing and is skipped.
# GOTORRENT_BINARY names a gotorrent to test instead of building one, GOTORRENT_BUILD another folder to build in,
# GOTORRENT_LANES how many faults at a time, GOTORRENT_KEEP=1 keeps logs and records.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source=scripts/namespaces.sh
source "$(dirname "${BASH_SOURCE[0]}")/namespaces.sh"
# shellcheck source=scripts/fault-swarm.sh
source "$(dirname "${BASH_SOURCE[0]}")/fault-swarm.sh"

titles=(
    "killed: peers killed, one keeps its store, one does not"
    "killed-single: the same, exchanging single chunks"
    "frozen: a peer frozen for 20 s"
    "seed-gone: a seed killed when the swarm holds everything"
    "seed-missed: a seed killed when it does not, and started"
    "tracker: the tracker killed and started, a peer joins"
    "tracker-single: the same, exchanging single chunks"
    "power: the tracker's machine loses power"
    "bus: the bus lost and back, the tracker alive"
    "cut: the network cut in two and healed"
    "cut-single: the same, exchanging single chunks"
    "loss: 5 % of all packets lost"
    "loss-single: the same, exchanging single chunks"
    "clock: a clock an hour ahead, one an hour behind"
)
faults=("${titles[@]%%:*}")

case ${1:-} in
-h | --help)
    sed -n '2,13s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
--list)
    printf '%s\n' "${titles[@]}"
    exit 0
    ;;
esac
if (($#)); then
    for fault in "$@"; do
        [[ " ${faults[*]} " == *" $fault "* ]] || fail "there is no fault '$fault'; scripts/test-faults.sh --list"
    done
    faults=("$@")
fi

# What is missing is installed where apt is: who may make namespaces may do that too.
install_tools() {
    if ! command -v nft >/dev/null && command -v apt-get >/dev/null; then (install_with_apt nftables) || true; fi
}

need_namespaces
set_up
install_tools
need_namespaces nft
choose_binary

machines=7
work=$(mktemp -d)
prefix=gf$((RANDOM % 1000))
subnet=$((RANDOM % 200 + 20))
lanes=()

# The bridge, namespaces and addresses of the fault of this number.
use_world() {
    id=${prefix}x$1
    net=10.214.$((subnet + $1))
}

# Ends what was started, and removes what was made.
clean_up() {
    local status=$? lane
    for lane in ${lanes[@]+"${lanes[@]}"}; do kill "$lane" 2>/dev/null || true; done
    for ((lane = 0; lane < ${#faults[@]}; lane++)); do
        use_world "$lane"
        remove_machines "$machines"
    done
    if [[ -z ${GOTORRENT_KEEP:-} ]]; then rm -rf "$work"; else echo "kept: $work" >&2; fi
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# MARK: the faults

fault_killed() {
    make_world
    start_swarm
    within 40 "peers 1 and 2 have a part" holds 1 "$part"
    within 40 "peers 1 and 2 have a part" holds 2 "$part"
    end peer1 KILL
    end peer2 KILL
    rm -rf "$dir/peer2"
    within 15 "the record tells that peer1 is silent" recorded peer1 silent "$((part / 10))?[0-9]* of $chunks"
    start_peer 1 3
    start_peer 2 4
    within 10 "peer1 goes on with what it had" said peer1 "chunks=[1-9][0-9]*/$chunks .*listening"
    within 10 "peer2 begins anew" test "$(grep -c "chunks=0/$chunks .*listening" "$dir/peer2.log")" == 2
    expect_completion "$bound"
    expect "the record tells that peer1 is back" recorded peer1 joined again
    expect "the record tells that peer2 lost its chunks" recorded peer2 lost-chunks
    expect "the record tells of no loss at peer1" fails recorded peer1 lost-chunks
}

fault_frozen() {
    make_world
    start_swarm
    within 40 "peer1 has a part" holds 1 "$part"
    end peer1 STOP
    within 15 "the record tells that peer1 is silent" recorded peer1 silent
    sleep $((20 - 2))
    end peer1 CONT
    expect_completion "$bound"
    expect "the record tells that peer1 is back" recorded peer1 back 'after [12][0-9]'
    expect "peer1 did not start anew" fails recorded peer1 joined again
    expect "peer1 took nobody for gone for having slept" fails said peer1 'peer is gone'
}

fault_seed_gone() {
    # A fast seed and slow peers: there is time between its first copy and the swarm's completion.
    make_world 8mbit
    tc -n "$id-2" qdisc change dev eth0 root tbf rate 40mbit burst 64kb latency 200ms
    start_swarm
    within 60 "the peers hold everything between them" holds_everything
    end seed KILL
    expect "no peer has everything then" fails all_complete
    within 15 "the record tells that the seed is silent" recorded seed silent
    expect_completion "$bound"
}

fault_seed_missed() {
    local peer chunk
    make_world
    start_swarm
    within 40 "every peer has a part" each_holds $((part / 2))
    end seed KILL
    within 40 "each says which chunk nobody has" each_said 'stalled.*nobody known holds|nobody known holds.* stalled'
    chunk=$(union)
    for peer in "${peers[@]}"; do
        expect "peer$peer names chunk ${chunk#* }" said "peer$peer" "nobody known holds chunks? ${chunk#* }([^0-9]|\$)"
        expect "the record tells why peer$peer stalls" recorded "peer$peer" stalled 'nobody known holds'
    done
    start_seed
    expect_completion "$bound"
    expect "the record tells that the seed is back" recorded seed joined again
}

fault_tracker() {
    local peer before
    make_world
    start_swarm
    within 40 "every peer has a part" each_holds $((part / 2))
    end tracker KILL
    within 15 "each notices that the clock is silent" each_said 'clock is silent'
    before=$(held 1)
    within 15 "the swarm goes on meanwhile" holds 1 $((before + 3))
    within 15 "the record tells that the clock is silent" recorded tracker clock-silent
    start_tracker
    peers+=(5)
    start_peer 5 1
    within 20 "every member is back" said tracker 'members=6'
    within 20 "the record tells that the clock is back" recorded tracker clock-back
    for peer in 1 2 3 4; do within 20 "peer$peer is in step" said "peer$peer" 'clock is back'; done
    expect_completion "$bound"
}

fault_power() {
    make_world
    start_swarm
    within 40 "every peer has a part" each_holds $((part / 2))
    # No packet tells anyone, and when it is back nothing there knows of any connection.
    remove_machine 1
    within 20 "each notices that the clock is silent" each_said 'clock is silent'
    sleep 4
    make_machine 1 20mbit
    start_tracker
    within 30 "each hears the clock again" each_said 'clock is back'
    within 30 "every member is back" said tracker 'members=5'
    expect_completion "$bound"
    expect "the record tells of both" recorded tracker clock-back
}

fault_bus() {
    make_world
    start_swarm
    within 40 "every peer has a part" each_holds $((part / 2))
    rules 1 'input iifname eth0 tcp dport { 6970, 6971 } drop' 'output oifname eth0 tcp sport { 6970, 6971 } drop'
    within 15 "each notices that the clock is silent" each_said 'clock is silent'
    within 30 "the swarm completes without the bus" all_complete
    sleep 4
    no_rules 1
    within 30 "each hears the clock again" each_said 'clock is back'
    expect "the tracker answered all the time" fails each_said 'tracker does not answer'
    expect_completion "$bound"
    expect "the record tells that the clock was silent" recorded tracker clock-silent
    expect "the record tells that it is back" recorded tracker clock-back
    expect "the cycles went on" counted_on "$rate"
}

fault_cut() {
    local n before3 before4
    make_world
    start_swarm
    within 40 "every peer has a part" each_holds $((part / 2))
    # Peers 3 and 4 on one side; the tracker, the seed, peers 1 and 2 on the other.
    for n in 5 6; do
        rules "$n" "input ip saddr { $net.11, $net.12, $net.13, $net.14 } drop" \
            "output ip daddr { $net.11, $net.12, $net.13, $net.14 } drop"
    done
    before3=$(held 3) before4=$(held 4)
    within 15 "the record tells that peer3 is silent" recorded peer3 silent
    within 60 "peer1 completes" said peer1 'complete$'
    within 60 "peer2 completes" said peer2 'complete$'
    expect "peers 3 and 4 gave each other what they had" test $(($(held 3) + $(held 4))) -gt $((before3 + before4))
    within 30 "peer3 says that the clock is silent" said peer3 'clock is silent'
    within 30 "peer4 says that the tracker does not answer" said peer4 'tracker does not answer'
    for n in 5 6; do no_rules "$n"; done
    expect_completion "$bound"
    expect "the record tells that peer3 is back" recorded peer3 back
    expect "the record tells that peer4 is back" recorded peer4 back
    expect "the cycles went on" counted_on "$rate"
}

fault_loss() {
    local n
    make_world
    for ((n = 1; n <= machines; n++)); do
        rules "$n" 'input iifname eth0 numgen random mod 100 < 5 counter drop'
    done
    start_swarm
    within 60 "every peer has a part" each_holds $((part / 2))
    expect_completion "$bound"
    expect "packets were lost" test "$(ip netns exec "$id-3" nft list table inet fault |
        sed -n 's/.*counter packets \([0-9]*\).*/\1/p')" -gt 20
    expect "the record tells of nobody who failed" fails recorded 'peer[1-4]' failed
}

fault_clock() {
    local compiler off
    compiler=$(command -v cc || command -v clang || true)
    [[ -n $compiler ]] || { echo "skipped: there is no C compiler to shift a clock with" >"$dir/skipped"; return; }
    "$compiler" -shared -fPIC -o "$dir/shifted-clock.so" "$root/scripts/shifted-clock.c" -ldl
    off=(env "LD_PRELOAD=$dir/shifted-clock.so")
    make_world
    start_tracker
    start_monitor
    start_seed
    start_peer 1 3 "${off[@]}" CLOCK_SHIFT=3600
    start_peer 2 4 "${off[@]}" CLOCK_SHIFT=-3600
    start_peer 3 5
    start_peer 4 6
    expect_completion "$bound"
    # What they say of the time of day differs, and the record's seconds do not.
    python3 - "$dir/monitor.out" "$dir/events.csv" <<'PY'
import csv, datetime, json, sys
at = {}
for line in open(sys.argv[1]):
    message = json.loads(line)
    if message.get("event") == "completed":
        at[message["node"]] = datetime.datetime.fromisoformat(message["at"].replace("Z", "+00:00"))
seconds = {row["node"]: float(row["seconds"]) for row in csv.DictReader(open(sys.argv[2])) if row["event"] == "completed"}
ahead = (at["peer1"] - at["peer3"]).total_seconds()
behind = (at["peer2"] - at["peer3"]).total_seconds()
assert 3500 < ahead < 3700 and -3700 < behind < -3500, f"clocks were {ahead} and {behind} s off"
assert max(seconds.values()) - min(seconds.values()) < 60, seconds
PY
}

# MARK: running them

# One fault, in a process of its own. $1: its name, $2: its number.
run_fault() {
    local title number=$2
    fault=$1 dir=$work/$1 mode=bulk bound=90 chunks=128 rate=10
    use_world "$number"
    for title in "${titles[@]}"; do [[ $title == "$fault:"* ]] && break; done
    mkdir "$dir"
    if [[ $fault == *-single ]]; then mode=single chunks=120 rate=5; fi
    part=$((chunks / 4))
    fault=${fault%-single}
    trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
    step "$title"
    "fault_${fault//-/_}"
    if [[ -e $dir/skipped ]]; then echo "skipped"; else passed; fi
}

# Says how a fault went, and of one that failed what its nodes said.
report() { # $1: its name, $2: its exit code
    local log
    cat "$work/$1.line"
    if [[ -e $work/$1/skipped ]]; then cat "$work/$1/skipped"; fi
    (($2)) || return 0
    echo
    cat "$work/$1.error" >&2
    for log in "$work/$1"/*.log "$work/$1/events.csv"; do
        echo "== $log" >&2
        tail -n 15 "$log" >&2
    done
}

head -c $((32 << 20)) /dev/urandom >"$work/bulk"
head -c $((120 << 10)) /dev/urandom >"$work/single"
"$binary" create "$work/bulk" --chunk-size 256KiB --tracker tcp://127.0.0.1:6969 --output "$work/bulk.torrent" >/dev/null
"$binary" create "$work/single" --chunk-size 1KiB --tracker tcp://127.0.0.1:6969 --output "$work/single.torrent" >/dev/null

failed=0 next=0
declare -A running=()
while ((next < ${#faults[@]} || ${#running[@]} > 0)); do
    while ((next < ${#faults[@]} && ${#running[@]} < ${GOTORRENT_LANES:-4})); do
        fault=${faults[next]}
        run_fault "$fault" "$next" >"$work/$fault.line" 2>"$work/$fault.error" &
        running[$!]=$fault
        lanes+=($!)
        next=$((next + 1))
    done
    status=0
    wait -n -p done_pid "${!running[@]}" || status=$?
    fault=${running[$done_pid]}
    unset "running[$done_pid]"
    report "$fault" "$status"
    for ((n = 0; n < ${#faults[@]}; n++)); do
        if [[ ${faults[n]} == "$fault" ]]; then use_world "$n" && remove_machines "$machines"; fi
    done
    ((status == 0)) || failed=$((failed + 1))
done
if ((failed)); then
    echo "$script: $failed of ${#faults[@]} faults were not overcome" >&2
    exit 1
fi
