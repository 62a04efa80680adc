"""The floor: plain-copy.c, one sender, and a stream to each receiver."""

import os
import time

from prepare import run
from processes import Process
from work import Transfer, check_copy, traffic


class Plain:
    """sendfile, recv, SHA-256 and pwrite alone; every receiver is served by the sender."""

    name = "c"

    def __init__(self, tools):
        self.tools = tools

    def describe(self):
        return "plain-copy.c: sendfile, recv, SHA-256 of each chunk (OpenSSL), pwrite; a stream to each receiver"

    def run(self, place, work, folder):
        """One transfer. The start is the word to the sender, with everyone connected."""
        work.begin()
        program, digests = self.tools.plain_copy, os.path.join(folder, "digests")
        run([program, "digest", work.source, str(work.chunk_size), digests])
        outputs = [os.path.join(folder, f"peer{index}") for index in range(1, work.peers + 1)]
        with Transfer(work) as transfer:
            seed = place.nodes[0]
            sender = transfer.add(Process(
                "seed", [program, "send", work.source, seed.address, str(work.peers)],
                os.path.join(folder, "seed.log"), seed.prefix))
            port = sender.wait_for_line("port", work.deadline)
            for index, output in enumerate(outputs, 1):
                words = [program, "receive", seed.address, port, output, str(work.size), str(work.chunk_size), digests]
                log = os.path.join(folder, f"peer{index}.log")
                transfer.add(Process(f"peer{index}", words, log, place.nodes[index].prefix))
            sender.wait_for_line("connected", work.deadline)
            transfer.watch()
            transfer.started(time.monotonic())
            sender.say("go")
            peers = transfer.nodes[1:]
            outcome = transfer.finish([float(node.wait_for_line("complete", work.deadline)) for node in peers])
            outcome.update(traffic(work, work.size * work.peers, [work.size] * work.peers))
            outcome["wire_bytes"] = place.sent_on_wire()
            outcome.update(transfer.memory())
        for output in outputs:
            check_copy(work, output)
        return outcome


class PlainPairs:
    """What the machine can carry when every uplink is in use: each node but the last sends the file to the next one, all
    at once, by the same program. A swarm's uplinks are as busy, and it has more to do."""

    name = "c-pairs"

    def __init__(self, tools):
        self.tools = tools

    def describe(self):
        return "plain-copy.c: every node sends the whole file to the next one, all at once"

    def run(self, place, work, folder):
        work.begin()
        program, digests = self.tools.plain_copy, os.path.join(folder, "digests")
        run([program, "digest", work.source, str(work.chunk_size), digests])
        outputs = [os.path.join(folder, f"peer{index}") for index in range(1, work.peers + 1)]
        with Transfer(work) as transfer:
            senders = [transfer.add(self._sender(place, work, folder, index)) for index in range(work.peers)]
            receivers = [
                transfer.add(self._receiver(place, work, folder, index, senders, outputs, digests))
                for index in range(1, work.peers + 1)
            ]
            for sender in senders:
                sender.wait_for_line("connected", work.deadline)
            transfer.started(time.monotonic())
            for sender in senders:
                sender.say("go")
            outcome = transfer.finish([float(node.wait_for_line("complete", work.deadline)) for node in receivers])
            outcome.update(traffic(work, work.size, [work.size] * work.peers))
            outcome["wire_bytes"] = place.sent_on_wire()
            outcome.update(transfer.memory())
        for output in outputs:
            check_copy(work, output)
        return outcome

    def _sender(self, place, work, folder, index):
        spot = place.nodes[index]
        return Process(f"sender{index}", [self.tools.plain_copy, "send", work.source, spot.address, "1"],
                       os.path.join(folder, f"sender{index}.log"), spot.prefix)

    def _receiver(self, place, work, folder, index, senders, outputs, digests):
        port = senders[index - 1].wait_for_line("port", work.deadline)
        words = [self.tools.plain_copy, "receive", place.nodes[index - 1].address, port, outputs[index - 1],
                 str(work.size), str(work.chunk_size), digests]
        return Process(f"peer{index}", words, os.path.join(folder, f"peer{index}.log"), place.nodes[index].prefix)
