"""Runs the contenders of a benchmark in turn."""

import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time

from prepare import Tools, fail, note, run
from processes import ProcessFailure, stop_everything
from work import GIB, MIB

MEMORY_FOLDER = "/dev/shm"


class Bench:
    """What a benchmark needs while it runs: tools, a folder, the JSON file; all is cleaned up at any exit."""

    def __init__(self, options):
        self.options = options
        self.tools = Tools()
        self.json = None

    def __enter__(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, _: sys.exit(128 + number))
        if self.options.json:
            try:
                self.json = open(self.options.json, "a")
            except OSError as error:
                fail(f"--json {self.options.json}: {error.strerror}")
        self.folder = None
        return self

    def __exit__(self, kind, *_):
        # A second interruption must not stop the cleaning up.
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        stop_everything()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.tools.remove()
        if self.json:
            self.json.close()

    def make_folder(self, needed):
        """A folder with so many bytes free: in memory where there is room twice over, unless a folder was named."""
        chosen = self.options.folder
        if chosen == "auto":
            chosen = tempfile.gettempdir()
            if os.path.isdir(MEMORY_FOLDER) and min(free(MEMORY_FOLDER), available_memory()) > 2 * needed:
                chosen = MEMORY_FOLDER
        os.makedirs(chosen, exist_ok=True)
        if free(chosen) < needed * 1.05:
            fail(f"{chosen} has {free(chosen) / GIB:.1f} GiB free; this needs {needed / GIB:.1f}. "
                 "Name another --folder.")
        remove_leftovers(chosen)
        self.folder = tempfile.mkdtemp(prefix=f"gotorrent-bench-{os.getpid()}-", dir=chosen)
        self.place_of_files = "tmpfs" if chosen == MEMORY_FOLDER else chosen
        return self.folder

    def make_source(self, length):
        """A file of real bytes, no two chunks alike: a random mebibyte, again and again, numbered at each 4 KiB."""
        path = os.path.join(self.folder, "source", "work.bin")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        block = bytearray(os.urandom(MIB))
        with open(path, "wb") as file:
            for offset in range(0, length, MIB):
                for page in range(0, MIB, 4096):
                    block[page:page + 8] = (offset + page).to_bytes(8, "big")
                file.write(block[:length - offset])
            file.flush()
            os.fsync(file.fileno())
        return path

    def describe_machine(self):
        """Prints what figures depend on, and gives it: cores, model, hash rate, loopback rate, load average."""
        with open("/proc/cpuinfo") as file:
            model = re.search(r"^model name\s*: (.*)$", file.read(), re.MULTILINE)
        cores = len(os.sched_getaffinity(0))
        program = self.tools.plain_copy

        def best(*words):
            return max(float(run([program, *words])) for _ in range(3))

        self.machine = {
            "cores": cores, "model": model[1] if model else os.uname().machine, "load_average": os.getloadavg()[0],
            "hash_rate": best("hash", "1", "1"), "hash_rate_all_cores": best("hash", "1", str(cores)),
            "loopback_rate": best("loopback", str(4 * GIB)),
        }
        print("{cores} cores, {model}; SHA-256 {0:.2f} GB/s on one core, {1:.2f} on all; one loopback stream {2:.2f} "
              "GB/s; load average {load_average:.2f}".format(
                  self.machine["hash_rate"] / 1e9, self.machine["hash_rate_all_cores"] / 1e9,
                  self.machine["loopback_rate"] / 1e9, **self.machine))
        return self.machine

    def record(self, **values):
        if self.json:
            self.json.write(json.dumps({"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **values}) + "\n")
            self.json.flush()

    def alternate(self, contenders, work, make_place, **labels):
        """Each contender once, then each again, `runs` times; name → outcomes. A transfer that fails is told,
        recorded and left out."""
        outcomes = {contender.name: [] for contender in contenders}
        for number in range(1, self.options.runs + 1):
            for contender in contenders:
                outcome = self._transfer(contender, work, make_place)
                self.record(contender=contender.name, run=number, size=work.size, peers=work.peers,
                            chunk_size=work.chunk_size, machine=self.machine, **labels, **outcome)
                if "failure" in outcome:
                    note(f"run {number}, {contender.name} failed: {outcome['failure']}")
                else:
                    note("run {}, {}: {:.2f} s, {:.2f} processor seconds a GiB, {:.3f} copies from the seed, load "
                         "{:.1f}".format(
                             number, contender.name, outcome["wall_seconds"], outcome["processor_seconds_per_gib"],
                                 outcome["seed_copies"], outcome["load_average"]))
                outcomes[contender.name].append(outcome)
        return outcomes

    def _transfer(self, contender, work, make_place):
        folder = tempfile.mkdtemp(prefix=contender.name + "-", dir=self.folder)
        try:
            warm(folder, work.size * work.peers)
            with make_place() as place:
                try:
                    return contender.run(place, work, folder)
                finally:
                    stop_everything()
        except ProcessFailure as failure:
            return {"failure": str(failure)}
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def remove_leftovers(folder):
    """Removes what benchmarks that were killed have left there."""
    for name in os.listdir(folder):
        match = re.fullmatch(r"gotorrent-bench-(\d+)-.*", name)
        if match and not os.path.exists(f"/proc/{match[1]}"):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)


def warm(folder, length):
    """Writes and removes as many bytes as a transfer is going to write. In a virtual machine a page that is used for
    the first time costs several times what it costs afterwards, and whoever is measured first would pay for all."""
    path = os.path.join(folder, "warm")
    block = bytes(MIB)
    with open(path, "wb", buffering=0) as file:
        for _ in range(length // MIB + 64):
            file.write(block)
    os.remove(path)


def free(folder):
    status = os.statvfs(folder)
    return status.f_bavail * status.f_frsize


def available_memory():
    with open("/proc/meminfo") as file:
        return int(re.search(r"MemAvailable:\s+(\d+)", file.read())[1]) * 1024
