#!/usr/bin/env bash
# Runs swarms over several machines that are network namespaces of this one: each has an address, a shaped uplink and an
# sshd of its own. Then it disturbs them: a host that is unplugged, a launcher that is killed, a key that is refused, a
# host without libzmq, a full disk, a launcher that leaves and comes back.
#
# It needs Linux, root, `ip netns`, `tc` and sshd; elsewhere it says what is missing and is skipped.
# GOTORRENT_BINARY names a gotorrent to test instead of building one, GOTORRENT_BUILD another folder to build in.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source=scripts/namespaces.sh
source "$(dirname "${BASH_SOURCE[0]}")/namespaces.sh"

case ${1:-} in
"") ;;
-h | --help)
    sed -n '2,7s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
*) fail "usage: scripts/test-machines.sh" ;;
esac

need_namespaces unshare
set_up
sshd=$(command -v sshd || echo /usr/sbin/sshd)
if [[ ! -x $sshd ]] && command -v apt-get >/dev/null; then
    # Its own service would take port 22 of this machine, which nobody asked for.
    made_policy=false
    if [[ ! -e /usr/sbin/policy-rc.d ]]; then
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
        chmod 755 /usr/sbin/policy-rc.d
        made_policy=true
    fi
    (install_with_apt openssh-server) || true
    if $made_policy; then rm -f /usr/sbin/policy-rc.d; fi
fi
[[ -x $sshd ]] || skip "there is no sshd here (Debian: apt-get install openssh-server)"
mkdir -p /run/sshd

choose_binary

hosts=5
work=$(mktemp -d)
id=gt$((RANDOM % 1000))
net=10.213.$((RANDOM % 200 + 20))

# Ends what was started, by its number, and unmounts and removes what was made.
clean_up() {
    local status=$?
    for pid in "$work"/*/sshd.pid "$work"/launcher.pid; do
        if [[ -e $pid ]]; then kill "$(<"$pid")" 2>/dev/null || true; fi
    done
    remove_machines "$hosts"
    umount "$work/small" 2>/dev/null || true
    if ((status != 0)); then
        echo "test-machines: failed; what was printed last:" >&2
        tail -n 30 "$work/output" >&2 2>/dev/null || true
        tail -n 5 "$work"/run-*/logs/ssh/*.log "$work"/h*/sshd.log >&2 2>/dev/null || true
    fi
    if [[ -z ${GOTORRENT_KEEP:-} ]]; then rm -rf "$work"; else echo "kept: $work" >&2; fi
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A host: a namespace on the bridge, 50 Mbit/s out, an sshd with a key of its own and a folder of its own, since all
# share this machine's files. $1: its number, $2: what sshd is started by, where it is not itself.
make_host() {
    local n=$1 folder=$work/h$1 wrapper=${2:-}
    mkdir -p "$folder/home"
    make_machine "$n"
    ssh-keygen -q -t ed25519 -N '' -f "$folder/host_key"
    cat >"$folder/sshd_config" <<END
ListenAddress $net.$((10 + n))
HostKey $folder/host_key
PidFile $folder/sshd.pid
AuthorizedKeysFile $work/user_key.pub
PasswordAuthentication no
KbdInteractiveAuthentication no
StrictModes no
UsePAM no
PermitRootLogin yes
PrintMotd no
END
    printf 'lab%s ssh-ed25519 %s\n' "$n" "$(cut -d' ' -f2 "$folder/host_key.pub")" >>"$work/known_hosts"
    cat >>"$work/ssh_config" <<END
Host lab$n
    HostName $net.$((10 + n))
    HostKeyAlias lab$n
END
    # shellcheck disable=SC2086 # a command of several words
    ip netns exec "$id-$n" $wrapper "$sshd" -f "$folder/sshd_config" -E "$folder/sshd.log"
}

# A mount namespace in which libzmq is not there.
without_libzmq() {
    local library mounts=""
    while read -r library; do
        mounts+="mount --bind /dev/null '$library'; "
    done < <(ldconfig -p | sed -n 's/.*libzmq\.so.* => //p' | xargs -r -n 1 readlink -f | sort -u)
    printf '#!/bin/sh\n%sexec "$@"\n' "$mounts" >"$work/without-libzmq"
    chmod 755 "$work/without-libzmq"
}

make_bridge
ssh-keygen -q -t ed25519 -N '' -f "$work/user_key"
ssh-keygen -q -t ed25519 -N '' -f "$work/other_key"
cat >"$work/ssh_config" <<END
UserKnownHostsFile $work/known_hosts
GlobalKnownHostsFile /dev/null
StrictHostKeyChecking yes
IdentitiesOnly yes
IdentityAgent none
User root
Host refusing
    HostName $net.11
    HostKeyAlias lab1
    IdentityFile $work/other_key
Host unknown
    HostName $net.11
    IdentityFile $work/user_key
Host *
    IdentityFile $work/user_key
END
without_libzmq
# Before the hosts, which see no mount that comes later.
mkdir "$work/small"
mount -t tmpfs -o size=1m tmpfs "$work/small" || skip "mounting is not permitted here"
for ((n = 1; n < hosts; n++)); do make_host "$n"; done
make_host "$hosts" "unshare --mount $work/without-libzmq"
sed -i 's/^Host \*$/Host lab*/' "$work/ssh_config"
for ((n = 1; n <= hosts; n++)); do
    for ((try = 0; try < 50; try++)); do
        if [[ -s $work/h$n/sshd.pid ]]; then break; fi
        sleep 0.1
    done
done
export GOTORRENT_SSH="ssh -F $work/ssh_config"

# Writes a topology: the tracker on this machine, or on the host that $tracker names, the seed on lab1, two peers on
# each host from lab2 on. $1: its file, $2: the file that is copied, $3: the chunk size, then the hosts.
write_topology() {
    local path=$1 file=$2 size=$3 host
    shift 3
    {
        echo "name: machines"
        echo "torrent: {file: $file, chunk-size: $size}"
        echo "gossip: {cycle: 200ms}"
        echo "tracker: {host: ${tracker:-here}, port: 7969}"
        echo "run: {stall-timeout: 200}"
        echo "hosts:"
        echo "  here: {address: $net.1}"
        for host in "$@"; do
            echo "  $host: {address: $net.$((10 + ${host#lab})), ssh: ${alias:-$host}, folder: $work/h${host#lab}/home/g t}"
        done
        echo "nodes:"
        echo "  seed: {host: lab1, role: seed}"
        for host in "$@"; do
            if [[ $host == lab1 ]]; then continue; fi
            echo "  peer${host#lab}a: {host: $host}"
            echo "  peer${host#lab}b: {host: $host}"
        done
    } >"$path"
}

gotorrent() { "$binary" "$@" >"$work/output" 2>&1; }

run() { gotorrent run --no-figures "$@"; }

# The processes on the hosts, other than sshd's: agents and nodes.
nodes_on_hosts() {
    local n pid
    for ((n = 1; n <= hosts; n++)); do
        for pid in $(ip netns pids "$id-$n"); do
            if grep -qz 'gotorrent' "/proc/$pid/cmdline" 2>/dev/null; then echo "$n:$pid"; fi
        done
    done
}

# The arguments of the nodes on the hosts that get keys, one a line. (An agent's have the program's SHA-256.)
arguments_of_nodes() {
    local node
    for node in $(nodes_on_hosts); do
        if grep -qz -- --credentials-from-input "/proc/${node#*:}/cmdline"; then
            tr '\0' '\n' <"/proc/${node#*:}/cmdline"
        fi
    done
}

no_argument_is_a_key() { ! arguments_of_nodes | grep -iE '^[0-9a-f]{64}$'; }

said() { grep -qE -- "$1" "$work/output"; }

# Nothing may be left on the hosts within $1 seconds: no process, no file.
expect_nothing_left() {
    local deadline=$((SECONDS + $1)) rest
    while rest=$(nodes_on_hosts; find "$work"/h*/home -mindepth 1 | head -n 3); [[ -n $rest ]]; do
        if ((SECONDS >= deadline)); then
            echo "test-machines: left on the hosts after $1 s: $rest" >&2
            exit 1
        fi
        sleep 0.2
    done
}

cp "$root/Samples/GOTORRENT.txt" "$work/GOTORRENT.txt"
head -c 300000 /dev/urandom >"$work/large"

step "the base topology over four hosts"
write_topology "$work/base.yaml" "$work/GOTORRENT.txt" 1 lab1 lab2 lab3 lab4
expect "the run succeeds" run "$work/base.yaml" --output "$work/run-base"
expect "it is secured, without a word" grep -q '^security: curve$' "$work/run-base/topology.yaml"
for peer in 2a 2b 3a 3b 4a 4b; do
    expect "peer$peer's copy is home" cmp -s "$work/GOTORRENT.txt" "$work/run-base/data/peer$peer/GOTORRENT.txt"
    expect "peer$peer's log is home" grep -q listening "$work/run-base/logs/peer$peer.log"
done
expect_nothing_left 1
passed

step "the tracker on a host, copies kept, records alone"
tracker=lab2 write_topology "$work/kept.yaml" "$work/large" 64KiB lab1 lab2 lab3
expect "the run succeeds" run "$work/kept.yaml" --output "$work/run-kept" --keep-copies --collect records --trace
expect "traces are home" test -s "$work/run-kept/traces/peer2a.trace"
expect "copies are not" test ! -e "$work/run-kept/data/peer2a"
expect "the program stays" test -n "$(ls "$work/h2/home/g t/bin")"
expect "no run stays" test ! -e "$work/h2/home/g t/runs"
expect "the seed's file stays" test -n "$(ls "$work/h1/home/g t/files")"
before=$(stat -c %i "$work/h2/home/g t/bin/"*)
expect "it runs again" run "$work/kept.yaml" --output "$work/run-again"
expect "the program is not copied again" test "$before" == "$(stat -c %i "$work/h2/home/g t/bin/"*)"
rm -rf "$work"/h*/home/*
passed

# A swarm that takes minutes, so that it is under way for as long as needed.
write_topology "$work/long.yaml" "$work/large" 1KiB lab1 lab2 lab3
start_long() { # the run directory, and options
    local directory=$1
    shift
    # What the run before said is not this one's.
    : >"$work/output"
    "$binary" run --no-figures "$work/long.yaml" --output "$directory" "$@" >"$work/output" 2>&1 &
    launcher=$!
    echo "$launcher" >"$work/launcher.pid"
    for ((try = 0; try < 600; try++)); do
        if grep -q 'cycle 2:' "$work/output"; then return; fi
        sleep 0.1
    done
    expect "the swarm is under way" false
}

step "an interrupted launcher"
start_long "$work/run-interrupted"
kill -INT "$launcher"
status=0
wait "$launcher" || status=$?
expect "it exits 130, not $status" test "$status" == 130
expect_nothing_left 1
passed

step "a launcher that is killed"
start_long "$work/run-killed"
expect "nodes run" test "$(nodes_on_hosts | wc -l)" -ge 8
# Of what is on a disk the program alone has the word, with which a key begins.
expect "no key is on a disk" fails grep -rqsI gotorrent-key "$work"/h*/home "$work/run-killed"
expect "five nodes get keys by a pipe" test "$(arguments_of_nodes | grep -c -- --credentials-from-input)" == 5
expect "no key is an argument" no_argument_is_a_key
kill -9 "$launcher"
wait "$launcher" 2>/dev/null || true
expect_nothing_left 10
passed

step "a host that is unplugged"
start_long "$work/run-unplugged"
ip link set "$id-3" down
status=0
wait "$launcher" || status=$?
expect "it exits 1, not $status" test "$status" == 1
expect "the host is named" said 'host lab3: the connection was lost'
expect "the command to try is named" said 'try by hand: ssh -F [^ ]* lab3 true'
expect_nothing_left 10
ip link set "$id-3" up
passed

step "a host that refuses the key, and one that is not known"
alias=refusing write_topology "$work/refusing.yaml" "$work/GOTORRENT.txt" 1 lab1
echo "  peer1: {host: here}" >>"$work/refusing.yaml"
expect "the run fails" fails run "$work/refusing.yaml" --output "$work/run-refused"
expect "the reason is named" said 'host lab1: it refuses the key \(.*Permission denied'
sed 's/ssh: refusing/ssh: unknown/' "$work/refusing.yaml" >"$work/unknown.yaml"
expect "the run fails" fails run "$work/unknown.yaml" --output "$work/run-unknown"
expect "the reason is named" said 'host lab1: its host key is not known here'
expect_nothing_left 1
passed

step "a host without libzmq"
write_topology "$work/without.yaml" "$work/GOTORRENT.txt" 1 lab1 "lab$hosts"
expect "the run fails" fails run "$work/without.yaml" --output "$work/run-without"
expect "the library is named" said "host lab$hosts: libzmq is not there"
expect "what to do is named" said 'try by hand: ssh -F .* sudo '
expect_nothing_left 1
passed

step "a host with a full disk"
sed "s:$work/h2/home/g t:$work/small:" "$work/base.yaml" >"$work/small.yaml"
expect "the run fails" fails run "$work/small.yaml" --output "$work/run-small"
expect "the disk is named" said 'host lab2: .* are free in .*small'
expect_nothing_left 1
expect "nothing is left there" test -z "$(ls "$work/small")"
passed

step "a launcher that leaves and comes back"
tracker=lab2 write_topology "$work/left.yaml" "$work/GOTORRENT.txt" 1 lab1 lab2 lab3
expect "the run is left" run "$work/left.yaml" --output "$work/run-left" --detach
sleep 7
expect "all nodes run" gotorrent status "$work/run-left"
expect "each has its line" test "$(grep -c running "$work/output")" == 6
expect "it is stopped" gotorrent stop "$work/run-left"
expect "a copy is home" cmp -s "$work/GOTORRENT.txt" "$work/run-left/data/peer3b/GOTORRENT.txt"
expect "a log is home" grep -q listening "$work/run-left/logs/peer3b.log"
expect_nothing_left 1
passed
