#!/usr/bin/env python3
"""What it costs the nodes of a run that somebody watches it.

usage: nodes.py [--peers 20] [--seconds 10] [--rounds 5] GOTORRENT

Runs a swarm of real processes at ten cycles a second, too large to end meanwhile, in turn without a page, with a page that
nobody has open, with one open page, and with one open page whose browser takes nothing. Prints a table: processor time
a second of a node, of the tracker, and of gotorrent-web, medians over the rounds, with the least and the most.
GOTORRENT needs gotorrent-web beside it. Linux.
"""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

# What there is of a page, and what its browser does with it.
CASES = {"no page": None, "a page that nobody has open": "served", "an open page": "read",
         "a page whose browser takes nothing": "ignored"}


def topology(folder, peers):
    """A text of which a swarm gets a chunk a cycle and partner for minutes."""
    with open(f"{folder}/text.txt", "w", encoding="ascii") as file:
        file.write("x" * 20_000)
    path = f"{folder}/topology.yaml"
    with open(path, "w", encoding="ascii") as file:
        nodes = "".join(f"  peer{number}: {{}}\n" for number in range(1, peers + 1))
        file.write("name: watched\ntorrent: {file: text.txt, chunk-size: 16}\ngossip: {cycle: 100ms, style: push-pull}\n"
                   f"tracker: {{port: 0}}\nnodes:\n  seed: {{role: seed}}\n{nodes}")
    return path


def children(parent):
    """The names and process numbers of what a run started: each node by its --name, others by their command."""
    found = {}
    for entry in os.listdir("/proc"):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8") as file:
                if int(file.read().rpartition(")")[2].split()[1]) != parent:
                    continue
            with open(f"/proc/{entry}/cmdline", encoding="utf-8") as file:
                words = file.read().split("\0")
        except (OSError, ValueError, IndexError):
            continue
        if "--name" in words and not words[0].endswith("-web"):
            found[words[words.index("--name") + 1]] = int(entry)
        else:
            found["web" if words[0].endswith("-web") else words[1]] = int(entry)
    return found


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def open_page(address, reads):
    """A browser's stand-in: asks for the events, and reads them or does not."""
    place = urllib.parse.urlsplit(address)
    connection = socket.create_connection((place.hostname, place.port))
    connection.sendall(f"GET /events HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())

    def take():
        try:
            while connection.recv(1 << 16):
                pass
        except OSError:
            pass
    if reads:
        threading.Thread(target=take, daemon=True).start()
    return connection


def measure(options, page):
    """Processor milliseconds a second of a node, of the tracker, and of the page's server."""
    with tempfile.TemporaryDirectory() as folder:
        command = [options.gotorrent, "run", topology(folder, options.peers), "--output", f"{folder}/run", "--no-figures"]
        if page:
            command += ["--web", "127.0.0.1:0"]
        run = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        connection = None
        try:
            address = None
            for line in run.stderr:
                address = address or re.search(r"http://\S+", line)
                if line.startswith("cycle 10:"):
                    break
            threading.Thread(target=run.stderr.read, daemon=True).start()
            if page in ("read", "ignored"):
                connection = open_page(address.group(), reads=page == "read")
            time.sleep(1)
            processes = children(run.pid)
            before = {name: processor_seconds(pid) for name, pid in processes.items()}
            start = time.monotonic()
            time.sleep(options.seconds)
            used = {name: processor_seconds(pid) - before[name] for name, pid in processes.items()}
            seconds = time.monotonic() - start
        finally:
            run.terminate()
            run.wait()
            if connection:
                connection.close()
    nodes = [used[name] for name in used if name == "seed" or name.startswith("peer")]
    if len(nodes) != options.peers + 1:
        sys.exit(f"{len(nodes)} nodes were found; there should be {options.peers + 1}")
    return [1000 * value / seconds for value in (sum(nodes) / len(nodes), used["tracker"], used.get("web", 0))]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("gotorrent")
    options = parser.parse_args()
    results = {case: [] for case in CASES}
    for _ in range(options.rounds):
        for case, page in CASES.items():
            results[case].append(measure(options, page))
    print(f"{options.peers} peers and a seed, ten cycles a second; ms of processor time a second, "
          f"median (least to most) of {options.rounds} rounds of {options.seconds:g} s")
    print("| | a node | the tracker | gotorrent-web |\n|---|---|---|---|")
    for case, rows in results.items():
        cells = [f"{statistics.median(column):.1f} ({min(column):.1f} to {max(column):.1f})" for column in zip(*rows)]
        print(f"| {case} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
