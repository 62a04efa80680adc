"""Exchanges metafiles with libtorrent (https://libtorrent.org), whose Python module has to be installed.

    libtorrent_check.py check GOTORRENT FOLDER    libtorrent reads what `gotorrent create` writes, and verifies the data
    libtorrent_check.py fixtures FOLDER           writes the metafiles that the tests of Metainfo read

The data are made by a formula, so that nothing but metafiles has to be kept.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import time

import libtorrent

PIECE = 32 << 10
BLOCK = 16 << 10

# Lengths on both sides of every border, names whose order depends on how they are compared, folders in folders.
FOLDER = {
    "a-empty": 0,
    "b.txt": 1,
    "b/inner": BLOCK - 1,
    "b/nested/deep/deeper/x": BLOCK,
    "b/nested/deep.txt": BLOCK + 1,
    "c-piece-less": PIECE - 1,
    "c-piece": PIECE,
    "c-piece-more": PIECE + 1,
    "d-two": 2 * PIECE,
    "d-three": 2 * PIECE + 1,
    "e-blocks": 3 * PIECE + BLOCK,
    "f-large": 9 * PIECE + 12345,
    "g-same-as-d-two": 2 * PIECE,
    "z-empty": 0,
    "é-accent": 77,
}

# libtorrent 2.1 does not read back a hybrid of its own where a folder sorts before a file: it lists files first, and
# the file tree does not.
HYBRID = {name: length for name, length in FOLDER.items() if "/" not in name} | {"ü/inner/x": PIECE + 7, "ü/y": 3}


def content(length, salt):
    """`length` bytes; the next 16 KiB are always others."""
    return bytes((i + (i >> 8) * 13 + (i >> 16) * 101 + salt) & 255 for i in range(length))


def salt(name):
    """Two files have the same bytes, and so one piece layer between them."""
    return len("d-two" if name == "g-same-as-d-two" else name)


def write(folder, files):
    for name, length in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content(length, salt(name)))


def describe(path, flags, piece=PIECE, trackers=()):
    """A metafile by libtorrent of a file or folder."""
    entries = []
    parent, name = os.path.split(path)
    if os.path.isdir(path):
        found = [os.path.join(folder, file) for folder, _, files in os.walk(path) for file in files]
        # libtorrent puts files before folders in a hybrid's list of files, whatever the order here.
        for file in sorted(found, key=lambda file: os.fsencode(file).split(b"/")):
            entries.append(libtorrent.create_file_entry(os.path.relpath(file, parent), os.path.getsize(file)))
    else:
        entries.append(libtorrent.create_file_entry(name, os.path.getsize(path)))
    torrent = libtorrent.create_torrent(entries, piece, flags)
    for tracker in trackers:
        torrent.add_tracker(tracker)
    torrent.set_creation_date(0)
    libtorrent.set_piece_hashes(torrent, parent)
    return libtorrent.bencode(torrent.generate())


def fixtures(target):
    with tempfile.TemporaryDirectory() as work:
        folder = os.path.join(work, "folder")
        write(folder, FOLDER)
        hybrid_folder = os.path.join(work, "hybrid")
        write(hybrid_folder, HYBRID)
        single = {"single.bin": 5 * PIECE + 99, "small.bin": 40}
        write(work, single)
        v2, hybrid = libtorrent.create_torrent.v2_only, 0
        made = {
            "folder-v2": describe(folder, v2),
            "folder-hybrid": describe(hybrid_folder, hybrid, trackers=["http://tracker.example/announce"]),
            "folder-v1": describe(folder, libtorrent.create_torrent.v1_only),
            "single-v2": describe(
                os.path.join(work, "single.bin"), v2, trackers=["udp://tracker.example:1", "tcp://10.0.0.1:6969"]),
            "single-hybrid": describe(os.path.join(work, "single.bin"), hybrid),
            "small-v2": describe(os.path.join(work, "small.bin"), v2),
        }
        for name, metafile in made.items():
            with open(os.path.join(target, name + ".torrent"), "wb") as file:
                file.write(metafile)
            print(name, len(metafile), "bytes", libtorrent.torrent_info(libtorrent.bdecode(metafile)).info_hashes().v2, flush=True)


def recheck(metafile, folder):
    """How much of the data libtorrent finds to be right, 0 to 1."""
    session = libtorrent.session({
        "enable_dht": False, "enable_lsd": False, "listen_interfaces": "",
        "alert_mask": libtorrent.alert.category_t.status_notification})
    parameters = libtorrent.load_torrent_file(metafile)
    parameters.save_path = folder
    handle = session.add_torrent(parameters)
    # The data are checked when the torrent is added, too; what counts is a check that was asked for.
    wait_for_check(session, metafile)
    handle.force_recheck()
    wait_for_check(session, metafile)
    status = handle.status()
    states = libtorrent.torrent_status.states
    return 1.0 if status.state in (states.seeding, states.finished) else status.progress


def wait_for_check(session, metafile):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        session.wait_for_alert(100)
        if any(isinstance(alert, libtorrent.torrent_checked_alert) for alert in session.pop_alerts()):
            return
    raise SystemExit(f"error: libtorrent did not check {metafile} within a minute")


def compare(gotorrent, path, piece, work):
    """Describes `path` with both programs and has libtorrent check the data against our metafile."""
    ours = os.path.join(work, "ours.torrent")
    printed = subprocess.run(
        [gotorrent, "create", path, "--tracker", "tcp://127.0.0.1:6969", "--chunk-size", str(piece), "--output", ours],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.strip()
    info = libtorrent.torrent_info(ours)
    with open(ours, "rb") as file:
        mine = libtorrent.bdecode(file.read())
    theirs = libtorrent.bdecode(describe(path, libtorrent.create_torrent.v2_only, piece))
    name = f"{os.path.basename(path)}, pieces of {piece}"

    def expect(what, ours, theirs):
        if ours != theirs:
            raise SystemExit(f"error: {name}: {what}: {ours!r} by gotorrent, {theirs!r} by libtorrent")

    expect("info hash", printed, str(info.info_hashes().v2))
    expect("file tree", mine[b"info"][b"file tree"], theirs[b"info"][b"file tree"])
    expect("piece layers", mine[b"piece layers"], theirs[b"piece layers"])
    expect("info", hashlib.sha256(libtorrent.bencode(mine[b"info"])).hexdigest(), printed)
    expect("info dictionary", mine[b"info"], theirs[b"info"])
    expect("verified", recheck(ours, os.path.dirname(path)), 1.0)
    print(f"{name}: info hash {printed[:16]}…, all data verified by libtorrent")


def damaged(gotorrent, path, work):
    """The check above can fail: with one byte changed libtorrent does not find all data right."""
    ours = os.path.join(work, "ours.torrent")
    subprocess.run(
        [gotorrent, "create", path, "--tracker", "tcp://127.0.0.1:6969", "--chunk-size", str(PIECE), "--output", ours],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(path, "r+b") as file:
        file.seek(PIECE + 5)
        byte = file.read(1)
        file.seek(PIECE + 5)
        file.write(bytes([byte[0] ^ 1]))
    found = recheck(ours, os.path.dirname(path))
    if found >= 1:
        raise SystemExit("error: libtorrent finds a changed file right")
    print(f"one byte changed: {found:.3f} of the data verified")


def check(gotorrent, work):
    folder = os.path.join(work, "folder")
    write(folder, FOLDER)
    for piece in (BLOCK, PIECE, 1 << 20):
        compare(gotorrent, folder, piece, work)
    for length in (1, BLOCK - 1, BLOCK, BLOCK + 1, PIECE, PIECE + 1, 3 * PIECE, 7 * PIECE + 1, 3 << 20):
        name = f"single-{length}"
        write(work, {name: length})
        compare(gotorrent, os.path.join(work, name), PIECE, work)
    damaged(gotorrent, os.path.join(work, f"single-{7 * PIECE + 1}"), work)


if __name__ == "__main__":
    if sys.argv[1:2] == ["check"] and len(sys.argv) == 4:
        check(os.path.abspath(sys.argv[2]), os.path.abspath(sys.argv[3]))
    elif sys.argv[1:2] == ["fixtures"] and len(sys.argv) == 3:
        fixtures(sys.argv[2])
    else:
        raise SystemExit(__doc__)
