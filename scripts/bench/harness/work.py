"""What is to be moved, and what came of it."""

import os
import shlex
import signal
import subprocess
import time

from processes import MemorySampler, ProcessFailure

MIB = 1 << 20
GIB = 1 << 30


class Work:
    """One transfer. source: the file; chunk_size: bytes of ours and of the C program's; peers: receivers at once; late:
    whether one more joins when these are done; timeout: seconds; watch: a command to run beside the seed and the first
    peer, with {pid} and {node} filled in; limit: bytes a second that each peer may download at, or none."""

    def __init__(self, source, chunk_size, peers, late=False, timeout=600.0, watch=None, limit=None):
        self.source, self.chunk_size, self.peers, self.late = source, chunk_size, peers, late
        self.timeout, self.watch, self.limit = timeout, watch, limit
        self.size = os.path.getsize(source)
        self.deadline = time.monotonic() + timeout

    @property
    def node_count(self):
        """Seed, peers, and who comes late."""
        return 1 + self.peers + (1 if self.late else 0)

    def begin(self):
        """Sets the deadline of the transfer that begins now."""
        self.deadline = time.monotonic() + self.timeout


class Transfer:
    """Measures the processes of one transfer: node 0 is the seed, the others are peers.

    `started` is called at the start signal and `finish` when the last peer is complete; what was spent before and after
    is not counted. Memory is sampled from `add` on, to the end.
    """

    def __init__(self, work):
        self.work = work
        self.nodes = []
        self.sampler = MemorySampler()
        self.watchers = []

    def __enter__(self):
        self.sampler.__enter__()
        return self

    def __exit__(self, *_):
        self.sampler.__exit__()
        for watcher in self.watchers:
            watcher.send_signal(signal.SIGINT)
        for watcher in self.watchers:
            watcher.wait()

    def add(self, process):
        self.nodes.append(process)
        self.sampler.processes.append(process)
        return process

    def watch(self):
        """Starts what the caller wants to run beside the seed and the first peer."""
        if not self.work.watch:
            return
        for node in self.nodes[:2]:
            command = self.work.watch.format(pid=node.pid, node=node.what)
            self.watchers.append(subprocess.Popen(shlex.split(command), stderr=subprocess.DEVNULL))
        time.sleep(0.5)

    def _spent(self):
        return [(node.processor_seconds(), node.system_seconds()) for node in self.nodes]

    def started(self, moment):
        self.load = os.getloadavg()[0]
        self.start, self.before = moment, self._spent()
        # What was spent until here is not counted; it should be a few milliseconds.
        self.noticed_after = time.monotonic() - moment

    def finish(self, completed):
        """The outcome so far. completed: the moment at which each peer was complete, in the order of the peers."""
        after = self._spent()
        spent = [now[0] - then[0] for now, then in zip(after, self.before)]
        delivered = self.work.size * self.work.peers
        return {
            "wall_seconds": max(completed) - self.start,
            "peer_seconds": [moment - self.start for moment in completed],
            "processor_seconds": sum(spent),
            "system_seconds": sum(now[1] - then[1] for now, then in zip(after, self.before)),
            "seed_processor_seconds": spent[0],
            "processor_seconds_per_gib": sum(spent) * GIB / delivered,
            "load_average": self.load,
            "start_noticed_after_seconds": self.noticed_after,
        }

    def memory(self):
        peaks = [node.peak_anonymous for node in self.nodes]
        return {"seed_peak_anonymous": peaks[0], "peer_peak_anonymous": max(peaks[1:])}

    def check(self):
        for node in self.nodes:
            node.check()


def check_copy(work, path):
    """Compares a peer's file with the source, byte for byte."""
    if not os.path.exists(path):
        raise ProcessFailure(f"{path} is not there, although its peer says that it is complete")
    if subprocess.run(["cmp", "--silent", work.source, path]).returncode:
        raise ProcessFailure(f"{path} is not what the seed has")


def traffic(work, seed_sent, received):
    """What the seed sent in copies, and which part of what peers received they had already."""
    whole = work.size * len(received)
    return {"seed_copies": seed_sent / work.size, "twice_fraction": (sum(received) - whole) / whole}
