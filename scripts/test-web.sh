#!/usr/bin/env bash
# Tests the live page in a headless Chromium: what it shows is compared with what the bus says, and with the record of the
# run. Skipped, with the reason, where there is no Chromium and none can be installed.
#
#   scripts/test-web.sh [--pictures FOLDER]     the screenshots are left there
#
# GOTORRENT_BINARY names a gotorrent to use, with gotorrent-web beside it, instead of building both.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

find_chromium() {
    local candidate
    for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [[ -n $candidate ]] && command -v "$candidate"; then return; fi
    done
    return 1
}

skip() {
    echo "skipped: $1"
    exit 0
}

pictures=()
if [[ ${1:-} == --pictures && -n ${2:-} ]]; then
    mkdir -p "$2"
    pictures=(--pictures "$2")
elif (($#)); then
    echo "usage: scripts/test-web.sh [--pictures FOLDER]" >&2
    exit 2
fi

set_up
command -v python3 >/dev/null || skip "the test is driven by python3, which is not here"
if ! find_chromium >/dev/null; then
    command -v apt-get >/dev/null || skip "there is no Chromium; CHROMIUM names one elsewhere"
    (install_with_apt chromium) || skip "Chromium could not be installed"
fi
chromium=$(find_chromium) || skip "there is no Chromium, though it was installed"

binary=${GOTORRENT_BINARY:-}
if [[ -z $binary ]]; then
    for product in gotorrent gotorrent-web; do
        quietly swift build --package-path "$root" --product "$product" || fail "$product could not be built."
    done
    binary=$(swift build --package-path "$root" --show-bin-path)/gotorrent
fi
PYTHONDONTWRITEBYTECODE=1 exec python3 "$root/scripts/web/check_page.py" --gotorrent "$binary" --chromium "$chromium" \
    ${pictures[@]+"${pictures[@]}"}
