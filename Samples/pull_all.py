#!/usr/bin/env python3
"""Joins a swarm and pulls its whole file, one chunk after the other: docs/protocol.md in Python, with pyzmq.

    gotorrent tracker --bind tcp://127.0.0.1:6969
    gotorrent create Samples/GOTORRENT.txt --chunk-size 1 --tracker tcp://127.0.0.1:6969 --output g.torrent
    gotorrent seed g.torrent --data Samples/GOTORRENT.txt
    python3 Samples/pull_all.py g.torrent [BUS]

BUS is where the bus is subscribed to; left out, it is one port above the tracker's. The text goes to standard output.
"""
import hashlib, json, random, sys
import zmq


def bdecode(data, at=0):
    """Reads the bencoded value at a place; returns it and the place behind it."""
    kind = data[at:at + 1]
    if kind == b"i":
        end = data.index(b"e", at)
        return int(data[at + 1:end]), end + 1
    if kind in (b"l", b"d"):
        items, at = [], at + 1
        while data[at:at + 1] != b"e":
            start = at
            item, at = bdecode(data, at)
            # The torrent's name on the wire is the hash of the info dictionary's own bytes.
            if kind == b"d" and items and items[-1] == b"info":
                item[b"info hash"] = hashlib.sha256(data[start:at]).digest()
            items.append(item)
        return (items if kind == b"l" else dict(zip(items[::2], items[1::2]))), at + 1
    colon = data.index(b":", at)
    end = colon + 1 + int(data[at:colon])
    return data[colon + 1:end], end


with open(sys.argv[1], "rb") as file:
    metafile, _ = bdecode(file.read())
info = metafile[b"info"]
if b"chunk hashes" not in info:
    sys.exit(f"{sys.argv[1]}: this script reads no BitTorrent metafile; create one with --chunk-size 1, or 1000")
tracker_uri = metafile[b"announce"].decode()
torrent, hashes = info[b"info hash"], info[b"chunk hashes"]
host, port = tracker_uri.rsplit(":", 1)
bus_uri = sys.argv[2] if len(sys.argv) > 2 else f"{host}:{int(port) + 1}"

context = zmq.Context()
context.setsockopt(zmq.LINGER, 0)  # sockets made from here on drop what they could not send, and so never hang
context.setsockopt(zmq.RCVTIMEO, 10_000)  # and give up, by zmq.Again, on one who does not answer

# The clock. Subscribe first: what was said before is not repeated.
bus = context.socket(zmq.SUB)
bus.connect(bus_uri)
bus.subscribe(b"cycle")

# Our own ROUTER makes us a member like any other. This script only takes; a full peer would answer here.
router = context.socket(zmq.ROUTER)
peer_ref = f"tcp://127.0.0.1:{router.bind_to_random_port('tcp://127.0.0.1')}".encode()

tracker = context.socket(zmq.REQ)
tracker.connect(tracker_uri)


def ask_tracker(*frames):
    """One question to the tracker, one answer; every message begins with GT1 and a verb."""
    tracker.send_multipart([b"GT1", *frames])
    signature, verb, *rest = tracker.recv_multipart()
    assert signature == b"GT1" and verb != b"error", rest
    return rest


ask_tracker(b"announce", torrent, peer_ref)
chunks, links = {}, {}
while len(chunks) < len(hashes) // 32:
    topic, body = bus.recv_multipart()  # the next tick
    cycle = json.loads(body)["cycle"].to_bytes(8, "big")
    others = [peer for peer in ask_tracker(b"get_peers", torrent) if peer != peer_ref]
    missing = [chunk for chunk in range(len(hashes) // 32) if chunk not in chunks]
    for chunk in missing if others else []:
        peer = random.choice(others)
        if peer not in links:  # a DEALER for each neighbour, to its ROUTER
            links[peer] = context.socket(zmq.DEALER)
            links[peer].connect(peer.split(b"#")[0].decode())
        links[peer].send_multipart([b"GT1", b"pull", torrent, cycle, chunk.to_bytes(4, "big")])
        signature, verb, *rest = links[peer].recv_multipart()
        if verb == b"chunk":  # else none or late: it is asked for again at the next tick
            assert hashlib.sha256(rest[3]).digest() == hashes[32 * chunk:32 * chunk + 32], f"chunk {chunk} is corrupt"
            chunks[chunk] = rest[3]
ask_tracker(b"leave", torrent, peer_ref)
sys.stdout.buffer.write(b"".join(chunks[chunk] for chunk in sorted(chunks)))
sys.stdout.flush()
