"""Runs the contenders in turn, and tells medians and ratios."""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import sys
import tempfile
import time

from prepare import Tools, fail, note, run
from processes import ProcessFailure, stop_everything
from work import GIB, MIB

MEMORY_FOLDER = "/dev/shm"


def size(text):
    """Bytes: 64MiB, 1GiB, 256KiB or a plain number."""
    match = re.fullmatch(r"(\d+)(KiB|MiB|GiB)?", text)
    if not match or int(match[1]) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no size; write 512MiB, 1GiB or a number of bytes")
    return int(match[1]) << {None: 0, "KiB": 10, "MiB": 20, "GiB": 30}[match[2]]


def positive(text):
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no positive number")
    return int(text)


def parser(description, **defaults):
    """The options that all benchmarks have. defaults: size, chunk_size, peers, runs, and the contenders known."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=size, default=defaults["size"], help="the file (default: %(default)s bytes)")
    options.add_argument("--chunk-size", type=size, default=defaults.get("chunk_size", MIB),
                         help="of ours and of the C program (default: %(default)s bytes)")
    options.add_argument("--runs", type=positive, default=defaults.get("runs", 3),
                         help="of each contender, in turn; medians are told (default: %(default)s)")
    if "contenders" in defaults:
        options.add_argument("--peer", action="append", choices=defaults["contenders"], dest="contenders",
                             help="a contender; may be given several times (default: all)")
    options.add_argument("--json", metavar="FILE", help="append a line of JSON for each run")
    options.add_argument("--folder", help="where files are; memory (tmpfs) or a disk (default: %(default)s)",
                         default=defaults.get("folder", "auto"))
    options.add_argument("--timeout", type=positive, default=defaults.get("timeout", 300), metavar="SECONDS",
                         help="for one transfer (default: %(default)s)")
    options.add_argument("--cycle", default="100ms", help="of ours (default: %(default)s)")
    options.add_argument("--tracker-option", action="append", default=[], metavar="WORD",
                         help="added to `gotorrent tracker`, as --tracker-option=--sample-size=20")
    options.add_argument("--node-option", action="append", default=[], metavar="WORD",
                         help="added to `gotorrent seed` and `get`, as --node-option=--fanout=3")
    options.add_argument("--libtorrent-setting", action="append", default=[], metavar="NAME=VALUE",
                         help="on top of the settings of libtorrent at its best")
    options.add_argument("--watch", metavar="COMMAND", help="run beside the seed and the first peer, with {pid} and "
                         "{node} filled in: 'perf record -g -e cpu-clock -p {pid} -o {node}.data'")
    return options


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
            fail(f"{chosen} has {free(chosen) / GIB:.1f} GiB free; this needs {needed / GIB:.1f}. Name another --folder.")
        self.folder = tempfile.mkdtemp(prefix="gotorrent-bench-", dir=chosen)
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
        """Each contender once, then each again, `runs` times; name → outcomes. A transfer that fails is told, recorded
        and left out."""
        outcomes = {contender.name: [] for contender in contenders}
        for number in range(1, self.options.runs + 1):
            for contender in contenders:
                outcome = self._transfer(contender, work, make_place)
                self.record(contender=contender.name, run=number, size=work.size, peers=work.peers,
                            chunk_size=work.chunk_size, machine=self.machine, **labels, **outcome)
                if "failure" in outcome:
                    note(f"run {number}, {contender.name} failed: {outcome['failure']}")
                else:
                    note("run {}, {}: {:.2f} s, {:.2f} processor seconds a GiB, {:.3f} copies from the seed, load {:.1f}"
                         .format(number, contender.name, outcome["wall_seconds"], outcome["processor_seconds_per_gib"],
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


def warm(folder, length):
    """Writes and removes as many bytes as a transfer is going to write. In a virtual machine a page that is used for the
    first time costs several times what it costs afterwards, and whoever is measured first would pay for all."""
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


def median(outcomes, key):
    """The median over the runs that did not fail; None where there is none."""
    values = [outcome[key] for outcome in outcomes if "failure" not in outcome and outcome.get(key) is not None]
    return statistics.median(values) if values else None


def spread(outcomes, key):
    values = [outcome[key] for outcome in outcomes if "failure" not in outcome]
    return f"{min(values):.2f}…{max(values):.2f}" if values else ""


def table(titles, rows):
    """Prints rows of texts below their titles, the first column to the left."""
    widths = [max(len(str(row[column])) for row in [titles, *rows]) for column in range(len(titles))]
    for row in [titles, *rows]:
        cells = [str(cell).rjust(width) for cell, width in zip(row, widths)]
        cells[0] = str(row[0]).ljust(widths[0])
        print("  ".join(cells).rstrip())


def show(value, form):
    return "–" if value is None else form.format(value)


def swarm_rows(outcomes, bound=None):
    """Rows for swarm_titles: medians of each contender. bound: seconds to divide the wall time by."""
    rows = []
    for name, runs in outcomes.items():
        failed = sum(1 for outcome in runs if "failure" in outcome)
        memory = [median(runs, key) for key in ("seed_peak_anonymous", "peer_peak_anonymous")]
        wall = median(runs, "wall_seconds")
        rows.append([
            name, show(wall, "{:.2f}"), spread(runs, "wall_seconds"),
            *([show(wall / bound if wall else None, "{:.3f}")] if bound else []),
            show(median(runs, "processor_seconds_per_gib"), "{:.2f}"),
            show(median(runs, "system_seconds"), "{:.2f}"), show(median(runs, "processor_seconds"), "{:.2f}"),
            show(median(runs, "seed_copies"), "{:.3f}"),
            show(None if median(runs, "twice_fraction") is None else 100 * median(runs, "twice_fraction"), "{:.2f} %"),
            *[show(None if peak is None else peak / MIB, "{:.1f}") for peak in memory],
            f"{failed} of {len(runs)}" if failed else "0"])
    return rows


def swarm_titles(bound=None):
    return ["", "wall s", "range", *([bound] if bound else []), "CPU s/GiB", "system s", "CPU s", "seed copies", "twice",
            "seed MiB", "peer MiB", "failed"]


def tell_ratios(outcomes, pairs):
    """Prints ours over another's. pairs: (other, key, what it is, must, aim)."""
    for other, key, what, must, aim in pairs:
        ours, theirs = median(outcomes.get("ours", []), key), median(outcomes.get(other, []), key)
        if ours and theirs:
            print(f"{what}, ours over {other}: {ours / theirs:.2f} (must {must}, aim {aim})")


def close(outcomes):
    """The exit code: 0 where there was something to measure."""
    return 0 if any("failure" not in outcome for runs in outcomes.values() for outcome in runs) else 1
