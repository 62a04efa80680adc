"""Commands as they are typed: one after the other, or each in a terminal of its own."""

import os
import re
import signal
import subprocess
import tempfile
import time

LINK = re.compile(r"tcp://[\w.-]+:\d+/[0-9a-f…]{6,}(?:#[0-9a-f…]+)?|\bLINK\b")
PRINTED = re.compile(r"gotorrent get (tcp://\S+/[0-9a-f]{64}(?:#[0-9a-f]+)?)")
PATIENCE = 60


class Failed(Exception):
    """A command that did not do what its document says."""


class Terminal:
    """One command, running; what it says goes to a file."""

    def __init__(self, command, folder, environment):
        self.command = command
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(["bash", "-c", "exec " + command if "&&" not in command else command],
                                        cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=self.log,
                                        stderr=subprocess.STDOUT, start_new_session=True)

    def said(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def ended(self):
        return self.process.poll() is not None

    def fetches(self):
        return re.search(r"\bget ", self.command) is not None

    def settle(self, seconds=2.0):
        """Until it has said something or is over: the next one may be typed then."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit and not self.ended() and not self.said():
            time.sleep(0.02)

    def await_everything(self, limit):
        """Until a `get` has all that it fetches."""
        while not re.search(r"\bcomplete\b", self.said()):
            if self.ended() or time.monotonic() > limit:
                raise Failed(f"`{self.command}` did not come to its end:\n{self.said()[-2000:]}")
            time.sleep(0.05)

    def stop(self):
        """Ends it as Ctrl-C does. Exit codes: 0, or 130 for who was interrupted."""
        if not self.ended():
            os.killpg(self.process.pid, signal.SIGINT)
        try:
            code = self.process.wait(timeout=20)
        except subprocess.TimeoutExpired as error:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise Failed(f"`{self.command}` did not end when it was interrupted") from error
        if code not in (0, 130, -signal.SIGINT):
            raise Failed(f"`{self.command}` ended with {code}:\n{self.said()[-2000:]}")


class Desk:
    """The folder that a document's commands are typed in, and the terminals on it."""

    def __init__(self, folder, environment):
        self.folder, self.environment = folder, environment
        self.terminals, self.link = [], None

    def typed(self, command):
        """The command, with the link that `share` printed in place of the document's."""
        return LINK.sub(lambda match: self.link or match.group(), command)

    def run(self, command, code, pattern):
        """Runs one command to its end, and compares its exit code, and its output where there is a pattern."""
        try:
            done = subprocess.run(["bash", "-o", "pipefail", "-c", self.typed(command)], cwd=self.folder,
                                  env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=3 * PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise Failed(f"`{command}` took more than {3 * PATIENCE} s") from error
        output = done.stdout.decode(errors="replace")
        if done.returncode != code:
            raise Failed(f"`{command}` ended with {done.returncode}, not {code}:\n{output[-2000:]}")
        if output and not output.endswith("\n"):
            output += "\n"
        if pattern is not None and not pattern.fullmatch(output):
            raise Failed(f"`{command}` says something else than the document:\n{output[-3000:]}")

    def open(self, commands):
        """Runs commands side by side until every `get` is complete. What runs on stays, until `close`."""
        for command in commands:
            terminal = Terminal(self.typed(command), self.folder, self.environment)
            self.terminals.append(terminal)
            terminal.settle()
            if " share " in f" {command} " or command.startswith("gotorrent share"):
                self.find_link(terminal)
            if terminal.ended() and terminal.process.returncode != 0:
                raise Failed(f"`{command}` ended with {terminal.process.returncode}:\n{terminal.said()[-2000:]}")
        limit = time.monotonic() + PATIENCE
        for terminal in self.terminals:
            if terminal.fetches():
                terminal.await_everything(limit)

    def find_link(self, terminal):
        limit = time.monotonic() + PATIENCE
        while not (match := PRINTED.search(terminal.said())):
            if terminal.ended() or time.monotonic() > limit:
                raise Failed(f"`{terminal.command}` printed no line for others:\n{terminal.said()[-2000:]}")
            time.sleep(0.05)
        self.link = match.group(1)

    def close(self):
        problems = []
        for terminal in reversed(self.terminals):
            try:
                terminal.stop()
            except Failed as error:
                problems.append(str(error))
        self.terminals = []
        if problems:
            raise Failed("\n".join(problems))
