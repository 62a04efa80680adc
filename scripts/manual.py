#!/usr/bin/env python3
"""Writes the manual pages of programs, from what their argument parsers say of themselves.

    scripts/manual.py FOLDER PROGRAM...

Each PROGRAM is run with --experimental-dump-help (swift-argument-parser's JSON). There is a page for it, and one for
each of its commands, as git has them: gotorrent.1, gotorrent-get.1, ... A command's own commands (keys new) stand in its
page. The date is that of the commit, so the same sources give the same bytes.
"""

import datetime
import json
import pathlib
import re
import subprocess
import sys

SCRIPTS = pathlib.Path(__file__).resolve().parent

EXIT_CODES = [
    ("0", "done"), ("1", "failed"), ("2", "an input file is wrong"), ("64", "wrong usage"), ("130", "interrupted")]


def escaped(text):
    """Text as roff takes it literally: only ASCII, no line that looks like a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = "".join(letter if ord(letter) < 128 else f"\\[u{ord(letter):04X}]" for letter in text)
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def prose(text):
    """Text with `code` in bold."""
    parts = re.split(r"`([^`]*)`", text)
    return "".join(f"\\fB{escaped(part)}\\fP" if index % 2 else escaped(part) for index, part in enumerate(parts))


def paragraphs(text):
    """Paragraphs, and examples: those whose lines are indented."""
    lines = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        if all(line.startswith("  ") for line in block.split("\n")):
            lines += [".PP", ".RS 4", ".nf", *(escaped(line[2:]) for line in block.split("\n")), ".fi", ".RE"]
        else:
            lines += [".PP", prose(block)]
    return lines


def value(argument):
    return f"\\fI{escaped(argument['valueName'])}\\fP"


def spelling(argument):
    """How an option is written: -o, --output output."""
    if argument["kind"] == "positional":
        return value(argument)
    names = sorted(argument["names"], key=lambda name: name["kind"] != "short")
    text = ", ".join("\\fB" + escaped(("-" if name["kind"] == "short" else "--") + name["name"]) + "\\fP" for name in names)
    return text + (f" {value(argument)}" if argument["kind"] == "option" else "")


def explanation(argument):
    text = argument.get("abstract", "")
    remarks = []
    values = argument.get("allValues", [])
    if values and not all(value in text for value in values):
        remarks.append("values: " + ", ".join(values))
    if "defaultValue" in argument and "(default:" not in text and argument["kind"] != "flag":
        remarks.append("default: " + argument["defaultValue"])
    return prose(text + (f" ({'; '.join(remarks)})" if remarks else ""))


def shown(items):
    return [item for item in items if item.get("shouldDisplay", True)]


def subcommands(command):
    return [each for each in shown(command.get("subcommands", [])) if each["commandName"] != "help"]


def synopsis(words, command):
    arguments = shown(command.get("arguments", []))
    line = [f"\\fB{escaped(' '.join(words))}\\fP"]
    if subcommands(command) and not any(argument["kind"] == "positional" for argument in arguments):
        return " ".join(line + ["\\fIcommand\\fP", "[\\fIoptions\\fP]"])
    line.append("[\\fIoptions\\fP]")
    for argument in arguments:
        if argument["kind"] == "flag" or (argument["kind"] == "option" and argument["isOptional"]):
            continue
        text = value(argument)
        if argument["kind"] == "option":
            text = f"\\fB{escaped('--' + argument['preferredName']['name'])}\\fP {text}"
        text += " ..." if argument["isRepeating"] else ""
        line.append(f"[{text}]" if argument["isOptional"] else text)
    return " ".join(line)


def options(command, heading):
    """The arguments in their order, under the headings that the help gives them."""
    lines, section = [], object()
    for argument in shown(command.get("arguments", [])):
        if argument.get("sectionTitle") != section:
            section = argument.get("sectionTitle")
            if section or not lines:
                lines.append(f".{heading} {escaped(section.upper() if heading == 'SH' else section) if section else 'OPTIONS'}")
        lines += [".TP", spelling(argument), explanation(argument)]
    return lines


def command_list(words, command):
    lines = []
    for each in subcommands(command):
        name = "-".join([*words, each["commandName"]])
        lines += [".TP", f"\\fB{escaped(name)}\\fP(1)", prose(each.get("abstract", ""))]
    return lines


def page(words, command, version, date, others):
    """One page; `words` are the command as it is typed."""
    name = "-".join(words)
    is_program = len(words) == 1
    abstract = command.get("abstract", "").rstrip(".")
    lines = [
        f'.TH {escaped(name.upper())} 1 {escaped(date)} "gotorrent {version}" "GoTorrent"',
        ".SH NAME", f"{escaped(name)} \\- {escaped(abstract[:1].lower() + abstract[1:])}",
        ".SH SYNOPSIS", synopsis(words, command)]
    inner = subcommands(command)
    if inner and not is_program:
        for each in inner:
            lines += [".br", synopsis([*words, each["commandName"]], each)]
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", *paragraphs(command["discussion"])]
    if inner and is_program:
        lines += [".SH COMMANDS", *command_list(words, command)]
    elif inner:
        lines.append(".SH COMMANDS")
        for each in inner:
            lines += [f".SS {escaped(' '.join([*words, each['commandName']]))}", prose(each.get("abstract", ""))]
            lines += paragraphs(each.get("discussion", "")) if each.get("discussion") else []
            lines += [line for line in options(each, "SS") if line != ".SS OPTIONS"]
    lines += options(command, "SH")
    lines += [".SH EXIT STATUS"]
    for code, meaning in EXIT_CODES:
        lines += [".TP", f".B {code}", escaped(meaning)]
    see = [other for other in others if other != name]
    lines += [".SH SEE ALSO", ",\n".join(f"\\fB{escaped(other)}\\fP(1)" for other in see)]
    return name, "\n".join(lines) + "\n"


def told_by(script, *arguments):
    return subprocess.run(["bash", SCRIPTS / script, *arguments], check=True, capture_output=True, text=True).stdout.strip()


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    version = told_by("version.sh")
    moment = datetime.datetime.fromtimestamp(int(told_by("version.sh", "--time")), datetime.timezone.utc)
    programs = []
    for program in sys.argv[2:]:
        dump = subprocess.run([program, "--experimental-dump-help"], check=True, capture_output=True).stdout
        programs.append(json.loads(dump)["command"])
    mains = [program["commandName"] for program in programs]
    for program in programs:
        pages = [([program["commandName"]], program)]
        pages += [([program["commandName"], each["commandName"]], each) for each in subcommands(program)]
        for words, command in pages:
            name, text = page(words, command, version, moment.strftime("%Y-%m-%d"), mains)
            (folder / f"{name}.1").write_text(text, encoding="ascii")


if __name__ == "__main__":
    main()
