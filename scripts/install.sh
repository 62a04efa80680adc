#!/usr/bin/env bash
# Builds GoTorrent and installs it below a prefix, or removes what it installed there.
#
# The list of what was installed is PREFIX/share/gotorrent/installed: paths below the prefix, folders that were made with a
# slash at their end. Nothing else is ever removed.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source=scripts/release.sh
source "$root/scripts/release.sh"

usage() {
    cat <<'END'
usage: scripts/install.sh [--prefix DIR] [--programs DIR]
       scripts/install.sh --uninstall [--prefix DIR]

Builds gotorrent and gotorrent-web in release mode, and installs them with their manual pages and completions for bash,
zsh and fish. As root or not: where the prefix is not yours it asks for sudo, for the copying alone.
  --prefix DIR     where to (/usr/local)
  --programs DIR   installs the programs in DIR instead of building them
  --uninstall      removes what was installed below the prefix, and nothing else
END
}

prefix=/usr/local programs="" uninstall=false
while (($#)); do
    case $1 in
    -h | --help)
        usage
        exit 0
        ;;
    --prefix | --programs)
        [[ -n ${2:-} ]] || { usage >&2; exit 2; }
        if [[ $1 == --prefix ]]; then prefix=$2; else programs=$2; fi
        shift
        ;;
    --prefix=*) prefix=${1#*=} ;;
    --programs=*) programs=${1#*=} ;;
    --uninstall) uninstall=true ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
    shift
done
[[ $prefix == /* ]] || prefix=$PWD/$prefix
list=share/gotorrent/installed

# Leaves in `as` what is put before a command that changes the prefix: nothing, or sudo.
find_permission() {
    local folder=$prefix
    as=()
    while [[ ! -e $folder ]]; do folder=$(dirname "$folder"); done
    [[ -d $folder ]] || fail "$folder is no folder; nothing can be installed below it."
    [[ -w $folder && (! -e $prefix/bin || -w $prefix/bin) ]] && return
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 && -t 2 ]]; }; then
        as=(sudo)
    else
        fail "You may not write to $folder. Run this as root, or choose a folder of yours:" \
            "  scripts/install.sh --prefix ~/.local"
    fi
}

changing() { ${as[@]+"${as[@]}"} "$@"; }

# The lines of the list; one that leads out of the prefix was not written by this script.
listed() {
    local line
    [[ -e $prefix/$list ]] || return 0
    while IFS= read -r line; do
        if [[ $line == /* || "/$line/" == */../* ]]; then
            fail "$prefix/$list names $line, which is not below the prefix; nothing was removed."
        fi
        printf '%s\n' "$line"
    done <"$prefix/$list"
}

uninstall() {
    local lines line
    [[ -e $prefix/$list ]] || fail "Nothing was installed below $prefix: there is no $prefix/$list."
    lines=$(listed)
    while IFS= read -r line; do
        [[ $line == */ ]] || changing rm -f "$prefix/$line"
    done <<<"$lines"
    changing rm -f "$prefix/$list"
    # The innermost folders first, and only those that nobody else uses.
    sort -r <<<"$lines" | while IFS= read -r line; do
        if [[ $line == */ ]]; then changing rmdir "$prefix/${line#./}" 2>/dev/null || true; fi
    done
    echo "Removed what was installed below $prefix"
}

# Copies the tree $1 to the prefix, and lists it. Folders that an earlier installation made count as made still.
copy() {
    local from=$1 path mode lines
    mkdir -p "$from/$(dirname "$list")"
    lines=$(
        listed | grep '/$' || true
        [[ -d $prefix ]] || echo ./
        (cd "$from" && find . -mindepth 1 -type d) | while IFS= read -r path; do
            [[ -d $prefix/${path#./} ]] || echo "${path#./}/"
        done
        (cd "$from" && find . -type f) | sed 's,^\./,,'
    )
    listed | while IFS= read -r path; do
        [[ $path == */ || -e $from/$path ]] || changing rm -f "$prefix/$path"
    done
    (cd "$from" && find . -type d) | while IFS= read -r path; do
        [[ -d $prefix/$path ]] || changing install -d -m 755 "$prefix/$path"
    done
    (cd "$from" && find . -type f) | while IFS= read -r path; do
        mode=644
        [[ $path == ./bin/* ]] && mode=755
        # Under another name first: a program that runs cannot be written to.
        changing install -m "$mode" "$from/$path" "$prefix/$path.new"
        changing mv -f "$prefix/$path.new" "$prefix/$path"
    done
    sort -u <<<"$lines" >"$from/$list"
    changing install -m 644 "$from/$list" "$prefix/$list"
}

find_permission
if $uninstall; then
    uninstall
    exit 0
fi
if [[ -z $programs ]]; then
    set_up_install
    choose_linking
    name_commit
    for product in gotorrent gotorrent-web; do build_release "$product"; done
    programs=$build/release
fi
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
lay_out "$staging" "$programs"
copy "$staging"
echo "Installed $("$prefix/bin/gotorrent" --version) below $prefix"
case :$PATH: in
*:"$prefix/bin":*) ;;
*) echo "$prefix/bin is not on your PATH; add it to use gotorrent by its name." ;;
esac
