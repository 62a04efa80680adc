"""Tests of the parts without sockets: python3 -m unittest discover Samples/python"""
import hashlib, os, random, tempfile, unittest

from gossip import Gossip
from metafile import BLOCK, BadMetafile, Metafile, merkle_root, tree_hash
from store import Store

TEXT = b"GOTORRENT"
PEER, OTHER = b"tcp://127.0.0.1:7001", b"tcp://127.0.0.1:7002"


def bencode(value):
    if isinstance(value, int):
        return b"i%de" % value
    if isinstance(value, bytes):
        return b"%d:%s" % (len(value), value)
    if isinstance(value, list):
        return b"l" + b"".join(map(bencode, value)) + b"e"
    return b"d" + b"".join(bencode(key) + bencode(value[key]) for key in sorted(value)) + b"e"


def metafile(info=None, text=TEXT, chunk_size=1, **others):
    """The metafile of a text, with what a test puts in place of its values."""
    chunks = [text[at:at + chunk_size] for at in range(0, len(text), chunk_size)]
    fields = {b"name": b"text", b"chunk size": chunk_size, b"length": len(text),
              b"chunk hashes": b"".join(hashlib.sha256(chunk).digest() for chunk in chunks), **(info or {})}
    top = {b"announce": b"tcp://127.0.0.1:6969", b"info": fields}
    return bencode(top | {key.encode(): value for key, value in others.items()})


def v2(files, name=b"folder", piece=BLOCK, **info):
    """A BitTorrent metafile of version 2; files are (path, bytes)."""
    tree, layers = {}, {}
    for path, data in files:
        folder = tree
        for part in path[:-1]:
            folder = folder.setdefault(part, {})
        entry = {b"length": len(data)}
        if data:
            count = -(-len(data) // piece)
            if count > 1:
                hashes = [tree_hash(data[at:at + piece], piece // BLOCK) for at in range(0, len(data), piece)]
                width = 1 << (count - 1).bit_length()
                entry[b"pieces root"] = merkle_root(hashes, width, tree_hash(b"", piece // BLOCK))
                layers[entry[b"pieces root"]] = b"".join(hashes)
            else:
                leaves = -(-len(data) // BLOCK)
                entry[b"pieces root"] = tree_hash(data, 1 << (leaves - 1).bit_length())
        folder[path[-1]] = {b"": entry}
    fields = {b"name": name, b"piece length": piece, b"meta version": 2, b"file tree": tree, **info}
    return bencode({b"announce": b"tcp://h:6969", b"info": fields, b"piece layers": layers})


class MetafileTests(unittest.TestCase):
    def test_reads_the_info_hash_that_the_protocol_names(self):
        read = Metafile(metafile({b"name": b"GOTORRENT.txt"}))
        self.assertEqual(read.info_hash.hex(), "5f74bc599712e22c01ed150f60303fecaf0c75e14d64b534cbc2f8e3b6e9eed2")
        self.assertEqual((read.tracker, read.chunk_count), ("tcp://127.0.0.1:6969", 9))
        self.assertTrue(read.is_right(0, b"G"))
        self.assertFalse(read.is_right(0, b"O") or read.is_right(0, b"") or read.is_right(0, b"GO"))

    def test_each_file_of_version_2_begins_a_chunk(self):
        long = random.Random(1).randbytes(2 * BLOCK + 5)
        read = Metafile(v2([((b"a",), b"x"), ((b"b", b"c"), b""), ((b"d",), long)]))
        self.assertEqual([(file.path, file.first) for file in read.files], [(["a"], 0), (["b", "c"], 1), (["d"], 1)])
        self.assertEqual(read.chunk_count, 4)
        self.assertTrue(read.is_right(0, b"x") and read.is_right(3, long[2 * BLOCK:]) and read.is_folder)
        self.assertFalse(read.is_right(1, long[BLOCK:2 * BLOCK]))

    def test_a_tree_with_the_torrents_own_name_is_that_file(self):
        read = Metafile(v2([((b"one",), b"x")], name=b"one"))
        self.assertEqual((read.is_folder, read.files[0].path), (False, []))

    def test_refuses_what_is_no_canonical_metafile(self):
        right = metafile()
        wrong = [b"", b"d", b"i5e", right[:-1], right + b"x", right.replace(b"i9e", b"i09e"), b"l" * 5000,
                 metafile({b"chunk size": 0}), metafile({b"length": 8}), metafile({b"length": b"9"}),
                 metafile({b"chunk hashes": bytes(31)}), b"d1:b1:x1:a1:ye", b"d1:a1:x1:a1:ye", b"99999999999:x"]
        for data in wrong:
            with self.assertRaises(BadMetafile, msg=data[:60]):
                Metafile(data)

    def test_refuses_names_that_do_harm(self):
        for name in (b"..", b".", b"", b"a/b", b"a\\b", b"a\nb", b"\xff", b"x" * 256):
            with self.assertRaises(BadMetafile, msg=name):
                Metafile(metafile({b"name": name}))
            if name:
                with self.assertRaises(BadMetafile, msg=name):
                    Metafile(v2([((name,), b"x"), ((b"z",), b"x")]))
        with self.assertRaises(BadMetafile):
            Metafile(v2([((b"A",), b"x"), ((b"a",), b"y")]))

    def test_refuses_a_layer_that_is_not_that_of_its_root(self):
        data = v2([((b"a",), bytes(3 * BLOCK))])
        self.assertEqual(Metafile(data).chunk_count, 3)
        with self.assertRaises(BadMetafile):
            Metafile(data[:-3] + bytes([data[-3] ^ 1]) + data[-2:])

    def test_no_damage_to_a_metafile_is_more_than_refused(self):
        rng = random.Random(7)
        for right in (metafile(), v2([((b"a",), b"x" * 40_000), ((b"b", b"c"), b"y")])):
            for _ in range(3000):
                data = bytearray(right)
                for _ in range(rng.randint(1, 3)):
                    data[rng.randrange(len(data))] = rng.choice(b"dlie0:9-") if rng.random() < 0.5 else rng.randrange(256)
                try:
                    Metafile(bytes(data))
                except BadMetafile:
                    pass


class MemoryStore:
    def __init__(self):
        self.written = {}

    def read(self, chunk):
        return TEXT[chunk:chunk + 1]

    def write(self, chunk, data):
        self.written[chunk] = data


def node(held=(), cycle=5, **options):
    """A node in the middle of a cycle that knows two peers."""
    made = Gossip(Metafile(metafile()), held, MemoryStore(), seed=1, **options)
    made.learn([PEER, OTHER], b"tcp://127.0.0.1:7000")
    made.cycle = cycle
    return made


class GossipTests(unittest.TestCase):
    def message(self, made, verb, cycle, chunk, *rest):
        return [b"GT1", verb, made.metafile.info_hash, cycle.to_bytes(8, "big"), chunk.to_bytes(4, "big"), *rest]

    def ask(self, made, verb, cycle, chunk, *rest):
        """The verb of the answer, or None."""
        answer = made.request(b"sender", self.message(made, verb, cycle, chunk, *rest))
        return answer and answer[1]

    def test_answers_pulls_from_what_was_held_when_the_cycle_began(self):
        made = node({0})
        self.assertEqual(self.ask(made, b"pull", 5, 0), b"chunk")
        self.assertEqual(self.ask(made, b"pull", 5, 3), b"none")
        self.assertIsNone(self.ask(made, b"push", 5, 3, b"O"))
        self.assertEqual(self.ask(made, b"pull", 5, 3), b"none")
        made.end_cycle([])
        made.begin_cycle(6)
        self.assertEqual(self.ask(made, b"pull", 6, 3), b"chunk")
        self.assertEqual(made.bitfield().hex(), "9000")

    def test_counts_every_chunk_once(self):
        made = node({0})
        for cycle, chunk, data in [(5, 3, b"O"), (5, 3, b"O"), (5, 0, b"G"), (5, 4, b"x"), (4, 4, b"R"), (4, 4, b"x")]:
            self.ask(made, b"push", cycle, chunk, data)
        counts = {name: count for name, count in made.counts.items() if count}
        self.assertEqual(counts, {"useful": 1, "redundant": 2, "corrupt": 2, "late": 1})
        self.assertEqual((made.store.written, made.bytes["received"]), ({3: b"O"}, 6))

    def test_other_cycles_are_held_dropped_or_late(self):
        made = node({0})
        self.assertEqual(self.ask(made, b"pull", 4, 0), b"late")
        self.assertIsNone(made.request(b"s", [b"GT1", b"have", made.metafile.info_hash, bytes(8), b""]))
        self.assertIsNone(self.ask(made, b"pull", 7, 0))
        self.assertEqual(made.counts["early"], 1)
        self.assertIsNone(self.ask(made, b"pull", 6, 0))
        made.begin_cycle(6)
        self.assertEqual([made.request(*waiting)[1] for waiting in made.take_waiting()], [b"chunk"])
        for _ in range(2000):
            self.ask(made, b"pull", 7, 0)
        self.assertEqual((len(made.take_waiting()), made.counts["refused"]), (1024, 976))

    def test_relaxed_separation_keeps_what_is_late(self):
        made = node({0}, strict=False)
        self.assertEqual(self.ask(made, b"pull", 4, 0), b"chunk")
        self.ask(made, b"push", 4, 3, b"O")
        self.assertEqual((made.counts["late"], made.counts["late_kept"], made.fresh), (1, 1, {3}))

    def test_only_answers_to_what_was_asked_count(self):
        made = node(style="pull")
        (peer, verb, chunk), _ = made.begin_cycle(6)
        data = TEXT[chunk:chunk + 1]
        self.assertEqual(verb, b"pull")
        made.reply(peer, self.message(made, b"chunk", 5, chunk, data))
        made.reply(peer, self.message(made, b"chunk", 6, chunk, data))
        made.reply(peer, self.message(made, b"chunk", 6, chunk, data))
        self.assertEqual((made.counts["refused"], made.counts["useful"], made.counts["sent"]), (2, 1, 2))

    def test_styles_draw_partners(self):
        self.assertEqual({verb for _, verb, _ in node({0}, style="push").begin_cycle(6)}, {b"push"})
        self.assertEqual(node((), style="push").begin_cycle(6), [])
        self.assertEqual({verb for _, verb, _ in node({0}).begin_cycle(6)}, {b"push", b"pull"})
        self.assertEqual({verb for _, verb, _ in node(range(9)).begin_cycle(6)}, {b"push"})

    def test_pulls_the_rarest_that_the_partner_holds(self):
        made = node({0}, style="pull", selection="rarest-first", fanout=1)
        self.assertEqual([verb for _, verb, _ in made.begin_cycle(6)], [b"have"] * 2)
        partner = made.partners[0]
        for peer, field in [(PEER, b"\xe0\x00"), (OTHER, b"\xe0\x00")]:
            more = b"\xe8\x00" if peer == partner else field
            made.reply(peer, [b"GT1", b"have", made.metafile.info_hash, (6).to_bytes(8, "big"), more])
        self.assertEqual((made.waiting_for, made.pull_rarest()), (set(), [(partner, b"pull", 4)]))

    def test_gives_up_peers_and_pulls_without_answers(self):
        made = node(style="pull", fanout=1)
        made.peers = [PEER]
        gone = []
        for cycle in range(6, 16):
            made.begin_cycle(cycle)
            gone += made.end_cycle([])
        self.assertEqual((gone, made.peers, made.counts["unanswered"]), ([PEER], [], 3))
        made.learn([PEER], OTHER)
        request = made.begin_cycle(20)
        made.end_cycle(request)
        self.assertEqual((made.counts["undelivered"], made.pending), (1, {}))

    def test_refuses_with_the_code_of_what_is_wrong_first(self):
        made = node({0})
        right = self.message(made, b"pull", 5, 0)
        cases = [([], b"bad-signature"), ([b"GT2"] + right[1:], b"bad-signature"), ([b"GT1"], b"malformed"),
                 ([b"GT1", b"exchange"], b"unknown-verb"), (right[:4], b"malformed"), (right + [b""], b"malformed"),
                 (right[:2] + [b"x"] + right[3:], b"unknown-torrent"), (right[:3] + [b"1", right[4]], b"malformed"),
                 (right[:2] + [b"x" * 65] + right[3:], b"too-large"), (right[:4] + [b"\0\0\0\x09"], b"malformed"),
                 ([b"GT1", b"have", right[2], right[3], b"\x80\x01"], b"malformed")]
        for frames, code in cases:
            self.assertEqual(made.request(b"sender", frames)[1:3], [b"error", code], frames)
        self.assertEqual(made.counts["refused"], len(cases))

    def test_no_message_does_more_than_be_refused(self):
        made, rng = node({0}), random.Random(3)
        right = [self.message(made, b"push", 5, 3, b"O"), self.message(made, b"chunk", 5, 3, b"O"),
                 [b"GT1", b"have", made.metafile.info_hash, bytes(8), b"\x80\x00"]]
        for _ in range(5000):
            frames = list(rng.choice(right))
            for _ in range(rng.randint(1, 3)):
                place = rng.randrange(len(frames) + 1)
                frames[place:place + rng.randint(0, 1)] = [rng.randbytes(rng.choice([0, 1, 4, 8, 33, 64]))]
            made.request(b"sender", frames)
            made.reply(PEER, frames)
        self.assertEqual(made.held, {0})

    def test_before_the_first_cycle_an_answer_replaces_the_one_before(self):
        made = node(cycle=0)
        made.learn([OTHER], b"me")
        self.assertEqual(made.peers, [OTHER])
        made.cycle = 1
        made.learn([PEER, b"tcp://nonsense", b"me", b"tcp://h:1#" + b"a" * 64], b"me")
        self.assertEqual(made.peers, [OTHER, PEER])


class StoreTests(unittest.TestCase):
    def test_a_download_goes_on_where_it_was_and_gets_its_name_when_it_is_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            path, read = os.path.join(folder, "text"), Metafile(metafile())
            store = Store(read, path, is_seed=False)
            for chunk in range(8):
                store.write(chunk, TEXT[chunk:chunk + 1])
            store = Store(read, path, is_seed=False)
            self.assertEqual((store.held, os.path.exists(path)), (set(range(8)), False))
            store.write(8, b"T")
            store.finish(9)
            with open(path, "rb") as file:
                self.assertEqual(file.read(), TEXT)
            self.assertEqual(Store(read, path, is_seed=True).held, set(range(9)))

    def test_a_seed_of_something_else_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "text")
            for wrong in (b"GOTORRENx", b"GOTORREN", b"GOTORRENTS"):
                with open(path, "wb") as file:
                    file.write(wrong)
                with self.assertRaises(OSError, msg=wrong):
                    Store(Metafile(metafile()), path, is_seed=True)


if __name__ == "__main__":
    unittest.main()
