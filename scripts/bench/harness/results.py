"""Medians, tables and ratios of what was measured."""

import statistics

from work import MIB


def median(outcomes, key):
    """The median over the runs that did not fail; None where there is none."""
    values = [outcome[key] for outcome in outcomes if "failure" not in outcome and outcome.get(key) is not None]
    return statistics.median(values) if values else None


def spread(outcomes, key):
    values = [outcome[key] for outcome in outcomes if "failure" not in outcome]
    return f"{min(values):.2f}…{max(values):.2f}" if values else ""


def table(titles, rows):
    """Prints rows of texts below their titles, the first column to the left."""
    widths = [max(len(str(row[column])) for row in [titles, *rows]) for column in range(len(titles))]
    for row in [titles, *rows]:
        cells = [str(cell).rjust(width) for cell, width in zip(row, widths)]
        cells[0] = str(row[0]).ljust(widths[0])
        print("  ".join(cells).rstrip())


def show(value, form):
    return "–" if value is None else form.format(value)


def swarm_rows(outcomes, bound=None):
    """Rows for swarm_titles: medians of each contender. bound: seconds to divide the wall time by."""
    rows = []
    for name, runs in outcomes.items():
        failed = sum(1 for outcome in runs if "failure" in outcome)
        memory = [median(runs, key) for key in ("seed_peak_anonymous", "peer_peak_anonymous")]
        wall = median(runs, "wall_seconds")
        rows.append([
            name, show(wall, "{:.2f}"), spread(runs, "wall_seconds"),
            *([show(wall / bound if wall else None, "{:.3f}")] if bound else []),
            show(median(runs, "processor_seconds_per_gib"), "{:.2f}"),
            show(median(runs, "system_seconds"), "{:.2f}"), show(median(runs, "processor_seconds"), "{:.2f}"),
            show(median(runs, "seed_copies"), "{:.3f}"),
            show(None if median(runs, "twice_fraction") is None else 100 * median(runs, "twice_fraction"), "{:.2f} %"),
            *[show(None if peak is None else peak / MIB, "{:.1f}") for peak in memory],
            f"{failed} of {len(runs)}" if failed else "0"])
    return rows


def swarm_titles(bound=None):
    return ["", "wall s", "range", *([bound] if bound else []), "CPU s/GiB", "system s", "CPU s", "seed copies",
            "twice", "seed MiB", "peer MiB", "failed"]


def tell_ratios(outcomes, pairs, of="ours"):
    """Prints ours, or another contender's (of), over the others'. pairs: (other, key, what it is, must, aim)."""
    for other, key, what, must, aim in pairs:
        ours, theirs = median(outcomes.get(of, []), key), median(outcomes.get(other, []), key)
        if ours and theirs:
            print(f"{what}, {of} over {other}: {ours / theirs:.2f} (must {must}, aim {aim})")


def close(outcomes):
    """The exit code: 0 where there was something to measure."""
    return 0 if any("failure" not in outcome for runs in outcomes.values() for outcome in runs) else 1
