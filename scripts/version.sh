#!/usr/bin/env bash
# Says which GoTorrent these sources are.
#
#   scripts/version.sh            the version: 0.9.0
#   scripts/version.sh --commit   the commit, ten digits, with -dirty where what is compiled was changed since; of sources
#                                 without a repository the one that `git archive` stamped them with, or unknown
#   scripts/version.sh --time     that commit's time in seconds since 1970, or 0 where nobody knows

set -euo pipefail

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# `git archive`, and whoever makes archives by it, writes the commit and its time here.
# shellcheck disable=SC2016 # git's words, not the shell's
archived_commit='$Format:%H$'
# shellcheck disable=SC2016
archived_time='$Format:%ct$'

# The folder may be another user's: an installation is root's work, and git refuses to look at what is not root's.
in_repository() { git -c safe.directory="$folder" --no-optional-locks -C "$folder" "$@" 2>/dev/null; }

# Sources that lie in somebody else's repository are not described by its commits.
is_repository() { [[ $(in_repository rev-parse --show-toplevel) == "$folder" ]]; }

commit() {
    local commit
    if is_repository && commit=$(in_repository rev-parse --short=10 HEAD); then
        [[ -z $(in_repository status --porcelain -- Package.swift Sources) ]] || commit+=-dirty
        echo "$commit"
    elif [[ $archived_commit =~ ^[0-9a-f]{40} ]]; then
        echo "${archived_commit:0:10}"
    else
        echo unknown
    fi
}

time_of_commit() {
    if is_repository && in_repository log -1 --format=%ct; then
        return
    elif [[ $archived_time =~ ^[0-9]+$ ]]; then
        echo "$archived_time"
    else
        echo 0
    fi
}

number() {
    local number
    number=$(sed -n 's/.*static let number = "\([0-9.]*\)".*/\1/p' "$folder/Sources/ProgramSupport/Version.swift")
    [[ -n $number ]] || { echo "Sources/ProgramSupport/Version.swift holds no version" >&2; return 1; }
    echo "$number"
}

case ${1:-} in
"") number ;;
--commit) commit ;;
--time) time_of_commit ;;
*)
    sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
