#!/usr/bin/env python3
"""Fills a template with what was measured:  fill.py TEMPLATE DATA OUTPUT

    {{classic.push.cycles.mean}}        a measurement; {{… | 1}} with so many digits, {{… | %}} or {{… | %1}} in percent
    {{let q = EXPRESSION}}              a name for later
    {{assert EXPRESSION}}               what the text beside it claims: where the data denies it, nothing is written

What an expression may say is in expressions.py. A line that holds only assertions and names leaves nothing behind.
Exit codes: 0 filled, 1 something is missing, wrong, or denied by the data; each is told with its file and line.
"""

import ast
import re
import sys
from pathlib import Path

from expressions import Wrong, evaluate, parse
from measurements import Branch, Missing, load

PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")


class Denied(Exception):
    """An assertion that the data does not bear out."""


def filled(text, names, name="template"):
    """The text with every placeholder replaced, and a list of what is wrong, each with its line."""
    problems, lines = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        def replaced(match, number=number):
            try:
                return value_of(match.group(1), names)
            except (Wrong, Missing, Denied) as error:
                problems.append(f"{name}:{number}: {error}")
                return ""

        result = PLACEHOLDER.sub(replaced, line)
        if "{{" in result or "}}" in result:
            problems.append(f"{name}:{number}: a placeholder has no end or no beginning; it must be on one line")
        if result.strip() or not line.strip():
            lines.append(result)
    return "\n".join(lines), problems


def value_of(text, names):
    if text.strip().startswith("assert "):
        return asserted(text.strip()[len("assert "):], names)
    if match := re.fullmatch(r"\s*let ([a-z]\w*) = (.+)", text):
        names.children[match.group(1)] = evaluate(parse(match.group(2)), names)
        return ""
    expression, _, style = text.partition("|")
    return written(evaluate(parse(expression), names), expression.strip(), style.strip())


def asserted(text, names):
    node = parse(text)
    if isinstance(node, ast.Constant) or not isinstance(node, (ast.Compare, ast.BoolOp)):
        raise Wrong(f"“{text}” is no comparison; an assertion compares measurements")
    if not evaluate(node, names):
        raise Denied(f"the data denies that {text}: {sides(node, names)}")
    return ""


def sides(node, names):
    """Both sides of each comparison in an assertion, with their values."""
    parts = []
    for comparison in (item for item in ast.walk(node) if isinstance(item, ast.Compare)):
        for side in (comparison.left, *comparison.comparators):
            parts.append(f"{ast.unparse(side)} is {evaluate(side, names)}")
    return ", ".join(parts)


def written(value, expression, style):
    if isinstance(value, Branch):
        raise Missing(f"{expression} is no single value; it has {', '.join(map(str, list(value.children)[:8]))}")
    if isinstance(value, (str, bool)):
        if style or isinstance(value, bool):
            raise Wrong(f"{expression} is {value!r} and cannot be written as a number")
        return value
    if match := re.fullmatch(r"%(\d?)", style):
        return f"{value * 100:,.{int(match.group(1) or 0)}f} %"
    if style and not style.isdigit():
        raise Wrong(f"“{style}” is no format; there are digits, as in | 2, and % or %1")
    if style:
        return f"{value:,.{int(style)}f}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def main(arguments):
    if len(arguments) != 3:
        print("usage: fill.py TEMPLATE DATA OUTPUT", file=sys.stderr)
        return 64
    template, data, output = arguments
    try:
        text, problems = filled(Path(template).read_text(encoding="utf-8"), load(data), template)
    except (Missing, OSError) as error:
        problems = [str(error)]
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    Path(output).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
