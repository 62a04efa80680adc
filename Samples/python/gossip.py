"""What a node decides: the rules of docs/protocol.md, without a socket and without a clock.

`Gossip` is told of ticks and messages and returns what is to be sent, so that every rule can be tested by itself.
"""
import random, re
from collections import deque

from metafile import Metafile

SIGNATURE = b"GT1"
PEER = re.compile(rb"tcp://([0-9A-Za-z.\-_%]+|\[[0-9A-Za-z.\-_%:]+\]):([0-9]{1,5})")
COUNTERS = ("sent", "useful", "redundant", "missed", "late", "corrupt", "late_kept", "early", "refused",
            "undelivered", "unanswered")
FRAMES = {b"push": 6, b"pull": 5, b"have": 5, b"chunk": 6, b"none": 5, b"late": 5}
MOST_PEERS, MOST_DIGESTS = 65_536, 50
MISSES, PATIENCE = 3, 8  # cycles


class Refusal(Exception):
    """Why a message is refused; its two arguments are the code and the text of the `error` that answers it."""


class Gossip:
    """One node of one torrent."""

    def __init__(self, metafile: Metafile, held, store=None, style="push-pull", fanout=2, selection="random",
                 strict=True, seed=None):
        self.metafile, self.store = metafile, store
        self.pushes, self.pulls = style in ("push", "push-pull"), style in ("pull", "push-pull")
        self.fanout, self.rarest, self.strict = fanout, selection == "rarest-first", strict
        self.random = random.Random(seed)
        self.cycle, self.ticks, self.peers = 0, 0, []
        # What it held when the cycle began, and what came since. Only the first is given away, so nothing travels two
        # steps in one cycle, and the order of arrival within a cycle does not matter.
        self.held, self.fresh = set(held), set()
        self.counts = dict.fromkeys(COUNTERS, 0)
        self.bytes = {"sent": 0, "received": 0}
        self.pending = {}  # pulls without an answer: (peer, chunk, cycle) -> the tick of asking
        self.owing, self.misses = set(), {}  # who owes an answer of this cycle; in how many cycles in a row
        self.waiting_for, self.digests, self.partners = set(), {}, []
        chunks = (32 << 20) // max(1, metafile.chunk_size)
        self.waiting, self.most_waiting = deque(), max(16, min(1024, chunks))

    @property
    def is_complete(self):
        return len(self.held) + len(self.fresh) == self.metafile.chunk_count

    # Peers

    def learn(self, references, own):
        """An answer of get_peers; before the first cycle it replaces the one before."""
        others = [peer for peer in references if peer != own and is_peer(peer)]
        if self.cycle == 0 and others:
            self.peers = []
        for peer in others:
            if peer not in self.peers and len(self.peers) < MOST_PEERS:
                self.peers.append(peer)

    def draw(self, count):
        return self.random.sample(self.peers, min(count, len(self.peers)))

    def answered(self, peer):
        self.misses.pop(peer, None)
        self.owing.discard(peer)

    # Cycles

    def end_cycle(self, undelivered):
        """Closes the cycle. Takes the (peer, verb, chunk) that no link took; returns the peers that are given up."""
        for peer, verb, chunk in undelivered:
            self.owing.add(peer)
            if verb != b"have":
                self.counts["undelivered"] += 1
                self.pending.pop((peer, chunk, self.cycle), None)
        gone = []
        for peer in self.owing:
            self.misses[peer] = self.misses.get(peer, 0) + 1
            if self.misses[peer] >= MISSES:
                gone.append(peer)
                del self.misses[peer]
        self.peers = [peer for peer in self.peers if peer not in gone]
        self.owing.clear()
        expired = [pull for pull, tick in self.pending.items() if self.ticks + 1 - tick >= PATIENCE]
        for pull in expired:
            del self.pending[pull]
        self.counts["unanswered"] += len(expired)
        self.held |= self.fresh
        self.fresh.clear()
        return gone

    def begin_cycle(self, cycle):
        """Returns the (peer, verb, chunk) that are to be sent in the new cycle."""
        self.cycle, self.ticks = cycle, self.ticks + 1
        self.waiting_for, self.digests = set(), {}
        sends = []
        if self.pushes and self.held:
            held = tuple(self.held)
            for peer in self.draw(self.fanout):
                sends.append((peer, b"push", self.random.choice(held)))
        missing = self.missing() if self.pulls else []
        if missing and self.rarest:
            asked = self.draw(max(MOST_DIGESTS, self.fanout))
            self.partners, self.waiting_for = asked[:self.fanout], set(asked)
            sends += [(peer, b"have", None) for peer in asked]
        elif missing:
            # For a pull and a push partners are drawn apart: who gives me something need not be whom I give to.
            sends += [(peer, b"pull", self.random.choice(missing)) for peer in self.draw(self.fanout)]
        return self.noted(sends)

    def missing(self):
        """What it lacked when the cycle began, whatever came since."""
        return [chunk for chunk in range(self.metafile.chunk_count) if chunk not in self.held]

    def noted(self, sends):
        for peer, verb, chunk in sends:
            self.counts["sent"] += verb != b"have"
            if verb == b"pull":
                self.pending[peer, chunk, self.cycle] = self.ticks
            if verb != b"push":
                self.owing.add(peer)
        return sends

    def pull_rarest(self):
        """When the digests are there, or were waited for long enough: from each partner the rarest that it holds."""
        self.waiting_for = set()
        copies, sends, missing = {}, [], set(self.missing())
        for digest in self.digests.values():
            for chunk in digest & missing:
                copies[chunk] = copies.get(chunk, 0) + 1
        for peer in self.partners:
            offered = self.digests.get(peer, set()) & missing
            if offered:
                fewest = min(copies[chunk] for chunk in offered)
                chunk = self.random.choice([chunk for chunk in sorted(offered) if copies[chunk] == fewest])
                missing.discard(chunk)
                sends.append((peer, b"pull", chunk))
        self.partners = []
        return self.noted(sends)

    # Messages

    def parse(self, frames, verbs):
        """A message's verb, cycle, and what follows it, checked from left to right."""
        if not frames or frames[0] != SIGNATURE:
            raise Refusal(b"bad-signature", "a message begins with the frame GT1")
        if len(frames) < 2:
            raise Refusal(b"malformed", "the verb is missing")
        verb = frames[1]
        if verb not in verbs:
            raise Refusal(b"unknown-verb", "this node knows " + b", ".join(verbs).decode())
        if len(frames) != FRAMES[verb]:
            raise Refusal(b"malformed", f"{verb.decode()} has {FRAMES[verb]} frames, not {len(frames)}")
        if not 1 <= len(frames[2]) <= 64:
            raise Refusal(b"too-large" if frames[2] else b"malformed", "torrent has 1 to 64 bytes")
        if frames[2] != self.metafile.info_hash:
            raise Refusal(b"unknown-torrent", "this node has another torrent")
        if len(frames[3]) != 8:
            raise Refusal(b"malformed", "cycle has 8 bytes")
        cycle = int.from_bytes(frames[3], "big")
        if verb == b"have":
            return verb, cycle, self.read_bitfield(frames[4], may_be_empty=b"push" in verbs), b""
        chunk = int.from_bytes(frames[4], "big")
        if len(frames[4]) != 4 or chunk >= self.metafile.chunk_count:
            raise Refusal(b"malformed", f"chunk_id has 4 bytes and is less than {self.metafile.chunk_count}")
        return verb, cycle, chunk, frames[5] if len(frames) > 5 else b""

    def request(self, sender, frames):
        """Another's request; returns the frames of the answer, or None where there is none."""
        try:
            verb, cycle, chunk, data = self.parse(frames, (b"push", b"pull", b"have"))
        except Refusal as refusal:
            self.counts["refused"] += 1
            code, text = refusal.args
            return [SIGNATURE, b"error", code, text.encode()]
        if cycle > self.cycle:
            if cycle > self.cycle + 1:  # this node missed ticks; only the clock moves its cycle
                self.counts["early"] += 1
            elif len(self.waiting) < self.most_waiting:  # the sender heard the tick first
                self.waiting.append((sender, frames))
            else:
                self.counts["refused"] += 1
            return None
        is_late = cycle < self.cycle and self.strict
        if verb == b"push":
            self.take(cycle, chunk, data)
            return None
        if verb == b"have":
            # Of an earlier cycle it is no longer known what was held when it began.
            return None if is_late else self.answer(b"have", cycle, self.bitfield())
        identifier = chunk.to_bytes(4, "big")
        if is_late or chunk not in self.held:
            return self.answer(b"late" if is_late else b"none", cycle, identifier)
        return self.answer(b"chunk", cycle, identifier, self.store.read(chunk))

    def take_waiting(self):
        """The messages that were held for the cycle that has begun; they are to be given to `request` again."""
        waiting, self.waiting = self.waiting, deque()
        return waiting

    def reply(self, peer, frames):
        """An answer to this node's own request; only one to what was asked is looked at."""
        try:
            verb, cycle, chunk, data = self.parse(frames, (b"chunk", b"none", b"late", b"have"))
        except Refusal:
            self.counts["refused"] += 1
            return
        if verb == b"have":
            self.answered(peer)
            if cycle == self.cycle and peer in self.waiting_for:
                self.waiting_for.discard(peer)
                self.digests[peer] = chunk
        elif self.pending.pop((peer, chunk, cycle), None) is None:
            self.counts["refused"] += 1
        else:
            self.answered(peer)
            if verb == b"chunk":
                self.take(cycle, chunk, data)
            else:
                self.counts["missed"] += 1

    def take(self, cycle, chunk, data):
        """A chunk that came: checked, counted as exactly one thing, and kept if it is new."""
        self.bytes["received"] += len(data)
        if not self.metafile.is_right(chunk, data):
            self.counts["corrupt"] += 1
            return
        is_new = chunk not in self.held and chunk not in self.fresh
        if cycle == self.cycle:
            self.counts["useful" if is_new else "redundant"] += 1
        else:
            self.counts["late"] += 1
            if self.strict:
                return
            self.counts["late_kept"] += is_new
        if is_new:
            self.store.write(chunk, data)
            self.fresh.add(chunk)

    def answer(self, verb, cycle, *rest):
        return [SIGNATURE, verb, self.metafile.info_hash, cycle.to_bytes(8, "big"), *rest]

    def frames_of(self, verb, chunk):
        """The frames of a request of this cycle."""
        if verb == b"have":
            return self.answer(verb, self.cycle, b"")  # an empty bitfield only asks
        data = [self.store.read(chunk)] if verb == b"push" else []
        return self.answer(verb, self.cycle, chunk.to_bytes(4, "big"), *data)

    def note_sent(self, frames):
        """A link took a message; the bytes of a chunk in it are counted."""
        if frames[1] in (b"push", b"chunk"):
            self.bytes["sent"] += len(frames[5])

    # Bitfields

    def bitfield(self):
        field = bytearray(-(-self.metafile.chunk_count // 8))
        for chunk in self.held:
            field[chunk // 8] |= 0x80 >> chunk % 8  # bit 7 of byte 0 is chunk 0
        return bytes(field)

    def read_bitfield(self, field, may_be_empty):
        count = self.metafile.chunk_count
        if not field and may_be_empty:
            return set()
        spare = -count % 8
        if len(field) != -(-count // 8) or (spare and field[-1] & ((1 << spare) - 1)):
            raise Refusal(b"malformed", f"bitfield has {-(-count // 8)} bytes and its spare bits are zero")
        return {chunk for chunk in range(count) if field[chunk // 8] & 0x80 >> chunk % 8}


def is_peer(reference):
    """Whether a frame names a peer that can be reached; one with a key needs CURVE, which is not spoken here."""
    match = PEER.fullmatch(reference)
    return match is not None and len(reference) <= 255 and 1 <= int(match[2]) <= 65535
