#!/usr/bin/env bash
# Tests the report: its placeholders by themselves, and then the whole way from experiments to PDF and DOCX with few
# runs, with data that is missing and with data that denies the text.
#
#   scripts/test-report.sh
#
# GOTORRENT_BINARY names a gotorrent to use instead of building one.

set -euo pipefail

# shellcheck source=scripts/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
# shellcheck source=scripts/publishing.sh
source "$(dirname "${BASH_SOURCE[0]}")/publishing.sh"

export PYTHONDONTWRITEBYTECODE=1
python3 "$root/scripts/report/test_report.py"

if ! (set_up_publishing); then
    echo "skipped: what makes PDF and DOCX could not be installed here; the placeholders alone were tested"
    exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
SECONDS=0
"$root/scripts/make-report.sh" --quick --output "$folder/report" >/dev/null 2>"$folder/log" ||
    { cat "$folder/log" >&2; fail "The report could not be made."; }
echo "the report took $SECONDS s"

cd "$folder/report"
for name in report design; do
    head -c 5 "$name.pdf" | grep -q '^%PDF-' || fail "$name.pdf is no PDF."
    # Figures are vectors, and fonts are in the file.
    if grep -aq '/Subtype */Image' "$name.pdf"; then fail "$name.pdf has a picture made of pixels."; fi
    grep -aq '/FontFile' "$name.pdf" || fail "$name.pdf brings no fonts."
    python3 - "$name.docx" <<'END' || fail "$name.docx is not in order."
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as document:
    text = document.read("word/document.xml").decode()
    pictures = [name for name in document.namelist() if name.startswith("word/media/")]
assert "{{" not in text and "}}" not in text, "a placeholder is left"
assert "<w:tbl>" in text, "there is no table"
assert len(pictures) >= 8 or "design" in sys.argv[1], f"only {len(pictures)} figures"
END
done
if grep -nE '\{\{|\}\}' report.md; then fail "A placeholder is left in report.md."; fi

# Fills the report from data that was changed, which must fail with 1 and say what is told of it.
refused() {
    local said=$1 status=0
    python3 "$root/scripts/report/fill.py" "$root/docs/report.md" data "$folder/filled.md" 2>"$folder/said" || status=$?
    ((status == 1)) || fail "fill.py ended with $status where data was wrong; it must be 1."
    grep -qE "$said" "$folder/said" || { cat "$folder/said" >&2; fail "fill.py did not say '$said'."; }
    [[ ! -e $folder/filled.md ]] || fail "fill.py wrote a report from wrong data."
}
cycles=data/classic/data/cycles.csv
cp "$cycles" "$folder/cycles.csv"
sed 's/^push,simulated,\([0-9]*,[0-9]*\),[0-9.]*/push,simulated,\1,1.0/' "$folder/cycles.csv" >"$cycles"
refused 'docs/report.md:[0-9]+: the data denies that both.cycles.mean < pull.cycles.mean < push.cycles.mean'
cut -d, -f1-5 "$folder/cycles.csv" >"$cycles"
refused 'docs/report.md:[0-9]+: there is no stddev in classic.push.cycles'
cp "$folder/cycles.csv" "$cycles"
rm data/fanouts/data/sweep-fanout-pull.csv
refused 'sweep-fanout-pull.csv: No such file'
echo "the report is refused where data is missing or denies it"
