"""The expressions of a template: names of measurements, arithmetic, comparisons, and a few functions. Nothing else.

An expression is read by Python's own parser and evaluated here, node by node, so that a template can do what is listed
below and no more.
"""

import ast
import math
import operator

from measurements import Branch, Missing


class Wrong(Exception):
    """An expression that cannot be read or evaluated."""


def cycles_of(curve):
    """The rows of a curve in the order of its cycles."""
    if not isinstance(curve, Branch):
        raise Wrong(f"a curve is needed, such as classic.push.curve, and this is {curve!r}")
    return [curve.child(cycle) for cycle in sorted(curve.children)]


def reach(curve, level):
    """The first cycle at whose end the mean of the average fraction is at least `level`, with the part of the cycle
    that a straight line between the two ends gives."""
    last = None
    for row in cycles_of(curve):
        cycle, mean = row.child("cycle"), row.child("mean")
        if mean >= level:
            if last is None or mean == last[1]:
                return cycle
            return last[0] + (level - last[1]) / (mean - last[1])
        last = (cycle, mean)
    raise Missing(f"{curve.path} never comes to {level} ({curve.source})")


def share(curve, kind, first, last):
    """Of the messages sent in the cycles from `first` to `last`, the share that was `kind`; means over the runs."""
    chosen = [row for row in cycles_of(curve) if first <= row.child("cycle") <= last]
    sent = sum(row.child("sent") for row in chosen)
    if sent == 0:
        raise Missing(f"nothing was sent in the cycles {first} to {last} of {curve.path} ({curve.source})")
    return sum(row.child(kind) for row in chosen) / sent


def shrink(curve, high, low):
    """By what the missing fraction is multiplied in a cycle, on average, while it falls from `high` to `low`."""
    points = [(row.child("cycle"), 1 - row.child("mean")) for row in cycles_of(curve)]
    begin = next((point for point in points if point[1] <= high), None)
    end = next((point for point in points if point[1] <= low), None)
    if begin is None or end is None or end[1] <= 0 or end[0] <= begin[0]:
        raise Missing(f"{curve.path} does not fall from {high} to {low} missing ({curve.source})")
    return (end[1] / begin[1]) ** (1 / (end[0] - begin[0]))


def crossing(later, earlier):
    """The first cycle at whose end the mean of curve `later` is above that of `earlier`, after it was below."""
    below = False
    for left, right in zip(cycles_of(later), cycles_of(earlier)):
        if below and left.child("mean") > right.child("mean"):
            return left.child("cycle")
        below = below or left.child("mean") < right.child("mean")
    raise Missing(f"{later.path} never crosses {earlier.path}")


FUNCTIONS = {
    "abs": abs, "min": min, "max": max, "sqrt": math.sqrt, "ln": math.log, "log2": math.log2, "exp": math.exp,
    "log3": lambda x: math.log(x, 3), "ceil": math.ceil, "round": round,
    "harmonic": lambda n: sum(1 / i for i in range(1, int(n) + 1)),
    "reach": reach, "share": share, "shrink": shrink, "crossing": crossing,
}
ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
              ast.Pow: operator.pow}
COMPARISONS = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
               ast.Eq: operator.eq, ast.NotEq: operator.ne}


def parse(text):
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise Wrong(f"“{text.strip()}” cannot be read as an expression: {error.args[0]}") from error


def evaluate(node, names):
    """The value of an expression: a number, a string, a truth value, or a branch of the measurements."""
    match node:
        case ast.Constant(value=int() | float() | str() as value):
            return value
        case ast.Name(id=name):
            return names.child(name)
        case ast.Attribute(value=inner, attr=name):
            return branch(inner, names).child(name)
        case ast.Subscript(value=inner, slice=index):
            return branch(inner, names).child(evaluate(index, names))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in ARITHMETIC:
            return calculated(ARITHMETIC[type(op)], node, evaluate(left, names), evaluate(right, names))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return calculated(operator.neg, node, evaluate(operand, names))
        case ast.Compare(left=left, ops=ops, comparators=others) if all(type(op) in COMPARISONS for op in ops):
            values = [evaluate(item, names) for item in (left, *others)]
            return all(calculated(COMPARISONS[type(op)], node, *pair)
                       for op, pair in zip(ops, zip(values, values[1:])))
        case ast.BoolOp(op=op, values=items):
            values = [evaluate(item, names) for item in items]
            return all(values) if isinstance(op, ast.And) else any(values)
        case ast.IfExp(test=test, body=yes, orelse=no):
            return evaluate(yes if evaluate(test, names) else no, names)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
            return calculated(FUNCTIONS[name], node, *(evaluate(item, names) for item in arguments))
    raise Wrong(f"“{ast.unparse(node)}” is not something that a template can say")


def branch(node, names):
    value = evaluate(node, names)
    if not isinstance(value, Branch):
        raise Missing(f"{ast.unparse(node)} is {value!r}, and has no names below it")
    return value


def calculated(function, node, *values):
    try:
        value = function(*values)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError) as error:
        raise Wrong(f"“{ast.unparse(node)}” cannot be computed: {error}") from error
    if isinstance(value, complex) or isinstance(value, float) and not math.isfinite(value):
        raise Wrong(f"“{ast.unparse(node)}” comes to {value}, which is no measurement")
    return value
