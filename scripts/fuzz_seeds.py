#!/usr/bin/env python3
"""Writes what fuzzing begins with: the examples of docs/protocol.md, and an honest input for each other target.

Usage: scripts/fuzz_seeds.py FOLDER

Makes FOLDER/TARGET/*. Frames are written as FuzzInput reads them: a length in one byte, or 255 and two bytes, then the
bytes. scripts/fuzz.sh adds these inputs to the corpus and keeps of all what reaches something new.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HASH = bytes.fromhex("5f74bc599712e22c01ed150f60303fecaf0c75e14d64b534cbc2f8e3b6e9eed2")
OTHER = "4a3fff9e61ca3e576c93d5e93819df2ec5b399ea01f01557b4bb00642e6d21d8"


def framed(frames):
    """The frames of a message as one input."""
    head = lambda size: bytes([size]) if size < 255 else b"\xff" + size.to_bytes(2, "big")
    return b"".join(head(len(frame)) + frame for frame in frames)


def blocks(text):
    """Yields the kind and the frames of each example."""
    for kind, body in re.findall(r"^```frames ([a-z-]+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        frames = []
        for line in body.splitlines():
            found = re.match(r"(\+ )?((?:[0-9a-f]{2}(?: |$))*)", line)
            data = bytes.fromhex(found.group(2))
            if found.group(1):
                frames[-1] += data
            else:
                frames.append(data)
        yield kind, frames


KINDS = {
    "tracker-request": ("tracker-request", b""), "tracker-reply": ("tracker-reply", b""),
    "info-request": ("tracker-request", b""), "info-reply": ("tracker-reply", b""), "bus": ("bus", b""),
    "peer-request": ("peer-request", b"\0"), "peer-reply": ("peer-reply", b"\0"),
    "want-proven": ("peer-request", b"\4"), "pull-proven": ("peer-request", b"\4"), "proven": ("peer-reply", b"\4"),
    "coded": ("peer-request", b"\1"),
}


def message(verb, *frames):
    return [b"GT1", verb.encode(), HASH, (12).to_bytes(8, "big"), *frames]


def wire():
    """The examples of the page, and the verbs that it only describes."""
    for kind, frames in blocks((ROOT / "docs/protocol.md").read_text()):
        target, prefix = KINDS[kind]
        # A node of these targets has one torrent.
        if target.startswith("peer"):
            frames = [HASH if frame == bytes.fromhex(OTHER) else frame for frame in frames]
        yield target, prefix + framed(frames)
    version = (77).to_bytes(8, "big") + (5).to_bytes(4, "big")
    chunk, chunks = b"\0\0\0\3", b"\0\0\0\3\0\0\0\5"
    reference = b"tcp://127.0.0.1:7001"
    time = (12).to_bytes(8, "big") + (10).to_bytes(4, "big") + (1000).to_bytes(4, "big")
    holdings = [version + b"\0", version + b"\1\x80\x80", version + b"\2\0\0\0\4" + chunk]
    for held in holdings:
        yield "peer-request", b"\0" + framed(message("exchange", reference, held, version))
        yield "peer-reply", b"\0" + framed(message("exchange", held, b"", chunks))
        yield "peer-reply", b"\0" + framed(message("got", held))
    for verb, frames in [("want", [chunks]), ("ready", []), ("cancel", [chunks]), ("push", [chunk, b"O"]),
                         ("have", [b"\x80\x80"])]:
        yield "peer-request", b"\0" + framed(message(verb, *frames))
    for verb, frames in [("grant", [b"\0\0\0\2", chunks]), ("busy", []), ("none", [chunk]), ("late", [chunk])]:
        yield "peer-reply", b"\0" + framed(message(verb, *frames))
    yield "peer-request", b"\1" + framed(message("pull_coded"))
    yield "peer-reply", b"\1" + framed(message("coded", bytes(range(9)), b"x"))
    for target in ["peer-request", "peer-reply"]:
        yield target, b"\2" + framed(message("shuffle", time, b"\0\0" + reference, b"\0\5tcp://[::1]:7002"))
        yield target, b"\2" + framed(message("shuffle", b""))
    yield "peer-reply", b"\0" + framed([b"GT1", b"error", b"malformed", b"text"])
    key = b"tcp://[fe80::1%eth0]:7001#" + b"0f" * 32
    yield "tracker-request", framed([b"GT1", b"leave", HASH, key])
    yield "tracker-request", framed([b"GT1", b"get_metafile", HASH, bytes(8)])
    yield "tracker-reply", framed([b"GT1", b"metafile", HASH, (9).to_bytes(8, "big"), b"GOTORRENT"])
    yield "tracker-reply", framed([b"GT1", b"error", b"overloaded", b"text"])
    yield "tracker-reply", framed([b"GT1", b"ok"])


def bus():
    node = HASH.hex() + ".peer1"
    text = (ROOT / "docs/protocol.md").read_text()
    report = json.loads(re.search(r"^```json\n(\{.*?^\})\n```", text, re.MULTILINE | re.DOTALL).group(1))
    yield "bus", framed([b"progress." + node.encode(), json.dumps(report).encode()])
    event = {"event": "failed", "torrent": HASH.hex(), "node": "peer1", "cycle": 3, "reason": "no space"}
    yield "bus", framed([b"event." + node.encode(), json.dumps(event).encode()])
    yield "bus", framed([b"event." + node.encode(), b'{"event":"left"}'])


def scrape():
    for line, fields in [("GET /metrics", ["127.0.0.1:6990", "Accept: text/plain;version=0.0.4"]),
                         ("HEAD /metrics?a=b", ["[::1]", "Content-Length: 0"]), ("POST /", ["lab1"])]:
        text = "\r\n".join([f"{line} HTTP/1.1", f"Host: {fields[0]}"] + fields[1:] + ["", ""])
        yield "scrape", b"\x01\x09" + text.encode()


def metainfo():
    classic = (b"d8:announce20:tcp://127.0.0.1:69694:infod12:chunk hashes64:" + bytes(range(64))
               + b"10:chunk sizei1e6:lengthi2e4:name1:aee")
    yield "metafile", classic
    yield "bencode", b"d1:ai-5e1:bl2:xyded1:zi0eeee"
    for path in sorted((ROOT / "Tests/MetainfoTests/Fixtures").glob("*.torrent")):
        if path.stat().st_size < 1000:
            tracker = b"d8:announce20:tcp://127.0.0.1:6969"
            whole = path.read_bytes()
            yield "metafile", whole
            yield "metafile", tracker + whole[whole.index(b"4:info"):]
    tracker = "tcp://127.0.0.1:6969"
    yield "link", f"{tracker}/{HASH.hex()}".encode()
    yield "link", f"magnet:?xt=urn:btmh:1220{HASH.hex()}&dn=a%20b+c&tr=tcp%3A%2F%2F[::1]:6969&tr.1=x".encode()
    for pattern in ["*.txt", "/c/", "**/\u00e9t\u00e9\nz", "a?.*\nb\\*", "c\n/**"]:
        yield "selection", pattern.encode()
    yield "journal", b"GTJ1" + HASH + bytes(7) + b"\1" + bytes(7) + b"\2" + bytes(7) + b"\x09" + b"\x90\x80"
    yield "proofs", bytes([0, 0, 0, 0, 1, 1, 0, 1, 4, 0, 5, 3, 9]) + bytes(64)
    yield "metafile-assembly", bytes([1, 0, 1, 8, 4]) + b"abcd" + bytes([1, 0, 1, 8, 4]) + b"efgh" + b"\1"


def files():
    yield "topology", (ROOT / "topology.yaml").read_bytes()
    yield "topology", b"torrent: {file: README.md}\nnodes: {s: {role: seed}, p: {}}\n"
    yield "topology", (b"tracker: {host: a, port: 7000, sample-size: 3}\ntorrent: {file: README.md, chunk-size: 64KiB}\n"
                       b"gossip: {exchange: bulk, fanout: 4, peer-sampling: cyclon, view-size: 9, cycle: 2.5s}\n"
                       b"hosts:\n  a: {address: 10.0.0.1, ssh: u@a}\npeers: 3\nnodes:\n  s: {host: a, role: seed}\n")
    bounds = "upload-slots=2 least-slots=2 window-percent=150 window-cycles=1 download-limit=4 sparing-limit=4 " \
        "grant-chunks=1 receiver-limit=4 queue-limit=4 source-limit=4 memory-limit=4 patience-cycles=30 " \
        "receiver-patience-cycles=3"
    for exchange, selection, sampling in [("-", "random", "tracker"), (bounds, "rarest-first", "tracker"),
                                          ("-", "coded", "cyclon view-size=4 shuffle-length=2")]:
        yield "trace", "\n".join([
            "gotorrent-trace 1", "node peer1", "chunks 9", "style push-pull", "fanout 2",
            f"chunk-selection {selection}", "separation strict", "peer-choice uniform", f"peer-sampling {sampling}",
            "own p0", "hold-queue-limit 9", "verification-limit 9", "peer-limit 9", "digest-limit 9",
            "missed-cycles-limit 3", f"exchange {exchange}", "random-seed 7", "held 0-3", "> peersReceived p1 p2",
            "> cycleStarted 1"]).encode()
    frame = lambda kind, body: len(body).to_bytes(4, "big") + bytes([kind]) + body
    requests = [{"beat": {}}, {"ports": {"_0": [6969]}}, {"stop": {"name": "a"}}, {"states": {}},
                {"start": {"name": "a", "arguments": ["get"], "logsToFile": True}},
                {"file": {"path": "a", "size": 3, "digest": "00"}}, {"finish": {"keepsCopies": True, "keepsRun": False}}]
    reports = [{"ready": {"isHeld": True}}, {"failed": {"_0": "x"}}, {"taken": {"_0": [1]}}, {"digest": {}},
               {"ended": {"name": "a", "how": "b"}}, {"states": {"_0": [{"name": "a", "process": 7}]}}]
    for kind, messages in [(0, requests), (1, reports)]:
        stream = b"".join(frame(0, json.dumps(each).encode()) for each in messages)
        yield "agent", bytes([kind, 6]) + stream + frame(1, b"abc")
    yield "agent", bytes([2, 0]) + b'[{"name":"a","process":7,"ending":"b"}]'
    yield "agent", bytes([3, 0]) + b'{"requests":"a","bus_subscribe":"b","bus_publish":"c"}'


def keys():
    row = lambda digit, role: f"{digit * 64} node-{digit} {role}\n"
    rows = row("1", "node") + row("2", "monitor") + "# of us\n" + row("a", "tracker")
    yield "allow-list", b"\1\7\0\0\0" + rows.encode()
    yield "allow-list", b"\2\1\0\1\0\3" + ("serial 5\n" + rows).encode()
    yield "allow-list", b"\1\7\x20\1\x9f" + rows.encode()
    yield "credentials", b"\1" + f"tracker {'3' * 64}\n{rows}end\n".encode()
    yield "credentials", b"\1" + f"tracker {'3' * 64}\nend".encode()
    text = f"gotorrent-key curve\npublic {'4' * 64}\nsecret {'5' * 64}\n"
    yield "credentials", b"\0" + (text + f"tracker {'3' * 64}\n{rows}end\n").encode()
    yield "key-file", text.encode()
    yield "key-file", text.replace("curve", "ed25519 # a signer's").encode()
    yield "key-file", bytes(range(32))
    yield "key-file", bytes(range(1, 33)) + b"\0\7\x20"


def machines():
    for rules in range(8):
        events = bytes((rules * 31 + place * place * 7) % 251 for place in range(120))
        yield "peer", bytes([rules % 3, 1, rules, rules, 1, rules // 2, rules // 4, 2, 0, 5]) + events
    yield "coding", bytes([2, 1, 2, 3, 0, 1, 0, 7, 7, 7, 9, 0, 0])
    yield "tracker", bytes((place * 5) % 9 for place in range(60))
    yield "clock", bytes([1, 100, 1, 5, 0, 1, 1, 9, 0, 3, 4, 3, 4, 2, 1, 4, 4])
    yield "follower", bytes([1, 5, 0, 1, 3, 1, 100, 5, 3, 3, 2, 1, 9, 1, 2, 1, 5, 1, 9, 5, 3])


def main():
    folder = pathlib.Path(sys.argv[1])
    counts = {}
    for source in [wire, bus, scrape, metainfo, files, keys, machines]:
        for target, data in source():
            counts[target] = counts.get(target, 0) + 1
            (folder / target).mkdir(parents=True, exist_ok=True)
            (folder / target / f"seed-{counts[target]}").write_bytes(data)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    main()
