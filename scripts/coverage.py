#!/usr/bin/env python3
"""Prints the line coverage of every target, and of every file of those that must be covered.

usage: coverage.py FILE.json     FILE.json: from `llvm-cov export -summary-only`

Exits 1 when a target that must be covered is not, or is missing from the file.
"""

import json
import sys
from pathlib import Path

REQUIRED_PERCENT = 95
REQUIRED_TARGETS = ["GossipCore", "GossipWire", "Metainfo"]


def read_targets(path, sources):
    """Target → {file: (lines covered, lines)}, of the files below the folder `sources`."""
    targets = {}
    for file in json.loads(Path(path).read_text())["data"][0]["files"]:
        try:
            target, *rest = Path(file["filename"]).resolve().relative_to(sources).parts
        except ValueError:
            continue  # a dependency or a test
        lines = file["summary"]["lines"]
        targets.setdefault(target, {})["/".join(rest)] = (lines["covered"], lines["count"])
    return targets


def row(name, covered, count):
    percent = 100 * covered / count if count else 100
    print(f"{name:<64} {covered:>6} of {count:>6} {percent:>6.1f} %")
    return percent


def total(files):
    return sum(covered for covered, _ in files.values()), sum(count for _, count in files.values())


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    targets = read_targets(sys.argv[1], Path(__file__).resolve().parent.parent / "Sources")
    complaints = []
    for target in REQUIRED_TARGETS:
        files = targets.get(target, {})
        print(f"\n{target}")
        for name in sorted(files):
            row(f"  {name}", *files[name])
        if not files:
            complaints.append(f"{target} was not measured")

    print("\nLines covered, by target")
    for target in sorted(targets):
        percent = row(f"  {target}", *total(targets[target]))
        if target in REQUIRED_TARGETS and percent < REQUIRED_PERCENT:
            complaints.append(f"{target} has {percent:.1f} % of its lines covered; {REQUIRED_PERCENT} % are required")
    for complaint in complaints:
        print(f"error: {complaint}", file=sys.stderr)
    sys.exit(1 if complaints else 0)


main()
