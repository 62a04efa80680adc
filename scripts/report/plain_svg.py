#!/usr/bin/env python3
"""Writes gnuplot's figures in words that WeasyPrint understands:  plain_svg.py FIGURE.svg…  (each in its place)

gnuplot draws its points as <use> of shapes whose colour is "currentColor", which WeasyPrint 57 cannot resolve. Here
each <use> becomes a copy of its shape and each "currentColor" the colour that stands there. Nothing is drawn differently.
"""

import copy
import sys
import xml.etree.ElementTree as tree

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


def resolved(element, shapes, color="black"):
    """A copy of the element without <use> and "currentColor"."""
    color = element.get("color", color)
    if element.tag == f"{SVG}use" and (shape := shapes.get(element.get(LINK, "")[1:])) is not None:
        made = tree.Element(f"{SVG}g", {key: value for key, value in element.attrib.items() if key not in (LINK, "id")})
        made.append(resolved(shape, shapes, color))
    else:
        made = tree.Element(element.tag, dict(element.attrib))
        made.text = element.text
        made.extend(resolved(child, shapes, color) for child in element if child.tag != f"{SVG}defs")
    made.tail = element.tail
    for key, value in made.attrib.items():
        if value == "currentColor":
            made.set(key, color)
    return made


def main(files):
    tree.register_namespace("", SVG[1:-1])
    tree.register_namespace("xlink", LINK[1:].split("}")[0])
    for file in files:
        drawing = tree.parse(file)
        shapes = {item.get("id"): copy.deepcopy(item) for item in drawing.iter()
                  if item.get("id", "").startswith("gpPt")}
        tree.ElementTree(resolved(drawing.getroot(), shapes)).write(file, encoding="utf-8", xml_declaration=True)


if __name__ == "__main__":
    main(sys.argv[1:])
