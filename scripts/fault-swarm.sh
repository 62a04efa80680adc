# One swarm over machines of namespaces.sh, and what is asked of it, for the script that lets it go wrong.
#
# It is sourced after namespaces.sh, by a script that has chosen $binary, $work, $machines and for each swarm $fault (its
# name), $dir (its folder), $mode (bulk or single), $id and $net.

# shellcheck shell=bash disable=SC2154 # all of these are set by who sources this

# Starts a program on a machine. $1: its name, $2: the machine, then the program. Its process number is in pid_NAME.
spawn() {
    local name=$1 n=$2
    shift 2
    ip netns exec "$id-$n" "$@" >>"$dir/$name.out" 2>>"$dir/$name.log" &
    printf -v "pid_$name" %s $!
}

end() { # $1: a name, $2: a signal
    local pid=pid_$1
    kill "-$2" "${!pid}"
    if [[ $2 == KILL || $2 == TERM || $2 == INT ]]; then wait "${!pid}" 2>/dev/null || true; fi
}

start_tracker() {
    spawn tracker 1 "$binary" tracker --cycle "$cycle" --bind 'tcp://*:6969' --log-level debug
}

start_monitor() {
    spawn monitor 7 "$binary" monitor "tcp://$net.11:6970" --json --record "$dir/events.csv"
    within 20 "the monitor hears the clock" grep -q cycle "$dir/monitor.out"
}

start_seed() { spawn seed 2 "$binary" seed "$metafile" --data "$file" "${node[@]}" --name seed; }

start_peer() { # $1: its number, $2: its machine, then what it is started by
    local number=$1 n=$2
    shift 2
    spawn "peer$number" "$n" "$@" "$binary" get "$metafile" --output "$dir/peer$number" --stay forever \
        "${node[@]}" --name "peer$number"
}

# Makes the machines, and the options of nodes: the tracker is on machine 1, the seed on 2, peers 1 to 4 on 3 to 6, a
# monitor that records on 7. $1: the uplink.
make_world() {
    local n rate=${1:-20mbit}
    make_bridge
    for ((n = 1; n <= machines; n++)); do make_machine "$n" "$rate"; done
    metafile=$work/$mode.torrent file=$work/$mode
    node=(--tracker "tcp://$net.11:6969" --bind 'tcp://*:7000' --json)
    cycle=100ms
    if [[ $mode == single ]]; then
        cycle=200ms
        node+=(--cycle 200ms)
    fi
    peers=(1 2 3 4)
}

start_swarm() {
    local peer
    start_tracker
    start_monitor
    start_seed
    for peer in "${peers[@]}"; do start_peer "$peer" $((peer + 2)); done
}

# Waits until a command succeeds. $1: seconds at most, $2: what is waited for.
within() {
    local deadline=$((SECONDS + $1)) title=$2
    shift 2
    until "$@"; do
        if ((SECONDS >= deadline)); then
            echo "$script: $fault: not within its time: $title" >&2
            exit 1
        fi
        sleep 0.2
    done
}

# The chunks that peer $1 holds, as it told last.
held() { tail -n 1 "$dir/peer$1.out" 2>/dev/null | sed -n 's/.*"chunks_held": *\([0-9]*\).*/\1/p'; }

holds() { # $1: a peer, $2: chunks
    local now
    now=$(held "$1")
    ((${now:-0} >= $2))
}

each_holds() { # $1: chunks
    local peer
    for peer in "${peers[@]}"; do holds "$peer" "$1" || return 1; done
}

said() { grep -qE -- "$2" "$dir/$1.log"; } # $1: a node, $2: what

each_said() { # $1: what
    local peer
    for peer in "${peers[@]}"; do said "peer$peer" "$1" || return 1; done
}

all_complete() {
    local peer
    for peer in "${peers[@]}"; do cmp -s "$file" "$dir/peer$peer/$(basename "$file")" || return 1; done
}

# Whether the record has a row of a node and kind. $1: the node, $2: the kind, $3: what its detail says.
recorded() { grep -qE "^[0-9]+,[0-9.]+,$1,$2,.*${3:-}" "$dir/events.csv"; }

# How many chunks the peers hold between them, and the first that none does, as the bus said last.
union() {
    python3 - "$dir/monitor.out" "${peers[@]/#/peer}" <<'PY'
import json, sys
held, count = {}, 0
for line in open(sys.argv[1]):
    if '"progress.' not in line or not line.endswith("\n"):
        continue
    message = json.loads(line)
    held[message["node"]] = int(message["bitfield"], 16)
    count = message["chunk_count"]
size = (count + 7) // 8 * 8
union = 0
for name in sys.argv[2:]:
    union |= held.get(name, 0)
missing = [chunk for chunk in range(count) if not union >> (size - 1 - chunk) & 1]
print(bin(union).count("1"), missing[0] if missing else -1)
PY
}

holds_everything() { [[ $(union) == *" -1" && $(union) != "0 "* ]]; }

# Whoever heard the clock again had counted on meanwhile, as the clock did. $1: cycles a second.
counted_on() {
    python3 - "$1" "$dir"/peer?.log <<'PY'
import datetime, re, sys
def read(pattern, line):
    found = re.match(r"(\S+) \S+ \S+ .*?\bcycle=(\d+) .*" + pattern, line)
    return found and (datetime.datetime.fromisoformat(found[1][:19]), int(found[2]))
for path in sys.argv[2:]:
    silent = None
    for line in open(path):
        silent = read("the clock is silent", line) or silent
        back = read("the clock is back", line)
        if back and silent:
            seconds, cycles = (back[0] - silent[0]).total_seconds(), back[1] - silent[1]
            if abs(cycles - seconds * float(sys.argv[1])) > 2 * float(sys.argv[1]) + 10:
                sys.exit(f"{path}: {cycles} cycles in {seconds} s")
PY
}

# Rules of a machine's network. $1: the machine, then rules for what comes and for what leaves.
rules() {
    local n=$1 rule
    shift
    ip netns exec "$id-$n" nft add table inet fault
    ip netns exec "$id-$n" nft add chain inet fault input '{ type filter hook input priority 0; }'
    ip netns exec "$id-$n" nft add chain inet fault output '{ type filter hook output priority 0; }'
    for rule in "$@"; do
        # shellcheck disable=SC2086 # a rule of several words
        ip netns exec "$id-$n" nft add rule inet fault $rule
    done
}

no_rules() { ip netns exec "$id-$1" nft delete table inet fault; }

# Every peer completes in $1 seconds, byte for byte; then all end in good order and leave nothing.
expect_completion() {
    local peer name status pid left
    within "$1" "every peer has a copy, byte for byte" all_complete
    within 10 "every peer says so" each_said 'complete$'
    for peer in "${peers[@]}"; do within 10 "the record tells of peer$peer's completion" recorded "peer$peer" completed; done
    for name in "${peers[@]/#/peer}" seed tracker monitor; do
        pid=pid_$name status=0
        kill -TERM "${!pid}" 2>/dev/null || continue
        wait "${!pid}" || status=$?
        expect "$name ends by itself, not with $status" test "$status" == 130
    done
    for peer in "${peers[@]}"; do
        left=$(find "$dir/peer$peer" -mindepth 1 ! -name "$(basename "$file")")
        expect "peer$peer leaves nothing beside its copy, not $left" test -z "$left"
    done
    left=$(for ((peer = 1; peer <= machines; peer++)); do ip netns pids "$id-$peer"; done)
    expect "no process is left, not $left" test -z "$left"
}
