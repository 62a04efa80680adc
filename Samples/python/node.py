#!/usr/bin/env python3
"""A seed or a peer of a swarm: docs/protocol.md in Python, with pyzmq. Takes its turn with GoTorrent's own nodes.

    python3 Samples/python/node.py seed g.torrent --data Samples/GOTORRENT.txt
    python3 Samples/python/node.py get g.torrent --output copies --stay forever

metafile.py reads the metafile, store.py keeps the chunks, gossip.py decides; here are the sockets and the clock. Not
spoken: the bulk exchange, combinations of chunks, shuffles, CURVE. Every node of a swarm must speak these or none.
"""
import argparse, json, os, re, signal, socket as system, sys, time
from collections import deque
from datetime import datetime, timezone

import zmq

from gossip import SIGNATURE, Gossip
from metafile import TRACKER, BadMetafile, Metafile
from store import Store

PATIENCE = 2.0  # seconds for an answer of the tracker
TURN = 64  # messages that are read from one socket before the others have theirs
MOST_NAMED = 10_000  # peers in an answer of the tracker


def receive(socket, most_frames=8):
    """One message that is there already, or None; of too many frames only the first ones are kept."""
    frames = []
    try:
        while not frames or socket.getsockopt(zmq.RCVMORE):
            frame = socket.recv(zmq.NOBLOCK)
            if len(frames) < most_frames:
                frames.append(frame)
    except zmq.Again:
        return frames or None
    return frames


class TrackerLink:
    """One question at a time. The socket of a question that got no answer is thrown away: a REQ takes no other."""

    def __init__(self, node, uri):
        self.node, self.uri, self.socket, self.asked, self.deadline = node, uri, None, None, 0.0
        self.has_answered, self.was_away, self.most_named = False, False, 0
        self.announce_at = self.refresh_at = self.announced_at = 0.0

    def ask(self, verb, *rest):
        if self.socket is None:
            self.socket = self.node.make_socket(zmq.REQ, 4096)
            self.socket.connect(self.uri)
        self.asked, self.deadline = verb, time.monotonic() + PATIENCE
        try:
            self.socket.send_multipart([SIGNATURE, verb, self.node.metafile.info_hash, *rest], zmq.NOBLOCK)
        except zmq.Again:
            pass  # the deadline passes like that of any question without an answer

    def work(self, now):
        """Takes an answer, gives up waiting for one, or asks what is due."""
        if self.asked:
            frames = receive(self.socket, 2 + MOST_NAMED)
            if frames is not None:
                self.take(frames, now)
            elif now >= self.deadline:
                self.fail(now)
        if not self.asked:
            if now >= self.announce_at:
                self.ask(b"announce", self.node.reference)
            elif self.node.has_joined and now >= self.refresh_at:
                self.ask(b"get_peers")

    def take(self, frames, now):
        asked, self.asked = self.asked, None
        if frames[:2] == [SIGNATURE, b"ok"] and asked == b"announce" and len(frames) == 4 \
                and len(frames[2]) == len(frames[3]) == 4:
            self.has_answered, self.was_away, self.announced_at = True, False, now
            self.announce_at = now + max(0.01, int.from_bytes(frames[2], "big") / 1000)
            self.node.join()
        elif frames[:2] == [SIGNATURE, b"peers"] and asked == b"get_peers":
            named = frames[2:]
            self.refresh_at = now + self.node.refresh_span(now)
            # Fewer than it could name are all that there are: this node is not among them, and so was forgotten.
            forgotten = self.node.reference not in named and len(named) < max(1, self.most_named)
            self.most_named = max(self.most_named, len(named))
            if self.was_away or (forgotten and now - self.announced_at >= self.node.options.refresh_interval):
                self.announce_at = now
            self.node.gossip.learn(named, self.node.reference)
        elif asked != b"leave":
            self.fail(now)

    def fail(self, now):
        """No answer, or none that can be used: a new socket, and the same again a little later."""
        self.socket.close()
        self.socket, self.was_away = None, True
        asked, self.asked = self.asked, None
        if asked == b"get_peers":
            self.refresh_at = now + self.node.refresh_span(now)
        else:
            self.announce_at = now + (1.0 if self.has_answered else 0.1)


class Link:
    """A DEALER to one neighbour. What it does not take at once waits here, and only until the cycle ends."""

    def __init__(self, node, peer):
        self.socket, self.outbox, self.was_stuck = node.make_socket(zmq.DEALER, node.frame_limit), deque(), False
        self.socket.setsockopt(zmq.IMMEDIATE, 1)  # else libzmq keeps messages for a peer that is away, for cycles
        self.socket.setsockopt(zmq.HEARTBEAT_IVL, 2000)
        self.socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 5000)
        self.socket.setsockopt(zmq.IPV6, int(b"[" in peer))
        self.socket.connect(peer.decode())

    def flush(self, gossip, peer):
        while self.outbox and self.socket.poll(0, zmq.POLLOUT):
            _, verb, chunk = self.outbox[0]
            frames = gossip.frames_of(verb, chunk)
            try:
                self.socket.send_multipart(frames, zmq.NOBLOCK)
            except zmq.Again:  # the link broke in this moment
                return
            self.outbox.popleft()
            gossip.note_sent(frames)
            if self.was_stuck:
                self.was_stuck = False
                gossip.answered(peer)


class Node:
    def __init__(self, options):
        self.options, self.name = options, options.name or f"{options.role}-{os.getpid()}"
        with open(options.metafile, "rb") as file:
            self.metafile = Metafile(file.read((64 << 20) + 1))
        role = "seed" if options.command == "seed" else "peer"
        tracker = options.tracker or self.metafile.tracker
        if tracker is None:
            raise BadMetafile("it names no tracker that can be reached over tcp://; give one with --tracker")
        self.role = role
        path = options.data if role == "seed" else os.path.join(options.output, self.metafile.name)
        self.store = Store(self.metafile, path, role == "seed")
        self.gossip = Gossip(
            self.metafile, self.store.held, self.store, options.style, options.fanout, options.chunk_selection,
            options.separation == "strict", options.random_seed)
        self.context = zmq.Context()
        self.context.setsockopt(zmq.IPV6, int("[" in tracker + options.bind))
        self.frame_limit = max(self.metafile.chunk_size, -(-self.metafile.chunk_count // 8), 4096)
        host, port = TRACKER.fullmatch(tracker).groups()
        # First of all the clock: what was said before a subscription is not repeated.
        self.clock = self.make_socket(zmq.SUB, 65_536)
        self.clock.subscribe(b"cycle")
        self.clock.connect(options.bus_subscribe or f"tcp://{host}:{int(port) + 1}")
        # An XPUB tells when the broker has subscribed; a PUB would drop what is said before.
        self.speaker, self.is_heard, self.unsaid = self.make_socket(zmq.XPUB, 65_536), False, deque(maxlen=64)
        self.speaker.connect(options.bus_publish or f"tcp://{host}:{int(port) + 2}")
        self.router = self.make_socket(zmq.ROUTER, self.frame_limit)
        self.router.bind(options.bind)
        listening = self.router.getsockopt(zmq.LAST_ENDPOINT).decode().rstrip("\0").rsplit(":", 1)[1]
        self.reference = f"tcp://{options.advertise or facing(host, int(port))}:{listening}".encode()
        self.tracker, self.links, self.unreachable, self.has_joined = TrackerLink(self, tracker), {}, [], False
        self.interval, self.last_tick, self.heard, self.digests_until = options.cycle, None, 0, None
        self.started, self.has_completed, self.ends_at = time.monotonic(), False, None

    def make_socket(self, kind, limit):
        socket = self.context.socket(kind)
        socket.setsockopt(zmq.LINGER, 200)  # milliseconds; for ever, and the program would hang at its end
        socket.setsockopt(zmq.MAXMSGSIZE, limit)  # a frame beyond it ends the connection
        queue = max(4, min(1000, (64 << 20) // limit))
        socket.setsockopt(zmq.RCVHWM, queue)
        socket.setsockopt(zmq.SNDHWM, queue)
        return socket

    # The loop

    def run(self):
        print(f"{self.name}: listening at {self.reference.decode()}", file=sys.stderr, flush=True)
        while self.ends_at is None or time.monotonic() < self.ends_at:
            now = time.monotonic()
            self.hear_clock(now)
            self.hear_broker()
            self.tracker.work(now)
            for _ in range(TURN):
                message = receive(self.router)
                if message is None:
                    break
                self.serve(message[0], message[1:])
            for peer, link in self.links.items():
                for _ in range(TURN):
                    frames = receive(link.socket)
                    if frames is None:
                        break
                    self.gossip.reply(peer, frames)
            if self.digests_until and (now >= self.digests_until or not self.gossip.waiting_for):
                self.digests_until = None
                self.send(self.gossip.pull_rarest())
            for peer, link in self.links.items():
                link.flush(self.gossip, peer)
            self.note_completion()
            self.wait()

    def wait(self):
        """Until a message comes, or something is due; there are more clever ways to tell when that is."""
        poller = zmq.Poller()
        for socket in [self.clock, self.speaker, self.router, self.tracker.socket]:
            if socket is not None:
                poller.register(socket, zmq.POLLIN)
        for link in self.links.values():
            poller.register(link.socket, zmq.POLLIN | (zmq.POLLOUT if link.outbox else 0))
        poller.poll(max(1, min(50, self.interval * 1000 / 16)))

    def serve(self, sender, frames):
        answer = self.gossip.request(sender, frames)
        if answer is not None:
            try:
                self.router.send_multipart([sender, *answer], zmq.NOBLOCK)
                self.gossip.note_sent(answer)
            except zmq.ZMQError:
                pass  # the one who asked is gone, or does not read

    def send(self, requests):
        for peer, verb, chunk in requests:
            if peer not in self.links:
                try:
                    self.links[peer] = Link(self, peer)
                except zmq.ZMQError:  # an address that is none, or too many sockets
                    self.unreachable.append((peer, verb, chunk))
                    continue
            self.links[peer].outbox.append((peer, verb, chunk))

    # The clock

    def hear_clock(self, now):
        """Takes the newest tick that is there; without any for three intervals it counts by itself (holdover)."""
        newest = None
        for _ in range(TURN):
            message = receive(self.clock)
            if message is None:
                break
            newest = read_tick(message) or newest
        cycle = self.gossip.cycle
        if newest:
            number, self.interval = newest
            self.last_tick, self.heard = now, number
            # A little below: its holdover ran ahead, and it waits. Far below: counting began anew, and it follows.
            if number > cycle or number <= cycle - 10:
                self.begin(number)
        elif self.last_tick is not None and now - self.last_tick >= 3 * self.interval:
            number = self.heard + int((now - self.last_tick) / self.interval)
            if number > cycle:
                self.begin(number)

    def begin(self, cycle):
        undelivered, self.unreachable = self.unreachable, []
        for link in self.links.values():
            link.was_stuck = link.was_stuck or bool(link.outbox)
            undelivered += link.outbox
            link.outbox.clear()
        for peer in self.gossip.end_cycle(undelivered):
            if peer in self.links:
                self.links.pop(peer).socket.close(linger=0)
        self.report()
        self.send(self.gossip.begin_cycle(cycle))
        self.digests_until = time.monotonic() + self.interval / 4 if self.gossip.waiting_for else None
        for sender, frames in self.gossip.take_waiting():
            self.serve(sender, frames)

    def refresh_span(self, now):
        """Before cycle 1 often, so that one question falls between the last member's announcement and the first tick."""
        usual = self.options.refresh_interval
        if self.gossip.cycle or now - self.started > 60:
            return usual
        return min(usual, max(0.01, self.interval / 4))

    # The bus

    def hear_broker(self):
        for _ in range(TURN):
            message = receive(self.speaker)
            if message is None:
                break
            self.is_heard = message[0][:1] == b"\1"  # the broker has subscribed, to everything; 0: it is gone
        while self.is_heard and self.unsaid:
            self.say(*self.unsaid.popleft())

    def say(self, kind, body):
        if not self.is_heard:
            return self.unsaid.append((kind, body))
        torrent = self.metafile.info_hash.hex()
        body = {"torrent": torrent, "node": self.name, **body}
        topic = f"{kind}.{torrent}.{self.name}"
        try:
            self.speaker.send_multipart([topic.encode(), json.dumps(body).encode()], zmq.NOBLOCK)
        except zmq.Again:
            pass  # a report that is lost is made good by the next one

    def tell(self, event, **more):
        at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.say("event", {"event": event, "cycle": self.gossip.cycle, "at": at, **more})

    def report(self):
        """What it holds at the cycle's end, and what it counted since it started."""
        gossip, count = self.gossip, self.metafile.chunk_count
        bitfield = {"bitfield": gossip.bitfield().hex()} if count <= 4096 else {}
        self.say("progress", {
            "role": self.role, "peer_ref": self.reference.decode(), "cycle": gossip.cycle,
            "chunks_held": len(gossip.held), "chunk_count": count, **bitfield,
            "messages": dict(gossip.counts), "bytes": dict(gossip.bytes)})

    # Coming and going

    def join(self):
        if not self.has_joined:
            self.has_joined = True
            self.tell("joined")

    def note_completion(self):
        if self.has_completed or self.role == "seed" or not self.gossip.is_complete or not self.has_joined:
            return
        self.has_completed = True
        self.store.finish(self.metafile.chunk_count)
        self.tell("completed")
        print(f"{self.name}: complete, {self.store.path}", file=sys.stderr, flush=True)
        if self.options.stay is not None:
            self.ends_at = time.monotonic() + self.options.stay

    def leave(self, **failure):
        """Says goodbye, so that nobody draws this node for the next ten seconds."""
        self.tell("failed" if failure else "left", **failure)
        if self.has_joined:
            if self.tracker.asked:
                self.tracker.fail(0)
            self.tracker.ask(b"leave", self.reference)
            self.tracker.socket.poll(1000)
        self.context.destroy(linger=200)


def read_tick(message):
    """The cycle and Δ in seconds, or None: anyone may say anything, and a prefix matches more than was meant."""
    try:
        topic, body = message
        tick = json.loads(body)
        cycle, interval = tick["cycle"], tick["interval_ms"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if topic != b"cycle" or type(cycle) is not int or type(interval) is not int:
        return None
    return (cycle, interval / 1000) if 1 <= cycle <= 1 << 53 and 1 <= interval <= 86_400_000 else None


def facing(host, port):
    """The address of this machine that faces a host; nothing is sent."""
    bare = host.strip("[]")
    with system.socket(system.AF_INET6 if ":" in bare else system.AF_INET, system.SOCK_DGRAM) as probe:
        probe.connect((bare, port))
        address = probe.getsockname()[0]
    return f"[{address}]" if ":" in address else address


def span(text):
    """Seconds of a text such as 50ms or 2s; None of `forever`."""
    if text == "forever":
        return None
    number, unit = (text[:-2], 1000) if text.endswith("ms") else (text.removesuffix("s"), 1)
    seconds = float(number) / unit
    if not 0 <= seconds <= 86_400:
        raise ValueError
    return seconds


def tracker_uri(text):
    match = TRACKER.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= 65533:
        raise ValueError
    return text


def node_name(text):
    if not re.fullmatch("[A-Za-z0-9_-]{1,64}", text):
        raise ValueError
    return text


def options():
    parser = argparse.ArgumentParser(description="A seed or a peer of a GoTorrent swarm.")
    parser.add_argument("command", choices=["seed", "get"])
    parser.add_argument("metafile")
    parser.add_argument("--data", help="what a seed serves")
    parser.add_argument("--output", default=".", help="the folder that a peer downloads to")
    parser.add_argument("--stay", type=span, default=30.0, help="how long to serve on, such as 30s, or forever")
    parser.add_argument("--name", type=node_name, help="unique in the swarm; 1 to 64 letters, digits, _ and -")
    parser.add_argument("--tracker", type=tracker_uri, help="in place of the metafile's, tcp://HOST:PORT")
    parser.add_argument("--bind", default="tcp://*:*")
    parser.add_argument("--advertise", help="the address that others are given")
    parser.add_argument("--bus-subscribe", help="where the clock is heard (default: the tracker's port + 1)")
    parser.add_argument("--bus-publish", help="where progress is published (default: the tracker's port + 2)")
    parser.add_argument("--style", choices=["push", "pull", "push-pull"], default="push-pull")
    parser.add_argument("--fanout", type=int, default=2)
    parser.add_argument("--chunk-selection", choices=["random", "rarest-first"], default="random")
    parser.add_argument("--separation", choices=["strict", "relaxed"], default="strict")
    parser.add_argument("--cycle", type=span, default=1.0, help="Δ, where it is known before the first tick")
    parser.add_argument("--refresh-interval", type=span, default=2.0)
    parser.add_argument("--random-seed", type=int)
    parsed = parser.parse_args()
    parsed.role = "seed" if parsed.command == "seed" else "peer"
    if parsed.role == "seed" and parsed.data is None:
        parser.error("a seed needs --data, the file or folder that it serves")
    if parsed.fanout < 1 or not parsed.cycle or not parsed.refresh_interval:
        parser.error("--fanout is at least 1, --cycle and --refresh-interval are durations")
    return parsed


def main():
    def stop(*_):
        raise KeyboardInterrupt
    signal.signal(signal.SIGTERM, stop)
    parsed = options()
    try:
        node = Node(parsed)
    except BadMetafile as error:
        sys.exit(f"{parsed.metafile}: {error}")
    except (OSError, zmq.ZMQError) as error:
        sys.exit(f"{parsed.command}: {error}")
    try:
        node.run()
    except KeyboardInterrupt:
        node.leave()
        sys.exit(130)
    except OSError as error:  # a full disk, a file that was changed
        node.leave(reason="".join(letter if letter.isprintable() else "?" for letter in str(error)[:500]))
        sys.exit(f"{node.name}: {error}")
    node.leave()


if __name__ == "__main__":
    main()
