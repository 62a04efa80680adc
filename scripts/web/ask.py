#!/usr/bin/env python3
"""Asks gotorrent-web as no browser would; for tests. The standard library is enough.

usage: ask.py events ADDRESS        prints each frame as a line of JSON, until the page ends
       ask.py get ADDRESS           prints one answer's code and body
       ask.py raw ADDRESS TEXT...   sends each text, \\r\\n and all, on a connection of its own; prints the answers' codes
       ask.py crowd ADDRESS COUNT   opens so many event streams, reads one of them, and prints the codes and the frames read
"""

import json
import socket
import sys
import urllib.error
import urllib.parse
import urllib.request


def events(address):
    with urllib.request.urlopen(urllib.parse.urljoin(address, "events"), timeout=60) as answer:
        kind = ""
        for line in answer:
            if line.startswith(b"event: "):
                kind = line[7:].strip().decode()
            elif line.startswith(b"data: ") and kind == "frame":
                print(line[6:].strip().decode(), flush=True)
            elif line.startswith(b"data: ") and kind == "end":
                return


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            print(json.dumps({"code": answer.status, "cookie": answer.headers["Set-Cookie"],
                              "policy": answer.headers["Content-Security-Policy"], "body": answer.read().decode()}))
    except urllib.error.HTTPError as error:
        print(json.dumps({"code": error.code, "body": error.read().decode()}))


def connect(address):
    place = urllib.parse.urlsplit(address)
    return socket.create_connection((place.hostname, place.port), timeout=60)


def code(connection):
    """The answer's code; 0 where the connection was closed without one."""
    try:
        line = connection.recv(4096)
    except ConnectionError:
        return 0
    return int(line.split(b" ", 2)[1]) if line else 0


def raw(address, *texts):
    codes = []
    for text in texts:
        with connect(address) as connection:
            try:
                connection.sendall(text.encode().decode("unicode_escape").encode("latin-1"))
            except ConnectionError:
                pass  # it said no before it had heard all
            codes.append(code(connection))
    print(json.dumps(codes))


def crowd(address, count):
    connections = [connect(address) for _ in range(int(count))]
    codes = []
    for connection in connections:
        connection.sendall(b"GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        codes.append(code(connection))
    frames = 0
    while frames < 3:
        frames += connections[0].recv(1 << 16).count(b"event: frame")
    print(json.dumps({"codes": codes, "frames": frames}))


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("events", "get", "raw", "crowd"):
        sys.exit(__doc__)
    globals()[sys.argv[1]](*sys.argv[2:])
