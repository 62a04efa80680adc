"""The same swarm made of libtorrent sessions, a process each."""

import json
import os
import time

from prepare import HARNESS, run
from processes import Process, ProcessFailure
from work import Transfer, check_copy, traffic

# Its defaults try uTP first, which is made for giving way to others and not for a wire of one's own.
TCP_ALONE = ["enable_incoming_utp=false", "enable_outgoing_utp=false"]


class LibtorrentSwarm:
    """preset: best or defaults (libtorrent_node.py); piece_size: bytes, 0 for what libtorrent chooses; changes:
    settings on top, NAME=VALUE."""

    def __init__(self, tools, name, preset, piece_size, changes=()):
        self.tools, self.name, self.preset = tools, name, preset
        self.piece_size, self.changes = piece_size, list(changes)

    def describe(self):
        pieces = f"{self.piece_size >> 10} KiB pieces" if self.piece_size else "its own choice of pieces"
        preset = "high_performance_seed, 4 I/O and 4 hashing threads" if self.preset == "best" else "default settings"
        return " ".join([f"libtorrent {self.tools.libtorrent_version()}, v2, {preset}, {pieces}", *self.changes])

    def _start(self, index, work, metafile, folder, spot):
        """A node that listens: its process, and its address as `connect` takes it."""
        what = "seed" if index == 0 else f"peer{index}"
        data = os.path.dirname(work.source) if index == 0 else os.path.join(folder, what)
        os.makedirs(data, exist_ok=True)
        process = Process(
            what, [self.tools.python, os.path.join(HARNESS, "libtorrent_node.py"), metafile, data, spot.address,
                   self.preset, *self.changes], os.path.join(folder, f"{what}.log"), spot.prefix)
        address = f"{spot.address} {process.wait_for_line('port', work.deadline)}"
        if work.limit and index:
            process.say(f"limit {work.limit}")
        return process, address

    def run(self, place, work, folder):
        """One transfer. The start is the word to ask for pieces: everyone is connected with everyone."""
        work.begin()
        metafile = os.path.join(folder, "work.torrent")
        run([self.tools.python, os.path.join(HARNESS, "libtorrent_create.py"), work.source, str(self.piece_size),
             metafile])
        addresses = []
        with Transfer(work) as transfer:
            for index in range(1 + work.peers):
                process, address = self._start(index, work, metafile, folder, place.nodes[index])
                transfer.add(process)
                if index:
                    process.say("connect " + " ".join(addresses))
                addresses.append(address)
            for node in transfer.nodes:
                node.say(f"connected {work.peers}")
            for node in transfer.nodes:
                node.wait_for_line("connected", work.deadline)
            self._check_start(transfer)
            transfer.watch()
            transfer.started(time.monotonic())
            for node in transfer.nodes:
                node.say("go")
            peers = transfer.nodes[1:]
            outcome = transfer.finish([float(node.wait_for_line("complete", work.deadline)) for node in peers])
            counts = self._settle(transfer)
            outcome.update(traffic(work, counts[0]["sent"], [count["received"] for count in counts[1:]]))
            outcome["redundant_bytes"] = sum(count["redundant"] for count in counts)
            outcome["wire_bytes"] = place.sent_on_wire()
            outcome.update(transfer.memory())
            if work.late:
                outcome["late"] = self._join_late(transfer, place, metafile, addresses, folder)
        for index in range(1, work.node_count):
            check_copy(work, os.path.join(folder, f"peer{index}", os.path.basename(work.source)))
        return outcome

    @staticmethod
    def _ask(node, deadline):
        node.say("stat")
        return json.loads("{" + node.wait_for_line("{", deadline))

    def _check_start(self, transfer):
        if not self._ask(transfer.nodes[0], transfer.work.deadline)["complete"]:
            raise ProcessFailure("libtorrent: the seed does not find its file whole")
        for node in transfer.nodes[1:]:
            if self._ask(node, transfer.work.deadline)["received"]:
                raise ProcessFailure("libtorrent: a peer received something before the start")

    def _settle(self, transfer):
        """Everybody's counts, once they are the same twice."""
        before = None
        while True:
            counts = [self._ask(node, transfer.work.deadline) for node in transfer.nodes]
            if counts == before:
                return counts
            before = counts
            time.sleep(0.6)  # longer than the half second in which libtorrent brings its counts up to date

    def _join_late(self, transfer, place, metafile, addresses, folder):
        work = transfer.work
        work.begin()
        before = [count["sent"] for count in self._settle(transfer)]
        index = work.peers + 1
        process, _ = self._start(index, work, metafile, folder, place.nodes[index])
        start = time.monotonic()
        process.say("connect " + " ".join(addresses))
        process.say("go")
        end = float(process.wait_for_line("complete", work.deadline))
        after = [count["sent"] for count in self._settle(transfer)]
        transfer.add(process)
        names = [node.what for node in transfer.nodes]
        return {"seconds": end - start, "served_by": {
            name: now - then for name, then, now in zip(names, before, after)}}
