"""Documents as they are tested: blocks of commands, what is said about them, and commands within the text.

Directly before a block of commands an HTML comment, which readers do not see, may say how it is to be run:

    <!-- commands: numbers -->             the output's numbers are one run's; any others will do
    <!-- commands: exit 1 -->              the last command ends with this code and not with 0
    <!-- commands: terminals -->           each command in a terminal of its own, until every `get` has everything
    <!-- commands: terminals keep -->      the same, and what runs on runs on, for the next block
    <!-- commands: elsewhere, REASON; see scripts/NAME -->   not run here; what covers it
    <!-- commands: before                  lines that make what the document takes for granted
    …
    -->
"""

import re
from dataclasses import dataclass, field

COMMAND_FENCES = ("console", "sh", "bash", "shell")


class Malformed(Exception):
    """A document that cannot be tested; its text names the line."""


@dataclass
class Command:
    text: str
    line: int
    output: list = field(default_factory=list)


@dataclass
class Block:
    line: int
    commands: list
    numbers: bool = False
    terminals: bool = False
    keep: bool = False
    exit: int = 0
    elsewhere: str = ""
    covered_by: str = ""
    before: str = ""


def blocks(name, text):
    """The blocks of commands of a document, in their order; a `before` is a block without commands."""
    lines, found, said, index = text.split("\n"), [], None, 0
    while index < len(lines):
        line = lines[index]
        if line.startswith("<!-- commands:"):
            if said is not None:
                raise Malformed(f"{name}:{index + 1}: two comments on one block")
            start, comment = index, [line]
            while "-->" not in lines[index]:
                index += 1
                if index == len(lines):
                    raise Malformed(f"{name}:{start + 1}: the comment has no end")
                comment.append(lines[index])
            block = directed(name, start + 1, "\n".join(comment))
            if block.before:
                found.append(block)
            else:
                said = block
        elif match := re.match(r"^(```+|~~~+)\s*([\w-]*)", line):
            start, content = index, []
            index += 1
            while index < len(lines) and not lines[index].startswith(match.group(1)):
                content.append(lines[index])
                index += 1
            if index == len(lines):
                raise Malformed(f"{name}:{start + 1}: the block has no end")
            fence = match.group(2)
            if fence in COMMAND_FENCES:
                block = said or Block(start + 1, [])
                block.commands = commands(name, start + 2, content, fence)
                found.append(block)
            elif said is not None:
                raise Malformed(f"{name}:{start + 1}: a comment on commands before a block of something else")
            elif any(re.match(r"(\$ |gotorrent \w|scripts/\S+)", item) for item in content) and not fence:
                if not content[0].startswith(("gotorrent: ", "gotorrent  ")):
                    raise Malformed(f"{name}:{start + 1}: these look like commands; begin the block with ```console")
            said = None
        elif said is not None and line.strip():
            raise Malformed(f"{name}:{index + 1}: a comment on commands with no block behind it")
        index += 1
    return found


def directed(name, line, comment):
    text = comment[len("<!-- commands:"):comment.index("-->")].strip()
    block = Block(line, [])
    if match := re.fullmatch(r"elsewhere, (.+); see (\S+)", text, re.S):
        block.elsewhere, block.covered_by = " ".join(match.group(1).split()), match.group(2)
    elif match := re.fullmatch(r"before\n(.+)", text, re.S):
        block.before = match.group(1)
    else:
        words = text.split()
        while words:
            word = words.pop(0)
            if word in ("numbers", "terminals", "keep"):
                setattr(block, word, True)
            elif word == "exit" and words and words[0].isdigit():
                block.exit = int(words.pop(0))
            else:
                raise Malformed(f"{name}:{line}: “{word}” is nothing that a comment on commands can say")
    return block


def commands(name, line, content, fence):
    """The commands of a block with the output that it shows.

    In `sh` every line is a command, in `console` those with $; `> ` goes on with a text that begins with <<.
    """
    found = []
    for offset, text in enumerate(content):
        if text.startswith("> ") and found and "<<" in found[-1].text and not found[-1].output:
            found[-1].text += "\n" + text[2:]
        elif fence == "console" and not text.startswith("$ ") and not (found and found[-1].text.endswith("\\")):
            if not found:
                raise Malformed(f"{name}:{line + offset}: output before the first command")
            found[-1].output.append(text)
        elif found and found[-1].text.endswith("\\"):
            found[-1].text = found[-1].text[:-1] + " " + text.strip()
        elif text.strip():
            found.append(Command(text[2:] if fence == "console" else text, line + offset))
    return found


def mentioned(text):
    """Every command of ours within the text and the blocks, and the scripts that are named, each with its line."""
    told, paths = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        for code in re.findall(r"`([^`]+)`", line):
            if re.match(r"(\$ )?gotorrent [a-z]", code):
                told.append((number, code))
        if match := re.match(r"\s*(?:\$ )?(gotorrent [a-z].*)", line):
            told.append((number, match.group(1)))
        paths += [(number, path.rstrip(".")) for path in re.findall(r"(?<![\w/.-])scripts/[\w./-]*\w", line)]
    return told, paths


def expected(output, numbers):
    """A pattern for the shown output: `…` is any text, on a line of its own any lines; with `numbers` any number will do."""
    pattern = ""
    for line in output:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
            continue
        parts = []
        for piece in re.split(r"(…|[0-9][0-9.,]*|[█▌─·▏▎▍▋▊▉-]{3,}| +)", line.rstrip()):
            if piece == "…":
                parts.append(r".*")
            elif numbers and piece and piece[0].isdigit():
                parts.append(r"[0-9][0-9.,]*")
            elif numbers and piece.isspace():
                parts.append(r" +")
            elif numbers and len(piece) >= 3 and piece[0] in "█▌─·▏▎▍▋▊▉-":
                parts.append(r"[█▌─·▏▎▍▋▊▉-]+")
            else:
                parts.append(re.escape(piece))
        pattern += "".join(parts) + r" *\n"
    return re.compile(pattern)
