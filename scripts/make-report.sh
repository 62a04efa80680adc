#!/usr/bin/env bash
# Runs the experiments and makes of them the report, and of docs/design.md the design document, as PDF and DOCX.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source=scripts/publishing.sh
source "$(dirname "${BASH_SOURCE[0]}")/publishing.sh"

usage() {
    cat <<'END'
usage: scripts/make-report.sh [--output DIR] [--quick]

Runs push, pull and push-pull over sockets and in the simulator, fills docs/report.md with what was measured, and
leaves in DIR (report/ unless told otherwise; not there yet, or empty):

  report.pdf, report.docx    the report
  design.pdf, design.docx    docs/design.md
  report.md, data/           the filled report, and the tables, figures and runs that it is made of

  --quick    2 runs over sockets a style in place of 20, and a fifth of the simulated ones: for trying the pipeline

Where the data denies what the text claims no report is made; the exit code is then 1, and each line is named.
GOTORRENT_BINARY names a gotorrent to use instead of building one.
END
}

output=$root/report
real=20 simulated=1000 swept=200
while (($#)); do
    case $1 in
    --output)
        [[ -n ${2:-} ]] || fail "--output is to be followed by a folder."
        output=$2
        shift 2
        ;;
    --quick)
        real=2 simulated=200 swept=40
        shift
        ;;
    -h | --help)
        usage
        exit 0
        ;;
    *)
        usage >&2
        exit 64
        ;;
    esac
done
if [[ -e $output && (! -d $output || -n $(ls -A "$output")) ]]; then
    fail "$output is there already and not empty; name another folder by --output, or remove it."
fi

set_up
set_up_publishing
binary=${GOTORRENT_BINARY:-}
if [[ -z $binary ]]; then
    choose_linking
    build=${GOTORRENT_BUILD:-$root/.build}
    swift build --package-path "$root" --scratch-path "$build" -c release --product gotorrent \
        ${linking[@]+"${linking[@]}"} >&2 || fail "gotorrent could not be built."
    binary=$build/release/gotorrent
fi

mkdir -p "$output/data"
output=$(cd "$output" && pwd)
data=$output/data

# The classic topology, at any free ports: the usual ones may be taken.
mkdir "$data/Samples"
cp "$root/Samples/GOTORRENT.txt" "$data/Samples/"
sed 's/^\( *port:\) 6969 .*/\1 0/' "$root/topology.yaml" >"$data/topology.yaml"
topology=$data/topology.yaml

experiment() {
    local name=$1
    shift
    echo "experiment $name: $*" >&2
    "$binary" experiment --output "$data/$name" "$@" >"$data/$name.log" 2>&1 ||
        { tail -n 20 "$data/$name.log" >&2; fail "The experiment '$name' failed."; }
}

# What was run, for the text to name it; then the experiments.
"$binary" simulate "$topology" --runs 1 >"$data/swarm.json"
larger=(--peers 31 --chunks 64)
"$binary" simulate "${larger[@]}" --runs 1 >"$data/large.json"

experiment classic "$topology" --cycle 100ms --runs "$real" --simulated-runs "$simulated"
experiment fanouts --simulated-runs "$simulated" --sweep fanout=1..5
experiment classroom --simulated-runs "$simulated" --sweep chunk-selection=random,rarest-first
experiment selections "${larger[@]}" --simulated-runs "$swept" --sweep chunk-selection=random,rarest-first
experiment rumour --chunks 1 --fanout 1 --view full --simulated-runs "$swept" --sweep peers=9,99,999

for separation in strict relaxed; do
    for style in push pull push-pull; do
        "$binary" simulate "$topology" --runs "$simulated" --style "$style" --separation "$separation" \
            --cycle 1s --delay 200ms --jitter 600ms >"$data/separation-$separation-$style.json"
    done
done

echo "one run over sockets" >&2
"$binary" run "$topology" --style push-pull --cycle 100ms --output "$data/run" >"$data/run.log" 2>&1 ||
    { tail -n 20 "$data/run.log" >&2; fail "The run failed."; }
cp "$data/run/summary.json" "$data/run.json"

# The figures as they are on paper: lower, without the title that the caption is, and with letters of its size.
redraw() {
    local figure=$1 key=$2 script
    script=$(mktemp)
    sed -e '/^set title /d' -e "/^set ylabel /s/ of the file[^']*//" \
        -e 's/size 960,600 font \(.*\),16/size 720,370 font \1,15/' -e "$key" \
        -e "s/size 1600,1000 font 'Sans,22'/size 1600,822 font 'Sans,24'/" "$data/$figure.gnuplot" >"$script"
    (cd "$(dirname "$data/$figure")" && quietly gnuplot "$script") || fail "gnuplot cannot draw $figure."
    rm "$script"
}

key='set key outside bottom center'
for figure in push pull push-pull styles; do
    redraw "classic/$figure" "s/^$key horizontal/$key vertical maxrows 2/"
done
for figure in classic/messages fanouts/sweep-fanout-cycles run/progress; do redraw "$figure" ''; done
mkdir "$data/figures"
(cd "$data/figures" && quietly gnuplot -e "DATA='../classic/data'" "$root/scripts/report/worth.gnuplot")

echo "report.pdf, report.docx, design.pdf, design.docx" >&2
export PYTHONDONTWRITEBYTECODE=1
find "$data" -name '*.svg' -exec python3 "$root/scripts/report/plain_svg.py" {} +
python3 "$root/scripts/report/fill.py" "$root/docs/report.md" "$data" "$output/report.md"

# Writes $2.pdf and $2.docx of the Markdown file $1, with further options of pandoc. Figures are named without an ending:
# they are SVG on paper.
publish() {
    local source=$1 name=$2 reading
    shift 2
    reading=markdown+smart+gfm_auto_identifiers-tex_math_dollars
    pandoc "$source" --from "$reading" --columns 10000 --standalone --to html5 --resource-path "$data:$root/docs" \
        --default-image-extension svg "$@" --css "$root/scripts/report/page.css" \
        --lua-filter "$root/scripts/report/document.lua" --output "$output/$name.html"
    (cd "$data" && weasyprint --quiet --base-url "$data/" "$output/$name.html" "$output/$name.pdf")
    rm "$output/$name.html"
    pandoc "$source" --from "$reading" --columns 10000 --to docx --resource-path "$data:$root/docs" \
        --default-image-extension png "$@" \
        --lua-filter "$root/scripts/report/document.lua" --reference-doc "$output/reference.docx" \
        --output "$output/$name.docx"
}

python3 "$root/scripts/report/reference.py" "$output/reference.docx"
publish "$output/report.md" report
publish "$root/docs/design.md" design --shift-heading-level-by=-1
rm "$output/reference.docx"
echo "$output/report.pdf"
