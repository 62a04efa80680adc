#!/usr/bin/env python3
"""A swarm that is not there: publishes the progress of many nodes, as a tracker's bus would pass it on.

usage: load.py [--nodes 500] [--chunks 10000] [--cycles-per-second 10] [--seconds 20] [--chromium PROGRAM] --web PROGRAM

Starts PROGRAM (gotorrent-web) on this bus, reads its /events as a browser does, and prints one JSON object: the
program's processor time and memory, the frames that came, and their lag, from the tick's publication to the frame that
has it. With --chromium a headless browser has the page open as well, and its lag and memory are measured likewise.
Needs pyzmq. As on a real bus, bitfields are left out above 4,096 chunks. With --hold it goes on until it is interrupted,
and says where the page is: for looking.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
import urllib.request

import zmq

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "web"))
from browser import Browser  # noqa: E402

TORRENT = "ab" * 32


class Swarm:
    """Nodes that come by chunks at random, in random order, and count as such nodes would."""

    def __init__(self, nodes, chunks, cycles):
        self.chunks = chunks
        self.cycle = 0
        self.held = [chunks] + [0] * (nodes - 1)
        self.order = [random.sample(range(chunks), chunks) if chunks <= 4096 else None for _ in range(nodes)]
        self.bits = [bytearray((chunks + 7) // 8) for _ in range(nodes)]
        self.useful, self.redundant, self.missed = [0] * nodes, [0] * nodes, [0] * nodes
        self.pace = max(1, chunks // max(1, cycles))

    def step(self):
        """One cycle: the reports of all nodes as pairs of topic and body."""
        self.cycle += 1
        for node in range(len(self.held)):
            yield self.report(node)

    def report(self, node):
        if node > 0:
            gain = min(self.chunks - self.held[node], random.randint(0, 2 * self.pace))
            if self.order[node]:
                for chunk in self.order[node][self.held[node]:self.held[node] + gain]:
                    self.bits[node][chunk // 8] |= 128 >> chunk % 8
            self.held[node] += gain
            self.useful[node] += gain
        self.redundant[node] += random.randint(0, self.pace)
        self.missed[node] += random.randint(0, 2)
        name = f"node{node}" if node else "seed"
        body = {
            "torrent": TORRENT, "node": name, "role": "peer" if node else "seed",
            "peer_ref": f"tcp://10.0.0.1:{7000 + node}", "cycle": self.cycle, "chunks_held": self.held[node],
            "chunk_count": self.chunks,
            "messages": {"sent": self.useful[node] + self.missed[node], "useful": self.useful[node],
                         "redundant": self.redundant[node], "missed": self.missed[node], "late": 0, "corrupt": 0,
                         "late_kept": 0, "early": 0, "refused": 0, "undelivered": 0, "unanswered": 0, "cancelled": 0},
            "bytes": {"sent": 0, "received": self.useful[node] * 65536},
        }
        if self.order[node] and node:
            body["bitfield"] = self.bits[node].hex()
        return f"progress.{TORRENT}.{name}".encode(), json.dumps(body).encode()


class Reader(threading.Thread):
    """A browser that only reads."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address = address
        self.seen = {}
        self.bytes = self.frames = 0

    def run(self):
        with urllib.request.urlopen(self.address + "events") as answer:
            for line in answer:
                if not line.startswith(b"data: {"):
                    continue
                now = time.monotonic()
                self.frames += 1
                self.bytes += len(line)
                cycle = json.loads(line[6:]).get("clock", {}).get("cycle")
                if cycle:
                    self.seen.setdefault(cycle, now)


class Watcher(threading.Thread):
    """A real browser: notes which cycle the page shows when, and how much memory its scripts take."""

    def __init__(self, program, address):
        super().__init__(daemon=True)
        self.program, self.address = program, address
        self.seen, self.heap, self.frames = {}, 0, 0
        self.is_open, self.is_over = threading.Event(), threading.Event()

    def run(self):
        with Browser(self.program) as browser:
            browser.size(1280, 900)
            browser.open(self.address)
            browser.until("document.getElementById('link')?.textContent === 'live'")
            self.is_open.set()
            while not self.is_over.is_set():
                cycle, frames, heap = browser.value(
                    "[document.getElementById('cycle').textContent, document.documentElement.dataset.frames, "
                    "performance.memory.usedJSHeapSize]")
                self.heap, self.frames = max(self.heap, heap), int(frames or 0)
                if cycle.isdigit():
                    self.seen.setdefault(int(cycle), time.monotonic())
                time.sleep(0.01)


def lag(seen, ticks):
    """From the tick's publication to the first sight of its cycle, in milliseconds."""
    lags = sorted((seen[cycle] - at) * 1000 for cycle, at in ticks.items() if cycle in seen)
    if not lags:
        return None
    return {"cycles_seen": len(lags), "median": round(statistics.median(lags), 1),
            "p95": round(lags[int(len(lags) * 0.95)], 1), "greatest": round(lags[-1], 1)}


def used(process):
    """Processor seconds so far, and resident MiB."""
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    with open(f"/proc/{process}/statm", encoding="ascii") as file:
        pages = int(file.read().split()[1])
    ticks = int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--web", required=True)
    parser.add_argument("--nodes", type=int, default=500)
    parser.add_argument("--chunks", type=int, default=10_000)
    parser.add_argument("--cycles-per-second", type=float, default=10)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--readers", type=int, default=1)
    parser.add_argument("--chromium", help="a Chromium that has the page open")
    parser.add_argument("--address-file", help="write the page's address there once it is known")
    parser.add_argument("--hold", action="store_true")
    options = parser.parse_args()
    random.seed(1)
    bus = zmq.Context().socket(zmq.XPUB)
    bus.setsockopt(zmq.LINGER, 0)
    bus.setsockopt(zmq.SNDHWM, 100_000)
    port = bus.bind_to_random_port("tcp://127.0.0.1")
    command = [options.web, f"tcp://127.0.0.1:{port}", "--listen", "127.0.0.1:0", "--name", "made up"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as web:
        try:
            address = web.stdout.readline().strip()
            if options.address_file:
                with open(options.address_file, "w", encoding="utf-8") as file:
                    file.write(address)
            print(address, file=sys.stderr)
            bus.recv()  # the subscription
            print(json.dumps(measure(options, bus, web.pid, address), indent=2))
        finally:
            web.terminate()


def measure(options, bus, process, address):
    readers = [Reader(address) for _ in range(options.readers)]
    for reader in readers:
        reader.start()
    watcher = Watcher(options.chromium, address) if options.chromium else None
    if watcher:
        watcher.start()
        watcher.is_open.wait(60)
    cycles = int(options.seconds * options.cycles_per_second)
    swarm = Swarm(options.nodes, options.chunks, cycles)
    interval = 1 / options.cycles_per_second
    ticks, start, before = {}, time.monotonic(), used(process)[0]
    memory, late = 0, 0
    cycle = 0
    while cycle < cycles or options.hold:
        cycle += 1
        tick = {"cycle": cycle, "interval_ms": round(interval * 1000), "started_at": ""}
        bus.send_multipart([b"cycle", json.dumps(tick).encode()])
        ticks[cycle] = time.monotonic()
        for frames in swarm.step():
            bus.send_multipart(frames)
        memory = max(memory, used(process)[1])
        rest = start + cycle * interval - time.monotonic()
        late += rest < 0
        time.sleep(max(0, rest))
    elapsed = time.monotonic() - start
    processor = used(process)[0] - before
    time.sleep(1)
    result = {
        "nodes": options.nodes, "chunks": options.chunks, "cycles": cycles, "readers": options.readers,
        "seconds": round(elapsed, 2), "publisher_late_cycles": late,
        "reports_per_second": round(options.nodes * cycles / elapsed),
        "processor_share_of_one_core": round(processor / elapsed, 3),
        "greatest_memory_mib": round(memory, 1),
        "frames": readers[0].frames, "frame_kib": round(readers[0].bytes / max(1, readers[0].frames) / 1024, 1),
        "lag_ms": lag(readers[0].seen, ticks), "load_average": os.getloadavg()[0],
    }
    if watcher:
        watcher.is_over.set()
        watcher.join(30)
        result["browser"] = {"lag_ms": lag(watcher.seen, ticks), "frames_drawn": watcher.frames,
                             "script_memory_mib": round(watcher.heap / (1 << 20), 1)}
    return result


if __name__ == "__main__":
    main()
