"""The options that all benchmarks have."""

import argparse
import re

from work import MIB


def size(text):
    """Bytes: 64MiB, 1GiB, 256KiB or a plain number."""
    match = re.fullmatch(r"(\d+)(KiB|MiB|GiB)?", text)
    if not match or int(match[1]) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no size; write 512MiB, 1GiB or a number of bytes")
    return int(match[1]) << {None: 0, "KiB": 10, "MiB": 20, "GiB": 30}[match[2]]


def positive(text):
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no positive number")
    return int(text)


def parser(description, **defaults):
    """The options that all benchmarks have. defaults: size, chunk_size, peers, runs, and the contenders known."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=size, default=defaults["size"], help="the file (default: %(default)s bytes)")
    options.add_argument("--chunk-size", type=size, default=defaults.get("chunk_size", MIB),
                         help="of ours and of the C program (default: %(default)s bytes)")
    options.add_argument("--runs", type=positive, default=defaults.get("runs", 3),
                         help="of each contender, in turn; medians are told (default: %(default)s)")
    if "contenders" in defaults:
        options.add_argument("--peer", action="append", choices=defaults["contenders"], dest="contenders",
                             help="a contender; may be given several times (default: all)")
    options.add_argument("--json", metavar="FILE", help="append a line of JSON for each run")
    options.add_argument("--folder", help="where files are; memory (tmpfs) or a disk (default: %(default)s)",
                         default=defaults.get("folder", "auto"))
    options.add_argument("--timeout", type=positive, default=defaults.get("timeout", 300), metavar="SECONDS",
                         help="for one transfer (default: %(default)s)")
    options.add_argument("--cycle", default="100ms", help="of ours (default: %(default)s)")
    options.add_argument("--tracker-option", action="append", default=[], metavar="WORD",
                         help="added to `gotorrent tracker`, as --tracker-option=--sample-size=20")
    options.add_argument("--node-option", action="append", default=[], metavar="WORD",
                         help="added to `gotorrent seed` and `get`, as --node-option=--fanout=3")
    options.add_argument("--libtorrent-setting", action="append", default=[], metavar="NAME=VALUE",
                         help="on top of the settings of libtorrent at its best")
    options.add_argument("--watch", metavar="COMMAND", help="run beside the seed and the first peer, with {pid} and "
                         "{node} filled in: 'perf record -g -e cpu-clock -p {pid} -o {node}.data'")
    return options
