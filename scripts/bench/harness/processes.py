"""The processes of a benchmark: starting them, hearing them, what they cost, and ending them."""

import ctypes
import os
import queue
import signal
import subprocess
import threading
import time

SIGNAL_AT_PARENTS_DEATH = 1
_libc = ctypes.CDLL(None, use_errno=True)


class ProcessFailure(Exception):
    """A process ended, or did not say in time what it should have said."""


def _end_with_parent():
    """So that nothing is left running even where the benchmark itself is killed."""
    _libc.prctl(SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL)


class Process:
    """A process whose standard output is read line by line, by a thread of its own.

    what: how it is called in errors; prefix: what goes before the command (`ip netns exec NAME`); log: the file that
    its standard error goes to.
    """

    everyone = []

    def __init__(self, what, command, log, prefix=()):
        self.what, self.log = what, log
        self.peak_anonymous = 0
        self.lines = queue.Queue()
        with open(log, "ab") as errors:
            self.child = subprocess.Popen(
                [*prefix, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
                bufsize=1, start_new_session=True, preexec_fn=_end_with_parent)
        Process.everyone.append(self)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    @property
    def pid(self):
        return self.child.pid

    def _read(self):
        for line in self.child.stdout:
            self.lines.put(line.rstrip("\n"))

    def failure(self, problem):
        with open(self.log, errors="replace") as log:
            said = log.read().strip().splitlines()[-8:]
        return ProcessFailure("\n".join([f"{self.what} {problem}", *said]))

    def say(self, line):
        try:
            self.child.stdin.write(line + "\n")
            self.child.stdin.flush()
        except (BrokenPipeError, ValueError):
            raise self.failure("ended before it should have") from None

    def check(self):
        if self.child.poll() is not None:
            raise self.failure(f"ended with {self.child.returncode}")

    def wait_for_line(self, start, deadline):
        """The next line that begins so, without its beginning; others are errors of the process or are passed over."""
        while True:
            try:
                line = self.lines.get(timeout=0.1)
            except queue.Empty:
                # Ended, and everything that it said has been taken: it will not come any more.
                if self.child.poll() is not None and not self.reader.is_alive() and self.lines.empty():
                    raise self.failure(f"ended with {self.child.returncode}") from None
                if time.monotonic() > deadline:
                    raise self.failure(f"did not say '{start}' in time") from None
                continue
            if line.startswith("error"):
                raise self.failure(f"says: {line}")
            if line.startswith(start):
                return line[len(start):].strip()

    def processor_seconds(self):
        """User and system time of all its threads so far, those that ended included, to the nanosecond."""
        self.check()
        return time.clock_gettime((~self.pid << 3) | 2)  # what clock_getcpuclockid(3) gives

    def system_seconds(self):
        """The system's part of it, in the kernel's hundredths of a second."""
        with open(f"/proc/{self.pid}/stat") as file:
            return int(file.read().rpartition(")")[2].split()[12]) / os.sysconf("SC_CLK_TCK")

    def sample_memory(self):
        try:
            with open(f"/proc/{self.pid}/status") as file:
                for line in file:
                    if line.startswith("RssAnon:"):
                        self.peak_anonymous = max(self.peak_anonymous, int(line.split()[1]) * 1024)
        except (OSError, ValueError):
            pass  # It ended between one line and the next.

    def stop(self, patience=3.0):
        """Asks it to end, and then makes it."""
        if self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(patience)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
        for stream in (self.child.stdin, self.child.stdout):
            try:
                stream.close()
            except (OSError, ValueError):
                pass
        if self in Process.everyone:
            Process.everyone.remove(self)


def stop_everything():
    """Ends all that were started, at once and not one after the other's patience."""
    for process in list(Process.everyone):
        if process.child.poll() is None:
            process.child.terminate()
    for process in list(Process.everyone):
        process.stop()


class MemorySampler:
    """Reads the anonymous memory of processes every now and then while it is entered."""

    def __init__(self, interval=0.2):
        self.interval = interval
        self.processes = []
        self._ends = threading.Event()

    def __enter__(self):
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._ends.set()
        self._thread.join()

    def _sample(self):
        while not self._ends.wait(self.interval):
            for process in list(self.processes):
                process.sample_memory()
