"""What the experiments left, as one tree of names.

`load(folder)` reads every table and JSON object below `folder` that make-report.sh had written there. A template then
says `classic.push.cycles.mean`: a name leads into a branch, `[5]` to a row (a cycle of a curve, a value of a sweep).
Every branch knows the file that it came from, so that a name that is not there is told with what is.
"""

import csv
import json
from pathlib import Path

STYLES = ("push", "pull", "push-pull")
SWEEPS = {"fanouts": "fanout", "classroom": "chunk-selection", "selections": "chunk-selection", "rumour": "peers"}


class Missing(Exception):
    """A name that leads nowhere; its text says which, where it was looked for, and what there is instead."""


class Branch:
    """Names below a name. `push_pull` finds `push-pull`, since a hyphen in an expression subtracts."""

    def __init__(self, path, source, children):
        self.path, self.source, self.children = path, source, children

    def child(self, name):
        for key in (name, str(name).replace("_", "-")):
            if key in self.children:
                value = self.children[key]
                if value is None:
                    raise Missing(f"{self.path}.{name} has no value in {self.source}")
                return value
        some = ", ".join(str(key) for key in list(self.children)[:12])
        raise Missing(f"there is no {name} in {self.path or 'the data'} ({self.source}); it has {some}")


def load(folder):
    """The tree of all experiments below `folder`. Raises Missing where a file is not there or not in order."""
    folder = Path(folder)
    root = Branch("", str(folder), {})
    for name in ("swarm", "large", "run"):
        root.children[name] = from_json(folder / f"{name}.json", name)
    root.children["classic"] = classic(folder / "classic" / "data")
    for name, parameter in SWEEPS.items():
        root.children[name] = sweep(folder / name / "data", name, parameter)
    late = {
        kind: Branch(f"separation.{kind}", str(folder), {
            style: from_json(folder / f"separation-{kind}-{style}.json", f"separation.{kind}.{style}")
            for style in STYLES
        })
        for kind in ("strict", "relaxed")
    }
    root.children["separation"] = Branch("separation", str(folder), late)
    return root


def classic(folder):
    """push, pull and push-pull, each with `cycles`, `messages`, its `curve`, and `real` with the first two of these."""
    styles = {style: {"real": {}} for style in STYLES}
    for table in ("cycles", "messages"):
        for row in rows(folder / f"{table}.csv"):
            path = f"classic.{row['style']}" + ("" if row["source"] == "simulated" else ".real")
            branch = Branch(f"{path}.{table}", str(folder / f"{table}.csv"), row)
            target = styles[row["style"]] if row["source"] == "simulated" else styles[row["style"]]["real"]
            target[table] = branch
    for style, children in styles.items():
        children["real"] = Branch(f"classic.{style}.real", str(folder), children["real"])
        children["curve"] = indexed(folder / f"{style}-simulated.csv", f"classic.{style}.curve", "cycle")
    return Branch("classic", str(folder), {
        style: Branch(f"classic.{style}", str(folder), children) for style, children in styles.items()
    })


def sweep(folder, name, parameter):
    """push, pull and push-pull, each with a row for every value that the parameter took."""
    return Branch(name, str(folder), {
        style: indexed(folder / f"sweep-{parameter}-{style}.csv", f"{name}.{style}", "value") for style in STYLES
    })


def indexed(file, path, key):
    return Branch(path, str(file), {
        row[key]: Branch(f"{path}[{row[key]}]", str(file), row) for row in rows(file)
    })


def rows(file):
    """The rows of a table as dictionaries, numbers as numbers, empty cells as None."""
    try:
        with open(file, encoding="utf-8", newline="") as stream:
            table = [{key: number(cell) for key, cell in row.items()} for row in csv.DictReader(stream)]
    except OSError as error:
        raise Missing(f"{file}: {error.strerror}; was the experiment run?") from error
    if not table:
        raise Missing(f"{file} has no rows")
    return table


def from_json(file, path):
    try:
        value = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Missing(f"{file}: {error}; was the experiment run?") from error
    return branch_of(value, path, str(file))


def branch_of(value, path, source):
    if isinstance(value, dict):
        return Branch(path, source, {key: branch_of(item, f"{path}.{key}", source) for key, item in value.items()})
    if isinstance(value, list):
        return Branch(path, source, {index: branch_of(item, f"{path}[{index}]", source)
                                     for index, item in enumerate(value)})
    return value


def number(cell):
    if cell == "":
        return None
    try:
        value = float(cell)
    except ValueError:
        return cell
    return int(value) if value == int(value) else value
