#!/usr/bin/env python3
"""Tests of the report's placeholders:  python3 scripts/report/test_report.py"""

import json
import re
import tempfile
import unittest
from pathlib import Path

from fill import filled
from measurements import Branch, Missing, STYLES, SWEEPS, load

ROOT = Path(__file__).resolve().parents[2]


def names():
    """A run that is known by heart: a curve of four cycles, and a table with a hole."""
    rows = [(0, 0.0, 0, 0, 0), (1, 0.5, 10, 8, 2), (2, 0.9, 10, 4, 6), (3, 0.975, 10, 1, 9), (4, 1.0, 5, 1, 4)]
    keys = ("cycle", "mean", "sent", "useful", "redundant")
    curve = Branch("push.curve", "push.csv", {
        row[0]: Branch(f"push.curve[{row[0]}]", "push.csv", dict(zip(keys, row))) for row in rows
    })
    cycles = Branch("push.cycles", "cycles.csv", {"mean": 28.864, "max": 61, "runs": 1000, "least": None})
    push = Branch("push", "data", {"cycles": cycles, "curve": curve})
    other = Branch("push-pull", "data", {"mean": 8})
    return Branch("", "data", {"push": push, "push-pull": other})


def fill(text):
    return filled(text, names(), "page.md")


class Placeholders(unittest.TestCase):
    def check(self, text, expected):
        self.assertEqual(fill(text), (expected, []))

    def problem(self, text, *parts):
        _, problems = fill(text)
        self.assertEqual(len(problems), 1, problems)
        for part in parts:
            self.assertIn(part, problems[0])

    def test_formats(self):
        self.check("{{push.cycles.mean}} {{push.cycles.mean | 1}} {{push.cycles.max}}", "28.86 28.9 61")
        self.check("{{push.cycles.runs}} {{push.curve[3].mean | %1}} {{push.curve[1].mean | %}}", "1,000 97.5 % 50 %")

    def test_arithmetic_and_names(self):
        self.check("{{push.cycles.max - push_pull.mean * 2}}", "45")
        self.check("{{let half = push.cycles.max / 2}}\n{{half | 1}}", "30.5")
        self.check('{{"more" if push.cycles.max > 60 else "less"}}', "more")

    def test_functions_of_curves(self):
        self.check("{{reach(push.curve, 0.7) | 3}}", "1.500")
        self.check('{{share(push.curve, "redundant", 1, 2) | 2}}', "0.40")
        self.check("{{shrink(push.curve, 0.5, 0.03) | 4}}", f"{0.05 ** 0.5:.4f}")
        self.check("{{harmonic(3) | 4}}", "1.8333")

    def test_what_is_not_there_is_told_with_its_line_and_what_is(self):
        self.problem("one\ntwo {{push.cycles.meen}}", "page.md:2:", "no meen in push.cycles", "cycles.csv", "mean, max")
        self.problem("{{pusj.cycles.mean}}", "page.md:1:", "no pusj", "push")
        self.problem("{{push.curve[9].mean}}", "no 9 in push.curve")
        self.problem("{{push.cycles.least}}", "push.cycles.least has no value in cycles.csv")
        self.problem("{{reach(push.curve, 1.5)}}", "never comes to 1.5")
        self.problem("{{push.cycles}}", "push.cycles is no single value")

    def test_an_assertion_leaves_nothing_behind(self):
        self.check("one\n{{assert push.cycles.mean > push_pull.mean}}\ntwo", "one\ntwo")

    def test_what_the_data_denies_is_told_with_both_sides(self):
        self.problem("\n{{assert push.cycles.mean < push_pull.mean}}", "page.md:2:", "denies", "is 28.864", "is 8")
        self.problem("{{assert 1 < push_pull.mean < 7}}", "denies")

    def test_an_assertion_compares(self):
        self.problem("{{assert 1}}", "no comparison")
        self.problem("{{assert push.cycles.mean}}", "no comparison")

    def test_expressions_say_no_more_than_they_may(self):
        self.problem("{{__import__('os')}}", "not something that a template can say")
        self.problem("{{open('x')}}", "not something that a template can say")
        self.problem("{{push.cycles.mean +}}", "cannot be read as an expression")
        self.problem("{{push.cycles.mean / 0}}", "cannot be computed")
        self.problem("{{push.cycles.mean | x}}", "is no format")
        self.problem("{{push.cycles.mean", "has no end")

    def test_every_problem_is_told_at_once(self):
        _, problems = fill("{{a}}\n{{b}}\n{{push.cycles.max}}\n{{assert 2 < 1}}")
        self.assertEqual([problem.split(":")[1] for problem in problems], ["1", "2", "4"])


class Measurements(unittest.TestCase):
    def test_an_experiment_that_was_not_run_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(Missing, "swarm.json.*was the experiment run"):
                load(folder)

    def test_tables_become_names(self):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder))
            data = load(folder)
            text, problems = filled(
                "{{classic.push_pull.cycles.mean}} {{classic.push.real.cycles.mean}} {{fanouts.pull[2].mean}} "
                '{{selections.pull["rarest-first"].mean}} {{separation.strict.push.cycles.mean}} '
                "{{classic.pull.curve[1].mean | 1}}", data)
            self.assertEqual((text, problems), ("3 9 5 5 7 0.5", []))

    def test_an_empty_table_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder))
            (Path(folder) / "classic/data/push-simulated.csv").write_text("cycle,mean\n")
            with self.assertRaisesRegex(Missing, "push-simulated.csv has no rows"):
                load(folder)


def write(folder):
    """What make-report.sh leaves, as small as it can be."""
    for name in ("swarm", "large", "run"):
        (folder / f"{name}.json").write_text(json.dumps({"peers": 5}))
    for style in STYLES:
        for kind in ("strict", "relaxed"):
            (folder / f"separation-{kind}-{style}.json").write_text(json.dumps({"cycles": {"mean": 7}, "curve": [0, 1]}))
    tables = folder / "classic" / "data"
    tables.mkdir(parents=True)
    for table in ("cycles", "messages"):
        rows = [f"{style},{source},{3 if source == 'simulated' else 9}" for style in STYLES
                for source in ("simulated", "real")]
        (tables / f"{table}.csv").write_text("\n".join(["style,source,mean", *rows]) + "\n")
    for style in STYLES:
        (tables / f"{style}-simulated.csv").write_text("cycle,mean\n0,0.0\n1,0.5\n")
    for name, parameter in SWEEPS.items():
        (folder / name / "data").mkdir(parents=True)
        for style in STYLES:
            (folder / name / "data" / f"sweep-{parameter}-{style}.csv").write_text(
                "value,mean,published\n2,5,\nrarest-first,5,\n")


class Template(unittest.TestCase):
    def test_the_report_asserts_what_it_concludes(self):
        text = (ROOT / "docs/report.md").read_text(encoding="utf-8")
        for section in text.split("\n# ")[1:]:
            title = section.split("\n")[0]
            if title in ("The three figures", "One run over sockets", "References"):
                continue
            self.assertIn("{{assert ", section, f"the section “{title}” concludes and asserts nothing")

    def test_no_measurement_is_typed(self):
        """In prose a number with a decimal point, or of percents, comes from a placeholder."""
        text = (ROOT / "docs/report.md").read_text(encoding="utf-8")

        for number, line in enumerate(text.split("\n"), start=1):
            rest = re.sub(r"\{\{.*?\}\}", "", line)
            if rest.startswith(("|", "- ", "!", "Table")):
                continue
            typed = re.findall(r"\d+\.\d+|\d+ cycles", rest)
            self.assertEqual(typed, [], f"docs/report.md:{number} has a number that nobody measured here")


if __name__ == "__main__":
    unittest.main()
