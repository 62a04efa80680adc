# Machines that are network namespaces of this one, for the scripts that test swarms over them.
#
# It is sourced after setup.sh and says whatever it says in the name of the script that sources it. That script chooses
# $id, the bridge and the beginning of its namespaces' names, and $net, the first three numbers of their addresses, and
# calls remove_machines when it ends, however it ends.

# shellcheck shell=bash disable=SC2154 # id, net and linking are set by who sources this, and by setup.sh
script=$(basename "$0" .sh)

skip() {
    echo "$script: skipped: $*"
    exit 0
}

# Ends the script, without a failure, where namespaces cannot be made or one of the programs in "$@" is missing.
need_namespaces() {
    local program
    [[ $(uname) == Linux ]] || skip "network namespaces are Linux's"
    ((EUID == 0)) || skip "only root makes network namespaces"
    for program in ip tc "$@"; do
        command -v "$program" >/dev/null || skip "there is no '$program' here"
    done
    ip netns add "gotorrent-probe-$$" 2>/dev/null || skip "'ip netns add' is not permitted here"
    ip netns delete "gotorrent-probe-$$"
}

# Leaves the program to test in binary: GOTORRENT_BINARY, or a release build.
choose_binary() {
    local build=${GOTORRENT_BUILD:-$root/.build}
    binary=${GOTORRENT_BINARY:-}
    [[ -z $binary ]] || return 0
    binary=$build/release/gotorrent
    # Linked as run-topology.sh links it, so that neither undoes the other's build.
    choose_linking
    swift build --package-path "$root" --scratch-path "$build" -c release --product gotorrent \
        ${linking[@]+"${linking[@]}"}
}

# The bridge, by which this machine, $net.1, is a neighbour of all others.
make_bridge() {
    ip link add "$id" type bridge
    ip address add "$net.1/24" dev "$id"
    ip link set "$id" up
}

# A machine on the bridge: namespace $id-$1, address $net.(10 + $1), an uplink of $2 (50mbit by default).
make_machine() {
    local n=$1 rate=${2:-50mbit}
    ip netns add "$id-$n"
    # The same card after its machine was away.
    ip link add "$id-$n" type veth peer name eth0 address "$(printf "02:00:00:00:00:%02x" "$n")" netns "$id-$n"
    ip link set "$id-$n" master "$id" up
    ip -n "$id-$n" address add "$net.$((10 + n))/24" dev eth0
    ip -n "$id-$n" link set eth0 up
    ip -n "$id-$n" link set lo up
    tc -n "$id-$n" qdisc add dev eth0 root tbf rate "$rate" burst 64kb latency 200ms
}

# Ends what still runs on machine $1, and takes it away without a packet's notice to others. One that was not made does
# no harm.
remove_machine() {
    local pid
    ip link delete "$id-$1" 2>/dev/null || true
    ip netns pids "$id-$1" 2>/dev/null | while read -r pid; do kill -9 "$pid" 2>/dev/null || true; done || true
    ip netns delete "$id-$1" 2>/dev/null || true
}

# Removes the machines from 1 to $1, and the bridge.
remove_machines() {
    local n
    for ((n = 1; n <= $1; n++)); do remove_machine "$n"; done
    ip link delete "$id" 2>/dev/null || true
}

expect() { # a title and a command
    local title=$1
    shift
    "$@" || { echo "$script: not so: $title" >&2; exit 1; }
}

fails() { ! "$@"; }

step() { printf '%-58s' "$*"; begun=$(date +%s%N); }
passed() {
    local tenths=$((($(date +%s%N) - begun) / 100000000))
    echo "passed in $((tenths / 10)).$((tenths % 10)) s"
}
