#!/usr/bin/env bash
# Runs the commands that README.md and docs/*.md show, each document in a fresh copy of the repository, and compares
# exit codes and output with what is shown. Told are the blocks that are not run here, and the scripts that cover them.
#
#   scripts/test-docs.sh [DOCUMENT…]
#
# Where it may, each document has a network of its own, in which every port is free, and four are tested at a time: most
# commands wait for a clock. GOTORRENT_BINARY names a gotorrent to
# use, with gotorrent-web beside it, instead of building both. scripts/documents/pages.py says what documents may say.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

if [[ ${1:-} == -* ]]; then
    sed -n '2,8s/^# \{0,1\}//p' "$0"
    exit 64
fi

set_up_tests
binary=${GOTORRENT_BINARY:-}
if [[ -z $binary ]]; then
    for product in gotorrent gotorrent-web; do
        quietly swift build --package-path "$root" --product "$product" || fail "$product could not be built."
    done
    binary=$(swift build --package-path "$root" --show-bin-path)/gotorrent
fi
binary=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary")

# In documents python3 is one that has pyzmq, as they say it must.
mkdir -p "$root/.build/documents"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$GOTORRENT_PYTHON" >"$root/.build/documents/python3"
chmod +x "$root/.build/documents/python3"
export PATH="$root/.build/documents:$PATH" PYTHONDONTWRITEBYTECODE=1
for test in "$root"/scripts/documents/test_*.py; do python3 "$test"; done
cd "$root"
command=(python3 "$root/scripts/documents/check.py" --root "$root" --gotorrent "$binary")
documents=("$@")
((${#documents[@]})) || documents=(README.md docs/*.md Samples/*/README.md)
own_network='ip link set lo up && ip link add gotorrent0 type veth peer name gotorrent1 &&
    ip addr add 10.77.0.1/24 dev gotorrent0 && ip link set gotorrent0 up && ip link set gotorrent1 up'
if [[ $(uname) == Linux ]] && unshare --net -- sh -c "$own_network" 2>/dev/null; then
    printf '%s\n' "${documents[@]}" |
        xargs -P 4 -n 1 unshare --net -- sh -c "$own_network"' && exec "$@"' sh "${command[@]}" || exit 1
    exit 0
fi
exec "${command[@]}" "${documents[@]}"
