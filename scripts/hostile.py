#!/usr/bin/env python3
"""Attacks a tracker and a seed over their sockets, and measures what that costs them and an honest peer.

Usage: scripts/hostile.py GOTORRENT [MESSAGES [CONNECTIONS]]

Starts a tracker and a seed whose uplink is limited, fetches the file undisturbed, then under each attack, twice each
time: so many MESSAGES that are none (1,000,000) to each of the four ports; so many CONNECTIONS (2,000) that say nothing or
half a greeting; eight that ask for everything and never read; a bus that is flooded with reports, large and small, while one
link after the other subscribes to a million topics, five hundred to nearly as many as they may, and two hundred hear all and
never read; one that asks for everything at once and takes it; and 100,000 members announced from another address. In the
last two three honest peers fetch at once, for one that takes what it asks for is entitled to its part of the uplink. A line
for each tells the slowest honest peer's time, in the better of the two, and the memory that tracker and seed had at most so
far. Ends with 1 where a process ended, a copy was not whole, an honest peer took more than half as
long again, or a process had more than 256 MiB. It needs pyzmq.
"""

import hashlib
import json
import pathlib
import random
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time

import zmq

RATE = 8 << 20
FILE_SIZE = 24 << 20
CHUNK_SIZE = 256 << 10
MEMORY_LIMIT = 256
SLOWEST = 1.5


class Swarm:
    """A tracker and a seed, and honest peers one after the other."""

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.content = random.Random(1).randbytes(FILE_SIZE)
        (self.folder / "file").write_bytes(self.content)
        # The bus is looked for on the two ports above the tracker's.
        port = free_port(3)
        self.tracker = self.start("tracker", "--bind", f"tcp://127.0.0.1:{port}", "--cycle", "100ms")
        self.ports = json.loads(self.tracker.stdout.readline())
        self.metafile = str(self.folder / "file.torrent")
        subprocess.run([program, "create", str(self.folder / "file"), "--tracker", self.ports["requests"], "--output",
                        self.metafile, "--chunk-size", str(CHUNK_SIZE)], check=True, stdout=subprocess.DEVNULL)
        self.seed_address = f"tcp://127.0.0.1:{free_port(1)}"
        self.seed = self.start("seed", self.metafile, "--data", str(self.folder / "file"), "--bind", self.seed_address,
                               "--upload-limit", f"{RATE >> 20}MiB/s")
        time.sleep(2)
        self.fetched = 0

    def start(self, *arguments):
        log = open(self.folder / f"{arguments[0]}.log", "wb")
        return subprocess.Popen([self.program, *arguments], stdout=subprocess.PIPE, stderr=log)

    def fetch(self, peers=1):
        """The seconds that so many honest peers take that begin together."""
        outputs = []
        for _ in range(peers):
            self.fetched += 1
            outputs.append(self.folder / f"copy{self.fetched}")
        start = time.monotonic()
        # Where there are several each stays until the others have what it holds.
        stay = "0s" if peers == 1 else "20s"
        running = [subprocess.Popen([self.program, "get", self.metafile, "--output", str(output), "--stay", stay],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for output in outputs]
        try:
            while not all((output / "file").exists() for output in outputs):
                assert time.monotonic() - start < 120, "an honest peer is not done after two minutes"
                assert all(process.poll() in (None, 0) for process in running), "an honest peer gave up"
                time.sleep(0.02)
            seconds = time.monotonic() - start
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(20)
        for output in outputs:
            assert (output / "file").read_bytes() == self.content, "the copy is not whole"
        return seconds

    def best(self, peers=1):
        """Of two fetches the shorter one: what an attack costs, and not what else the machine did."""
        return min(self.fetch(peers), self.fetch(peers))

    def memory(self):
        """The most MiB that tracker and seed ever had."""
        peaks = []
        for process in (self.tracker, self.seed):
            assert process.poll() is None, f"a process ended with {process.returncode}"
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            peaks.append(int(status.split("VmHWM:")[1].split()[0]) >> 10)
        return peaks

    def stop(self):
        for process in (self.seed, self.tracker):
            process.terminate()
            process.wait(10)


def free_port(count):
    """The first of so many neighbouring ports that nobody listens on."""
    while True:
        port = random.randrange(20_000, 30_000)
        taken = 0
        for other in range(port, port + count):
            with socket.socket() as probe:
                taken += probe.connect_ex(("127.0.0.1", other)) == 0
        if not taken:
            return port


def nonsense(torrent):
    """Messages that are none: random frames, and right ones cut, lengthened or mixed up."""
    dice = random.Random(2)
    right = [[b"GT1", b"push", torrent, bytes(8), bytes(4), b"x" * 100], [b"GT1", b"pull", torrent, bytes(8), bytes(4)],
             [b"GT1", b"exchange", torrent, bytes(8), b"tcp://a:1", bytes(13), bytes(12)],
             [b"GT1", b"announce", torrent, b"tcp://127.0.0.1:1"], [b"GT1", b"get_peers", torrent]]
    messages = []
    for count in range(256):
        message = list(dice.choice(right))
        place = dice.randrange(len(message))
        change = count % 4
        if change == 0:
            message[place] = dice.randbytes(dice.choice([0, 1, 7, 9, 64, 300, 4000]))
        elif change == 1:
            message = message[:place]
        elif change == 2:
            message.insert(place, dice.randbytes(8))
        else:
            message = [dice.randbytes(dice.randrange(40)) for _ in range(dice.randrange(1, 12))]
        messages.append(message or [b""])
    return messages


def flood(context, kind, address, messages, count, prefix=()):
    """Sends messages as fast as they are taken, and reads whatever is answered."""
    link = context.socket(kind)
    link.setsockopt(zmq.LINGER, 0)
    link.connect(address)
    time.sleep(0.3)
    for number in range(count):
        link.send_multipart([*prefix, *messages[number % len(messages)]])
        if kind == zmq.DEALER:
            while link.poll(0):
                link.recv_multipart()
    time.sleep(1)
    link.close()


def send_nonsense(swarm, context, torrent, count):
    messages = nonsense(torrent)
    topics = [[b"progress." + message[0].hex().encode()[:80] + b".a", b"{" + message[-1]] for message in messages]
    # Neither a subscription, which begins with 1, nor its end, which begins with 0.
    others = [[b"\x02" + b"".join(message)[:100]] for message in messages]
    attacks = [(zmq.DEALER, swarm.ports["requests"], messages, (b"",)), (zmq.DEALER, swarm.seed_address, messages, ()),
               (zmq.PUB, swarm.ports["bus_publish"], topics, ()), (zmq.XSUB, swarm.ports["bus_subscribe"], others, ())]
    threads = [threading.Thread(target=flood, args=(context, kind, address, sent, count, prefix))
               for kind, address, sent, prefix in attacks]
    return threads


def connect_idly(swarm, count, held):
    """Half of them say nothing, the other half a part of ZMTP's greeting; all stay open."""
    addresses = [swarm.ports["requests"], swarm.ports["bus_publish"], swarm.seed_address]
    for number in range(count):
        host, port = addresses[number % len(addresses)][6:].rsplit(":", 1)
        link = socket.create_connection((host, int(port)))
        if number % 2:
            link.sendall(b"\xff" + bytes(8) + b"\x7f\x03")
        held.append(link)


def ask_and_never_read(swarm, context, torrent):
    """Asks the seed for all that it has, over and over, on links whose answers nobody takes."""
    links = []
    chunks = FILE_SIZE // CHUNK_SIZE
    for number in range(8):
        link = context.socket(zmq.DEALER)
        for option, value in ((zmq.LINGER, 0), (zmq.RCVHWM, 1), (zmq.RCVBUF, 4096), (zmq.SNDTIMEO, 1000)):
            link.setsockopt(option, value)
        link.connect(swarm.seed_address)
        links.append(link)
        header = lambda verb: [b"GT1", verb, torrent, bytes(8)]
        reference = f"tcp://127.0.0.1:{2 + number}".encode()
        nothing = (1).to_bytes(8, "big") + bytes(4) + b"\1" + bytes(chunks // 8)
        link.send_multipart([*header(b"exchange"), reference, nothing, b""])
        try:
            for _ in range(20):
                link.send_multipart([*header(b"want"), b"".join(chunk.to_bytes(4, "big") for chunk in range(chunks))])
                for chunk in range(chunks):
                    link.send_multipart([*header(b"pull"), chunk.to_bytes(4, "big")])
        except zmq.Again:
            pass  # the seed has cut the link, which nobody hears who does not read
    return links


def ask_for_everything_and_read(swarm, context, torrent, stop):
    """Wants and pulls all that the seed has, over and over, and takes whatever comes."""
    link = context.socket(zmq.DEALER)
    link.setsockopt(zmq.LINGER, 0)
    link.connect(swarm.seed_address)
    chunks = FILE_SIZE // CHUNK_SIZE
    header = lambda verb, cycle: [b"GT1", verb, torrent, cycle.to_bytes(8, "big")]
    nothing = (1).to_bytes(8, "big") + bytes(4) + b"\1" + bytes(chunks // 8)
    everything = b"".join(chunk.to_bytes(4, "big") for chunk in range(chunks))
    taken = 0
    while not stop.is_set():
        link.send_multipart([*header(b"exchange", 1), b"tcp://127.0.0.1:2", nothing, b""])
        link.send_multipart([*header(b"want", 1), everything])
        for chunk in range(chunks):
            link.send_multipart([*header(b"pull", 1), chunk.to_bytes(4, "big")])
        end = time.monotonic() + 0.1
        while time.monotonic() < end:
            if link.poll(10):
                taken += link.recv_multipart()[1] == b"chunk"
    link.close()
    print(f"  it took {taken} chunks", flush=True)


def greet(address, kind):
    """A link of one's own making: libzmq's would keep all that it subscribes to, too."""
    host, port = address[6:].rsplit(":", 1)
    link = socket.create_connection((host, int(port)), timeout=10)
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    ready = b"\x05READY" + b"\x0bSocket-Type" + len(kind).to_bytes(4, "big") + kind
    link.sendall(b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)
                 + b"\x04" + bytes([len(ready)]) + ready)
    return link


def frame(body, more=False):
    """A frame of ZMTP."""
    if len(body) < 256:
        return bytes([more, len(body)]) + body
    return bytes([2 + more]) + len(body).to_bytes(8, "big") + body


def topics(first, count):
    """Subscriptions to so many topics, each of which no other begins like."""
    return b"".join(frame(b"\x01progress.%08d" % number + b"x" * 130) for number in range(first, first + count))


def subscribe_to_all(address, count):
    """So many different topics, on a new link whenever the last one is lost."""
    sent = 0
    while sent < count:
        try:
            with greet(address, b"SUB") as link:
                while sent < count:
                    sent += 100
                    link.sendall(topics(sent, 100))
        except OSError:
            time.sleep(0.01)


def subscribe_as_allowed(address, held):
    """Five hundred links, each with nearly as many topics as a link may have."""
    for number in range(500):
        try:
            held.append(greet(address, b"SUB"))
            held[-1].sendall(topics(10_000_000 + 100 * number, 60))
        except OSError:
            pass


def report_little(address, count):
    """Small reports, each in a packet of its own."""
    with greet(address, b"PUB") as link:
        time.sleep(0.3)
        for _ in range(count):
            link.sendall(frame(b"progress.00.liar", more=True) + frame(b"{" + b" " * 40 + b"}"))
            time.sleep(0.00002)


def flood_bus(swarm, context, count):
    """Links that subscribe to too much, and links that hear all and never read while somebody publishes.

    These come one after the other, so that something else waits for each.
    """
    links = []

    def hear_and_never_read():
        for _ in range(200):
            link = context.socket(zmq.SUB)
            for option, value in ((zmq.LINGER, 0), (zmq.RCVHWM, 1), (zmq.RCVBUF, 4096), (zmq.SUBSCRIBE, b"")):
                link.setsockopt(option, value)
            link.connect(swarm.ports["bus_subscribe"])
            links.append(link)
            time.sleep(0.05)
    subscribe, publish = swarm.ports["bus_subscribe"], swarm.ports["bus_publish"]
    reports = [[b"progress.00.liar", b"{" + b" " * 8000 + b"}"]]
    attacks = [(hear_and_never_read, ()), (subscribe_to_all, (subscribe, count)), (subscribe_as_allowed, (subscribe, links)),
               (flood, (context, zmq.PUB, publish, reports, count)), (report_little, (publish, count // 20))]
    return links, [threading.Thread(target=attack, args=arguments) for attack, arguments in attacks]


def announce_many(swarm, torrent, count, stop):
    """Announces so many members that there are not, from another address of this machine, over and over."""
    host, port = swarm.ports["requests"][6:].rsplit(":", 1)
    port = int(port)
    context = zmq.Context()
    link = context.socket(zmq.DEALER)
    link.setsockopt(zmq.LINGER, 0)
    link.connect(f"tcp://127.0.0.2:0;127.0.0.1:{port}")
    answers, rounds = {}, 0
    while not stop.is_set():
        for number in range(count):
            member = f"tcp://10.{number >> 16}.{number >> 8 & 255}.{number & 255}:7000".encode()
            link.send_multipart([b"", b"GT1", b"announce", torrent, member])
            # No more in flight than the tracker queues answers of.
            if number % 100 == 99:
                for _ in range(100):
                    if not link.poll(2000):
                        break
                    reply = link.recv_multipart()
                    kind = reply[3] if reply[2] == b"error" else reply[2]
                    answers[kind] = answers.get(kind, 0) + 1
            if stop.is_set() and rounds:
                break
        rounds += 1
        stop.announced.set()
    link.close()
    context.destroy(0)
    print(f"  answered {({key.decode(): value for key, value in answers.items()})}", flush=True)


def main():
    program = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    connections = int(sys.argv[3]) if len(sys.argv) > 3 else 2_000
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        swarm = Swarm(program, folder)
        context = zmq.Context()
        try:
            metafile = pathlib.Path(swarm.metafile).read_bytes()
            torrent = hashlib.sha256(info_bytes(metafile)).digest()
            calm = swarm.best()
            report("undisturbed", calm, calm, swarm, faults)

            threads = send_nonsense(swarm, context, torrent, count)
            start = time.monotonic()
            for thread in threads:
                thread.start()
            report("nonsense on every port", swarm.best(), calm, swarm, faults)
            for thread in threads:
                thread.join()
            print(f"  {4 * count} messages in {time.monotonic() - start:.0f} s")
            report("after it", swarm.best(), calm, swarm, faults)

            held = []
            connect_idly(swarm, connections, held)
            report(f"{connections} idle connections", swarm.best(), calm, swarm, faults)
            for link in held:
                link.close()

            links = ask_and_never_read(swarm, context, torrent)
            report("eight that ask for everything and never read", swarm.best(), calm, swarm, faults)
            for link in links:
                link.close()
            report("when they have gone", swarm.best(), calm, swarm, faults)

            links, threads = flood_bus(swarm, context, count)
            for thread in threads:
                thread.start()
            report("a flooded bus, with topics and with reports that nobody reads", swarm.best(), calm, swarm, faults)
            for thread in threads:
                thread.join()
            for link in links:
                link.close()

            together = swarm.best(3)
            report("three at once, undisturbed", together, together, swarm, faults)
            stop = threading.Event()
            thread = threading.Thread(target=ask_for_everything_and_read, args=(swarm, context, torrent, stop))
            thread.start()
            report("one that asks for everything at once", swarm.best(3), together, swarm, faults)
            stop.set()
            thread.join()

            stop = threading.Event()
            stop.announced = threading.Event()
            thread = threading.Thread(target=announce_many, args=(swarm, torrent, 100_000, stop))
            thread.start()
            stop.announced.wait()
            report("100,000 members that there are not", swarm.best(3), together, swarm, faults)
            stop.set()
            thread.join()
            report("when all is over", swarm.best(), calm, swarm, faults)
        finally:
            context.destroy(0)
            swarm.stop()
    for fault in faults:
        print(f"error: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


def info_bytes(metafile):
    """The bytes of the info dictionary, which the info hash is taken over."""
    start = metafile.index(b"4:info") + 6
    place, depth = start, 0
    while True:
        mark = metafile[place:place + 1]
        if mark in (b"d", b"l"):
            place, depth = place + 1, depth + 1
        elif mark == b"e":
            place, depth = place + 1, depth - 1
        elif mark == b"i":
            place = metafile.index(b"e", place) + 1
        else:
            colon = metafile.index(b":", place)
            place = colon + 1 + int(metafile[place:colon])
        if depth == 0:
            return metafile[start:place]


def report(title, seconds, calm, swarm, faults):
    tracker, seed = swarm.memory()
    print(f"{title}: {seconds:.1f} s, {calm / seconds:.0%} of the undisturbed rate; "
          f"tracker {tracker} MiB, seed {seed} MiB at most", flush=True)
    if seconds > SLOWEST * calm:
        faults.append(f"{title}: an honest peer took {seconds:.1f} s instead of {calm:.1f} s")
    if max(tracker, seed) > MEMORY_LIMIT:
        faults.append(f"{title}: tracker {tracker} MiB, seed {seed} MiB; {MEMORY_LIMIT} are the most")


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main()
