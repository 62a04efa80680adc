#!/usr/bin/env bash
# Builds the documentation of the two libraries that other packages may use, GossipCore and ZeroMQ.
#
#   scripts/docs.sh [FOLDER]   writes FOLDER/GossipCore and FOLDER/ZeroMQ (.build/documentation), static pages to be served
#                              under these names. A warning is an error.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

case ${1:-} in
-*)
    sed -n '2,5s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
build=${GOTORRENT_BUILD:-$root/.build}
output=${1:-$build/documentation}
check_swift
[[ $(uname) == Linux ]] || fail "The documentation is built on Linux; on macOS Xcode builds it (Product, Build Documentation)."
command -v docc >/dev/null || fail "This toolchain has no 'docc'; those of https://www.swift.org/install have it."

# As the tests are built, so that neither build undoes the other, and after them nothing is compiled here.
options=(--package-path "$root" --scratch-path "$build" --enable-code-coverage)
swift build "${options[@]}" --target GossipCore
swift build "${options[@]}" --target ZeroMQ
modules=$(swift build "${options[@]}" --show-bin-path)/Modules
triple=$(swift -print-target-info | sed -n 's/^ *"triple": "\(.*\)",$/\1/p' | head -n 1)

graphs=$(mktemp -d)
trap 'rm -rf "$graphs"' EXIT
mkdir -p "$output"
for module in GossipCore ZeroMQ; do
    mkdir "$graphs/$module"
    swift symbolgraph-extract -module-name "$module" -I "$modules" -I "$root/Sources/CZeroMQ" -target "$triple" \
        -minimum-access-level public -skip-inherited-docs -output-dir "$graphs/$module"
    rm -rf "${output:?}/$module"
    docc convert "$root/Sources/$module/$module.docc" --additional-symbol-graph-dir "$graphs/$module" \
        --fallback-display-name "$module" --fallback-bundle-identifier "gotorrent.$module" \
        --transform-for-static-hosting --hosting-base-path "$module" --warnings-as-errors --output-path "$output/$module"
done
