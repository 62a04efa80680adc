"""Metafiles: what is copied, in which chunks, and how a chunk is known to be right.

docs/protocol.md, "The metafile". Both kinds are read: BitTorrent's version 2 (BEP 52), and the one for chunks of any size.
"""
import bisect, hashlib, re, unicodedata

BLOCK = 16 << 10  # bytes under one leaf of BitTorrent's trees
MOST_BYTES, MOST_DEPTH, MOST_FILES, MOST_NAMES = 64 << 20, 128, 500_000, 4_000_000
MOST_CHUNK = 64 << 20
TRACKER = re.compile(r"tcp://(\[[0-9A-Za-z.\-_%:]+\]|[0-9A-Za-z.\-_%]+):([0-9]{1,5})", re.ASCII)


class BadMetafile(Exception):
    """Says what is wrong with a metafile, or with a file that it describes."""


def sha256(data):
    return hashlib.sha256(data).digest()


def bdecode(data, at=0, depth=0, spans=None):
    """Reads the bencoded value at `at`; returns it and the place behind it.

    Only the one canonical encoding of each value is taken: else one torrent could have two info hashes. `spans` notes
    where the values of the outermost dictionary stand.
    """
    if depth > MOST_DEPTH:
        raise BadMetafile(f"it is nested more than {MOST_DEPTH} deep")
    kind = data[at:at + 1]
    if kind == b"i":
        end = data.find(b"e", at, at + 24)
        if end < 0 or not re.fullmatch(rb"0|-?[1-9][0-9]*", data[at + 1:end]):
            raise BadMetafile(f"there is no number at byte {at}")
        return int(data[at + 1:end]), end + 1
    if kind == b"l":
        items, at = [], at + 1
        while data[at:at + 1] != b"e":
            item, at = bdecode(data, at, depth + 1)
            items.append(item)
        return items, at + 1
    if kind == b"d":
        items, at, last = {}, at + 1, None
        while data[at:at + 1] != b"e":
            key, start = bdecode(data, at, depth + 1)
            if not isinstance(key, bytes) or (last is not None and key <= last):
                raise BadMetafile(f"the key at byte {at} is not in its place")
            items[key], at = bdecode(data, start, depth + 1)
            if spans is not None:
                spans[key] = (start, at)
            last = key
        return items, at + 1
    colon = data.find(b":", at, at + 12)
    if colon < 0 or not re.fullmatch(rb"0|[1-9][0-9]*", data[at:colon]):
        raise BadMetafile(f"there is no value at byte {at}")
    end = colon + 1 + int(data[at:colon])
    if end > len(data):
        raise BadMetafile(f"the string at byte {at} goes beyond the end")
    return data[colon + 1:end], end


def power_of_two(number):
    """The least power of two that is not below the number."""
    return 1 << max(0, number - 1).bit_length()


def merkle_root(leaves, width, filler=bytes(32)):
    """The root over so many leaves, `filler` in place of those that are not there."""
    while width > 1:
        if len(leaves) % 2:
            leaves = leaves + [filler]
        leaves = [sha256(leaves[i] + leaves[i + 1]) for i in range(0, len(leaves), 2)]
        filler, width = sha256(filler + filler), width // 2
    return leaves[0] if leaves else filler


def tree_hash(data, leaf_count):
    """The hash of a chunk in version 2."""
    return merkle_root([sha256(data[at:at + BLOCK]) for at in range(0, len(data), BLOCK)], leaf_count)


def want(value, kind, what):
    """The value, if it is of the kind that it must be."""
    if not isinstance(value, kind):
        raise BadMetafile(f"{what} is missing, or not of the kind that it must be")
    return value


def checked_name(raw):
    """A name that does no harm as a path component."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadMetafile(f"the name {raw!r} is not UTF-8") from None
    controls = any(unicodedata.category(character) == "Cc" for character in name)
    if name in ("", ".", "..") or "/" in name or "\\" in name or controls or len(raw) > 255:
        raise BadMetafile(f"the name {name!r} could do harm; it must be one component of a path")
    return name


class File:
    """One file of a torrent: where it lies in it, and its chunks' hashes end to end."""

    def __init__(self, path, length, first, hashes):
        self.path, self.length, self.first, self.hashes = path, length, first, hashes


class Metafile:
    """A torrent: `info_hash` names it, `chunk_count` chunks make it up."""

    def __init__(self, data):
        if len(data) > MOST_BYTES:
            raise BadMetafile(f"it has more than {MOST_BYTES} bytes")
        spans = {}
        top, end = bdecode(data, spans=spans)
        if end != len(data):
            raise BadMetafile("something follows its end")
        info = want(want(top, dict, "the dictionary").get(b"info"), dict, "info")
        self.info_hash = sha256(data[slice(*spans[b"info"])])  # over the bytes as they stand
        self.tracker = self.first_tracker(top)
        self.name = checked_name(want(info.get(b"name"), bytes, "name"))
        self.files, self.chunk_count, self.is_folder = [], 0, False
        self.is_v2 = b"meta version" in info
        if self.is_v2:
            self.read_tree(info, want(top.get(b"piece layers", {}), dict, "piece layers"))
        else:
            self.read_list(info)
        self.starts = [file.first for file in self.files if file.length]
        self.full = [file for file in self.files if file.length]

    @staticmethod
    def first_tracker(top):
        tiers = [tier for tier in top.get(b"announce-list", []) if isinstance(tier, list)] \
            if isinstance(top.get(b"announce-list", []), list) else []
        for uri in [top.get(b"announce")] + [uri for tier in tiers for uri in tier]:
            match = TRACKER.fullmatch(uri.decode("latin-1")) if isinstance(uri, bytes) else None
            if match and 1 <= int(match[2]) <= 65533:
                return match[0]
        return None  # then a node must be told

    def add(self, path, length, hashes):
        if len(self.files) >= MOST_FILES:
            raise BadMetafile(f"it has more than {MOST_FILES} files")
        self.files.append(File(path, length, self.chunk_count, hashes))
        self.chunk_count += len(hashes) // 32

    def read_list(self, info):
        """The kind of our own: one file, any chunk size, the SHA-256 of each chunk."""
        hashes = want(info.get(b"chunk hashes"), bytes, "chunk hashes (and there is no meta version 2)")
        self.chunk_size = want(info.get(b"chunk size"), int, "chunk size")
        length = want(info.get(b"length"), int, "length")
        if not 1 <= self.chunk_size <= MOST_CHUNK or length < 0:
            raise BadMetafile(f"chunks of {self.chunk_size} bytes in {length} bytes; both must be possible")
        if len(hashes) != 32 * -(-length // self.chunk_size):
            raise BadMetafile("it has more or fewer hashes than chunks")
        self.add([], length, hashes)

    def read_tree(self, info, layers):
        """BitTorrent's version 2: a tree of files; each begins a chunk."""
        self.chunk_size = want(info.get(b"piece length"), int, "piece length")
        if info[b"meta version"] != 2 or not BLOCK <= self.chunk_size <= MOST_CHUNK \
                or self.chunk_size != power_of_two(self.chunk_size):
            raise BadMetafile("it is not of version 2 with pieces of a power of two from 16 KiB to 64 MiB")
        tree = want(info.get(b"file tree"), dict, "file tree")
        used, self.names_left = set(), MOST_NAMES
        self.walk(tree, [], layers, used)
        if set(layers) - used:
            raise BadMetafile("there is a piece layer without a file")
        self.is_folder = [file.path for file in self.files] != [[self.name]]
        if not self.is_folder:
            self.files[0].path = []

    def walk(self, tree, path, layers, used):
        """One folder; its names are in the order of their bytes already, for the encoding is canonical."""
        folded = set()
        for raw, entry in tree.items():
            name = checked_name(raw)
            # Some file systems take these for one.
            alike = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
            inner, entry = path + [name], want(entry, dict, name)
            self.names_left -= len(inner)
            if alike in folded or len(inner) > 100 or len("/".join([self.name] + inner).encode()) > 4096 \
                    or self.names_left < 0:
                raise BadMetafile(f"{'/'.join(inner)[:300]} is named twice, or too long a path, or one of too many")
            folded.add(alike)
            if b"" not in entry:
                self.walk(entry, inner, layers, used)
            elif len(entry) > 1:
                raise BadMetafile(f"{'/'.join(inner)} is a file and a folder")
            else:
                self.read_file(want(entry[b""], dict, name), inner, layers, used)

    def read_file(self, entry, path, layers, used):
        length = want(entry.get(b"length"), int, f"the length of {path[-1]}")
        if length < 0 or b"l" in want(entry.get(b"attr", b""), bytes, "attr"):
            raise BadMetafile(f"{'/'.join(path)} is a symlink, or of a negative length")
        if length == 0:
            return self.add(path, 0, b"")
        root = want(entry.get(b"pieces root"), bytes, f"the pieces root of {path[-1]}")
        count = -(-length // self.chunk_size)
        hashes = root
        if count > 1:
            used.add(root)
            hashes = want(layers.get(root), bytes, f"the piece layer of {path[-1]}")
        if len(root) != 32 or len(hashes) != 32 * count:
            raise BadMetafile(f"{'/'.join(path)} has more or fewer hashes than chunks")
        if count > 1:
            leaves = [hashes[at:at + 32] for at in range(0, len(hashes), 32)]
            if merkle_root(leaves, power_of_two(count), tree_hash(b"", self.chunk_size // BLOCK)) != root:
                raise BadMetafile(f"the piece layer of {'/'.join(path)} is not that of its root")
        self.add(path, length, hashes)

    def place(self, chunk):
        """The file of a chunk, its number in that, its offset there and its length in bytes."""
        file = self.full[bisect.bisect_right(self.starts, chunk) - 1]
        number = chunk - file.first
        return file, number, number * self.chunk_size, min(self.chunk_size, file.length - number * self.chunk_size)

    def is_right(self, chunk, data):
        """Whether these are the chunk's bytes; a wrong number of them is as wrong as a wrong byte."""
        file, number, _, length = self.place(chunk)
        if len(data) != length:
            return False
        if not self.is_v2:
            found = sha256(data)
        elif file.length > self.chunk_size:
            found = tree_hash(data, self.chunk_size // BLOCK)
        else:
            found = tree_hash(data, power_of_two(-(-length // BLOCK)))
        return found == file.hashes[32 * number:32 * number + 32]
