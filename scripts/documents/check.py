#!/usr/bin/env python3
"""Runs the commands of documents:  check.py --root REPOSITORY --gotorrent PROGRAM DOCUMENT…

Each document has a fresh copy of the repository's files, in which its commands are typed in their order. Told are the
documents with their times, and the blocks that are not run here, each with its reason and with what covers it. Of every
command in the text, run or not, the options must be ones that the program has; scripts that are named, and what is
linked, must be there.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from links import broken, unlisted
from pages import Malformed, blocks, expected, mentioned
from terminals import Desk, Failed


class Documents:
    def __init__(self, root, program):
        self.root, self.program = root, program
        self.problems, self.exceptions = [], []

    @cache
    def help(self, command):
        done = subprocess.run([self.program, *command, "--help"], capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else None

    def check_options(self, name, line, text):
        """That every option of a command that a document mentions is one that the program's help lists."""
        words = re.split(r"\s+(?:&&|\|\||[|;])\s+|\s#\s", text)[0].split()
        words = [word for word in words if word not in ("$",)]
        command = tuple(words[1:2])
        if not re.fullmatch(r"[a-z]+", command[0]):
            return
        listed = self.help(command)
        if listed is None:
            self.problems.append(f"{name}:{line}: there is no `gotorrent {command[0]}`")
            return
        if command == ("keys",) and len(words) > 2 and re.fullmatch(r"[a-z]+", words[2]):
            listed = self.help((command[0], words[2])) or ""
        for option in re.findall(r"(?<![\w-])--[a-z][\w-]*", " ".join(words)):
            if not re.search(rf"(?<![\w-]){option}(?![\w-])|--\S*/{option[2:]}", listed):
                self.problems.append(f"{name}:{line}: `{' '.join(words[:3])} …` has no option {option}")

    def check(self, document):
        name, text = document, (self.root / document).read_text(encoding="utf-8")
        told, paths = mentioned(text)
        for line, command in told:
            self.check_options(name, line, command)
        for line, path in paths:
            if not (self.root / path).exists():
                self.problems.append(f"{name}:{line}: there is no {path}")
        # In a template a bracket may be part of an expression.
        self.problems += [] if "{{" in text else broken(self.root, name, text)
        if name == "docs/index.md":
            self.problems += [f"{name}: it has no link to {page}" for page in unlisted(self.root, text)]
        try:
            found = blocks(name, text)
        except Malformed as error:
            self.problems.append(str(error))
            return
        for block in found:
            if block.elsewhere:
                said = f"{block.elsewhere}; {block.covered_by} covers it"
                self.exceptions.append(f"{name}:{block.line}: not run here: {said}")
                if not (self.root / block.covered_by).is_file():
                    self.problems.append(f"{name}:{block.line}: there is no {block.covered_by}")
        if any(not block.elsewhere for block in found):
            started = time.monotonic()
            count = self.run(name, found)
            print(f"{name}: {count} commands in {time.monotonic() - started:.1f} s", flush=True)

    def run(self, name, found):
        """Types the blocks in a fresh folder; the first that fails ends the document. Returns how many commands ran."""
        count, line = 0, 0
        with tempfile.TemporaryDirectory(prefix="documents-") as folder:
            desk = Desk(self.copied(Path(folder) / "gotorrent"), self.environment(folder))
            try:
                for block in found:
                    line = block.line
                    if block.elsewhere:
                        continue
                    if block.before:
                        desk.run(block.before, 0, None)
                        continue
                    if block.terminals:
                        desk.open([command.text for command in block.commands])
                        count += len(block.commands)
                    for command in [] if block.terminals else block.commands:
                        line = command.line
                        last = command is block.commands[-1]
                        pattern = expected(command.output, block.numbers) if command.output else None
                        desk.run(command.text, block.exit if last else 0, pattern)
                        count += 1
                    if not block.keep:
                        desk.close()
            except Failed as error:
                self.problems.append(f"{name}:{line}: {error}")
            finally:
                try:
                    desk.close()
                except Failed as error:
                    self.problems.append(f"{name}:{line}: {error}")
        return count

    def copied(self, folder):
        """The repository's files, as somebody would have them who has just cloned it."""
        listed = subprocess.run(["git", "-C", str(self.root), "ls-files", "-z", "--cached", "--others",
                                 "--exclude-standard"], check=True, capture_output=True).stdout
        for file in listed.decode().split("\0"):
            source = self.root / file
            if file and source.is_file():
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)
        return folder

    def environment(self, folder):
        programs = Path(folder) / "bin"
        programs.mkdir()
        for program in ("gotorrent", "gotorrent-web"):
            source = self.program.parent / program
            if source.exists():
                (programs / program).symlink_to(source)
        home = Path(folder) / "home"
        home.mkdir()
        return {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(home), "LC_ALL": "C.UTF-8",
                "GOTORRENT_BINARY": str(self.program), "PYTHONDONTWRITEBYTECODE": "1"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--gotorrent", type=Path, required=True)
    parser.add_argument("documents", nargs="+")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    checked = Documents(root, arguments.gotorrent.resolve())
    for document in arguments.documents:
        checked.check(document)
    for exception in checked.exceptions:
        print(exception)
    if checked.problems:
        print(*checked.problems, sep="\n", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
