#!/usr/bin/env bash
# Builds release programs and lays out what an installation is made of. The other scripts source it after setup.sh.

# Where it is built; `root` is set by setup.sh.
build=${GOTORRENT_BUILD:-${root:?}/.build}

# Of each product, which toolchain built it and when.
stamp() { echo "$build/$1.stamp"; }

# Whether a product was built by this toolchain and nothing that it is made of is newer: asking SwiftPM would take longer
# than a swarm takes to start.
is_built() {
    local newer stamp
    stamp=$(stamp "$1")
    [[ -x $build/release/$1 && -e $stamp && $(<"$stamp") == "${swift_version:?}" ]] || return 1
    newer=$(find "$root/Sources" "$root/Package.swift" -newer "$stamp" -print | head -n 1)
    [[ -z $newer ]]
}

# Builds one product in a process group of its own, so that an interruption reaches the compilers as well. What
# choose_linking and name_commit leave is given to it.
# shellcheck disable=SC2154 # they set it
build_release() {
    local product=$1 log started job status=0 shown=false
    log=$(mktemp)
    started=$(mktemp)
    set -m
    swift build --package-path "$root" --scratch-path "$build" -c release --product "$product" \
        ${linking[@]+"${linking[@]}"} >"$log" 2>&1 </dev/null &
    job=$!
    set +m
    # shellcheck disable=SC2064 # their values now are meant
    trap "kill -TERM -- -$job 2>/dev/null || true; wait $job 2>/dev/null || true; rm -f '$log' '$started'" EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
    SECONDS=0
    while kill -0 "$job" 2>/dev/null; do
        if ! $shown && ((SECONDS >= 3)); then
            echo "Building $product (the first time takes a few minutes)…" >&2
            shown=true
        fi
        sleep 0.2
    done
    wait "$job" || status=$?
    if ((status != 0)); then
        grep -vE '^\[[0-9]+/[0-9]+\] ' "$log" >&2 || true
        fail "$product could not be built."
    fi
    # Sources changed during the build count as newer than it.
    printf '%s\n' "$swift_version" >"$(stamp "$product")"
    touch -r "$started" "$(stamp "$product")"
    trap - EXIT INT TERM HUP
    rm -f "$log" "$started"
}

# Lays out what is installed: lay_out FOLDER PROGRAMS takes both programs from the folder PROGRAMS, strips them, and lets
# them tell what stands in their manual pages and completions. They contain all else that they need, the page's files too.
lay_out() {
    local folder=$1 program
    mkdir -p "$folder/bin" "$folder/share/bash-completion/completions" "$folder/share/zsh/site-functions" \
        "$folder/share/fish/vendor_completions.d"
    for program in gotorrent gotorrent-web; do
        [[ -x $2/$program ]] || fail "$2 holds no $program; both programs are installed."
        strip -o "$folder/bin/$program" "$2/$program"
        chmod 755 "$folder/bin/$program"
        # It is sourced, never run: the line that would name an interpreter goes.
        "$2/$program" --generate-completion-script bash | sed '1{/^#!/d;}' \
            >"$folder/share/bash-completion/completions/$program"
        "$2/$program" --generate-completion-script zsh >"$folder/share/zsh/site-functions/_$program"
        "$2/$program" --generate-completion-script fish >"$folder/share/fish/vendor_completions.d/$program.fish"
    done
    "$root/scripts/manual.py" "$folder/share/man/man1" "$2/gotorrent" "$2/gotorrent-web"
    # Whatever the umask, everyone may use it.
    chmod -R u=rwX,go=rX "$folder"
}
