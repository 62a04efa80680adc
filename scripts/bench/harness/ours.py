"""GoTorrent's own swarm: a tracker, a seed and peers, a process each, and a listener on the bus."""

import json
import os
import queue
import subprocess
import time

from prepare import HARNESS, run
from processes import Process, ProcessFailure
from work import Transfer, check_copy, traffic


class Bus:
    """What the nodes say of themselves, as bus_listener.py repeats it."""

    def __init__(self, listener, deadline):
        self.listener, self.deadline = listener, deadline
        self.joined, self.completed, self.bytes, self.reports = {}, {}, {}, {}
        self.first_tick = None
        self.moved_early = False

    def wait(self, what, condition, nodes):
        """Takes messages until the condition holds; nodes: the processes that must live meanwhile."""
        while not condition():
            try:
                self._take(self.listener.lines.get(timeout=0.2))
                continue
            except queue.Empty:
                pass
            self.listener.check()
            for node in nodes:
                node.check()
            if time.monotonic() > self.deadline:
                raise ProcessFailure(f"gotorrent: not {what} in time; complete: {sorted(self.completed)}")

    def _take(self, line):
        words = line.split(" ", 2)
        if len(words) < 3:
            return
        moment, topic, body = float(words[0]), words[1], json.loads(words[2])
        if topic == "cycle":
            self.first_tick = self.first_tick or moment
        elif topic.startswith("event."):
            node = topic.rpartition(".")[2]
            if body["event"] == "joined":
                self.joined.setdefault(node, moment)
            elif body["event"] == "completed":
                self.completed.setdefault(node, moment)
            elif body["event"] == "failed":
                raise ProcessFailure(f"gotorrent: {node} failed: {body}")
        elif topic.startswith("progress."):
            self.bytes[body["node"]] = body["bytes"]
            self.moved_early = self.moved_early or (not self.first_tick and body["bytes"]["received"] > 0)
            self.reports[body["node"]] = self.reports.get(body["node"], 0) + 1

    def settle(self, names, nodes):
        """Waits for two more reports of each node, so that the counts have everything in them."""
        goal = {name: self.reports.get(name, 0) + 2 for name in names}
        self.wait("reported", lambda: all(self.reports.get(name, 0) >= goal[name] for name in names), nodes)


class Ours:
    """gotorrent, as tools.gotorrent names it. tracker_options, node_options: words added to its commands; keyring: makes
    keys where the swarm is to be a secured one."""

    name = "ours"

    def __init__(self, tools, cycle="100ms", tracker_options=(), node_options=(), keyring=None):
        self.tools, self.cycle, self.keyring = tools, cycle, keyring
        self.tracker_options, self.node_options = list(tracker_options), list(node_options)

    def describe(self):
        keys = ["with keys"] if self.keyring else []
        words = ["gotorrent, --exchange bulk --cycle", self.cycle, *self.tracker_options, *self.node_options, *keys]
        return " ".join(words)

    def _process(self, what, words, folder, spot):
        return Process(what, [self.tools.gotorrent, *words], os.path.join(folder, f"{what}.log"), spot.prefix)

    def start_tracker(self, place, folder, expect, deadline):
        """Starts the tracker and the listener; the endpoints, and the bus."""
        words = ["tracker", "--bind", f"tcp://{place.hub.address}:*", "--cycle", self.cycle, "--log-level", "warning"]
        if expect:
            words += ["--expect", str(expect)]
        if self.keyring:
            words += self.keyring.tracker_words()
        tracker = self._process("tracker", words + self.tracker_options, folder, place.hub)
        endpoints = json.loads("{" + tracker.wait_for_line("{", deadline))
        listener = Process(
            "listener", [self.tools.python, os.path.join(HARNESS, "bus_listener.py"), endpoints["bus_subscribe"],
                         *(self.keyring.listener_words() if self.keyring else [])],
            os.path.join(folder, "listener.log"), place.hub.prefix)
        listener.wait_for_line("ready", deadline)
        return endpoints, Bus(listener, deadline)

    def _node_words(self, endpoints, name):
        return ["--name", name, "--bus-subscribe", endpoints["bus_subscribe"], "--bus-publish",
                endpoints["bus_publish"], "--exchange", "bulk", "--cycle", self.cycle, "--log-level", "warning",
                *(self.keyring.node_words(name) if self.keyring else []), *self.node_options]

    def start_peer(self, work, index, endpoints, metafile, folder, spot):
        words = ["get", metafile, "--output", os.path.join(folder, f"peer{index}"), "--stay", "forever"]
        if work.limit:
            words += ["--download-limit", str(work.limit)]
        return self._process(f"peer{index}", words + self._node_words(endpoints, f"peer{index}"), folder, spot)

    def create(self, work, endpoints, folder):
        metafile = os.path.join(folder, "work.torrent")
        run([self.tools.gotorrent, "create", work.source, "--tracker", endpoints["requests"], "--output", metafile,
             "--chunk-size", str(work.chunk_size)], stderr=subprocess.DEVNULL)
        return metafile

    def run(self, place, work, folder):
        """One transfer. The start is the first tick: everyone has announced itself, and nothing has moved."""
        if self.keyring:
            self.keyring.make(folder, ["seed", *[f"peer{index}" for index in range(1, work.node_count)]])
        work.begin()
        endpoints, bus = self.start_tracker(place, folder, 1 + work.peers, work.deadline)
        metafile = self.create(work, endpoints, folder)
        peers = [f"peer{index}" for index in range(1, work.peers + 1)]
        with Transfer(work) as transfer:
            words = ["seed", metafile, "--data", work.source] + self._node_words(endpoints, "seed")
            transfer.add(self._process("seed", words, folder, place.nodes[0]))
            bus.wait("joined", lambda: "seed" in bus.joined, transfer.nodes)
            for index in range(1, work.peers + 1):
                spot = place.nodes[index]
                transfer.add(self.start_peer(work, index, endpoints, metafile, folder, spot))
            bus.wait("joined", lambda: len(bus.joined) == 1 + work.peers, transfer.nodes)
            transfer.watch()
            bus.wait("started", lambda: bus.first_tick, transfer.nodes)
            transfer.started(bus.first_tick)
            if bus.first_tick < max(bus.joined.values()) or bus.moved_early:
                raise ProcessFailure("gotorrent: something moved before everyone was there and the clock had begun")
            bus.wait("complete", lambda: len(bus.completed) == work.peers, transfer.nodes)
            outcome = transfer.finish([bus.completed[name] for name in peers])
            outcome["seconds_from_last_join"] = max(bus.completed.values()) - max(bus.joined.values())
            bus.settle(["seed", *peers], transfer.nodes)
            outcome.update(traffic(work, bus.bytes["seed"]["sent"], [bus.bytes[name]["received"] for name in peers]))
            outcome["wire_bytes"] = place.sent_on_wire()
            outcome.update(transfer.memory())
            if work.late:
                outcome["late"] = self._join_late(transfer, bus, endpoints, metafile, place, folder)
            copies = range(1, work.node_count)
        for index in copies:
            check_copy(work, os.path.join(folder, f"peer{index}", os.path.basename(work.source)))
        return outcome

    def _join_late(self, transfer, bus, endpoints, metafile, place, folder):
        """Starts one more peer; from its joining to its completion, and who sent it what."""
        index = transfer.work.peers + 1
        name, before = f"peer{index}", {node: count["sent"] for node, count in bus.bytes.items()}
        transfer.work.begin()
        bus.deadline = transfer.work.deadline
        transfer.add(self.start_peer(transfer.work, index, endpoints, metafile, folder, place.nodes[index]))
        bus.wait("complete", lambda: name in bus.completed, transfer.nodes)
        bus.settle([*before, name], transfer.nodes)
        return {"seconds": bus.completed[name] - bus.joined[name],
                "served_by": {node: bus.bytes[node]["sent"] - sent for node, sent in before.items()}}
