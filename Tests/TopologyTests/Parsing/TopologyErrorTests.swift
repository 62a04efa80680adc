import TestSupport
import Testing

@testable import Topology

/// Every wrong topology, and what its author is told.
@Suite struct TopologyErrorTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("text", "GOTORRENT")
    }

    /// What is said of a topology, without the folder's name.
    private func complaint(about yaml: String) throws -> String {
        let path = try folder.write("topology.yaml", yaml)
        let error = #expect(throws: TopologyError.self) { try TopologyParser.parse(path: path) }
        return error?.description.replacing(folder.path + "/", with: "") ?? "nothing"
    }

    /// Lines 1 and 2 are right; what follows is not.
    private static let right = "torrent: {file: text}\nnodes: {seed: {role: seed}, peer1: {}}\n"

    @Test(arguments: [
        ("gossip: {fanout: 0}", "fanout is 0; it must be at least 1"),
        ("gossip: {fanout: -1}", "fanout is -1; it must be at least 1"),
        ("gossip: {fanout: 65536}", "fanout is 65536; it must be at most 65535"),
        ("gossip: {fanout: 99999999999999999999}", "fanout is 99999999999999999999; it must be at most 65535"),
        ("gossip: {fanout: 2.5}", "fanout is 2.5; it must be a whole number from 1 to 65535"),
        ("gossip: {fanout: two}", "fanout is two; it must be a whole number from 1 to 65535"),
        ("gossip: {fanout: \"2\"}", "fanout is the text \"2\"; leave out the quotes"),
        ("gossip: {fanout: [2]}", "fanout is a list; it must be a whole number from 1 to 65535"),
        ("gossip: {fanout: {n: 2}}", "fanout is a mapping; it must be a whole number from 1 to 65535"),
        ("gossip: {fanout: }", "fanout is empty; it must be a whole number from 1 to 65535"),
        ("gossip: {fanuot: 2}", "gossip has no key fanuot; did you mean fanout?"),
        (
            "gossip: {zebra: 2}",
            "gossip has no key zebra; it has style, fanout, cycle, chunk-selection, separation, peer-choice, exchange, "
                + "peer-sampling, view-size, shuffle-length"
        ),
        (
            "gossip: {<<: 2}",
            "gossip has no key <<; it has style, fanout, cycle, chunk-selection, separation, peer-choice, exchange, "
                + "peer-sampling, view-size, shuffle-length"
        ),
        ("gossip: {peer-sampling: gossip}", "peer-sampling is gossip; it must be tracker or cyclon"),
        ("gossip: {peer-sampling: cyclon, view-size: 0}", "view-size is 0; it must be at least 1"),
        ("gossip: {peer-sampling: cyclon, view-size: 257}", "view-size is 257; it must be at most 256"),
        (
            "gossip: {peer-sampling: cyclon, view-size: 5, shuffle-length: 6}",
            "shuffle-length is 6; it must be from 1 to 5, the size of the view"
        ),
        ("gossip: {view-size: 5}", "view-size is of no use without peer-sampling: cyclon"),
        (
            "gossip: push",
            "gossip is push; it must be a mapping with "
                + "style, fanout, cycle, chunk-selection, separation, peer-choice, exchange, peer-sampling, view-size "
                + "or shuffle-length"
        ),
        (
            "gossip: {exchange: full}",
            "exchange is full; it must be single or bulk"
        ),
        (
            "gossip: {peer-choice: random}",
            "peer-choice is random; it must be uniform or least-recently-contacted"
        ),
        ("gossip: {style: pish}", "style is pish; it must be push, pull or push-pull (push?)"),
        ("gossip: {style: flood}", "style is flood; it must be push, pull or push-pull"),
        (
            "gossip: {chunk-selection: rarest}",
            "chunk-selection is rarest; it must be random, rarest-first, useful, latest-useful, in-order or coded"
        ),
        ("gossip: {separation: loose}", "separation is loose; it must be strict or relaxed"),
        ("gossip: {cycle: 1}", "cycle is 1; it must have a unit: 1ms, 1s, 1m or 1h"),
        ("gossip: {cycle: -1s}", "cycle is -1s; it must not be negative"),
        ("gossip: {cycle: 0s}", "cycle is 0s; it must be at least 1ms"),
        ("gossip: {cycle: 100h}", "cycle is 100h; it must be at most 1h"),
        ("tracker: {port: 65534}", "port is 65534; it must be at most 65533"),
        ("tracker: {port: -1}", "port is -1; it must be at least 0"),
        ("tracker: {sample-size: 0}", "sample-size is 0; it must be at least 1"),
        ("tracker: {refresh-interval: 0s}", "refresh-interval is 0s; it must be at least 10ms"),
        (
            "tracker: {peer-timeout: 1s}",
            "peer-timeout is 1s, shorter than announce-interval (10s), "
                + "so members would come and go; it must be at least 10s"
        ),
        ("tracker: {host: loca}", "tracker's host loca is not among hosts; it must be local (local?), or be listed"),
        ("run: {stall-timeout: 30s}", "stall-timeout is 30s; it must be a whole number from 1 to 1000000"),
        ("run: {stall-timeout: 0}", "stall-timeout is 0; it must be at least 1"),
        (
            "metrics: lab1",
            "metrics is lab1; it must be an address to listen at, such as 6990, 127.0.0.1:6990 or 0.0.0.0:6990"
        ),
        (
            "metrics: 65534",
            "metrics begin at port 65534 and need 3 of them, one for each process; the first must be at most 65533"
        ),
        (
            "metrics: 6968",
            "metrics are served on the ports 6968 to 6970, one for each process, and 6969 is another's; they must be others"
        ),
        ("security: tls", "security is tls; it must be none or curve"),
        ("name: a/b", "name is a/b; it must be 1 to 64 of A–Z a–z 0–9 . _ -, the first a letter or a digit"),
        ("name: ..", "name is ..; it must be 1 to 64 of A–Z a–z 0–9 . _ -, the first a letter or a digit"),
        ("hosts: {local: {}}", "host local has no address; it must say where others reach its nodes"),
        ("hosts: {local: }", "host local has no address; it must say where others reach its nodes"),
        ("hosts: [local]", "hosts is a list; it must be a mapping from names"),
        (
            "hosts: {local: {address: \"*\"}}",
            "local's address is *; "
                + "it must be a host's name, an IPv4 address, or an IPv6 address in brackets"
        ),
        (
            "hosts: {local: {address: a, ssh: \"-oProxyCommand=x\"}}",
            "local's ssh is -oProxyCommand=x; it must be what ssh is given, such as student@lab1"
        ),
        (
            "zebra: 3",
            "the topology has no key zebra; it has name, security, torrent, gossip, tracker, hosts, nodes, peers, metrics, run"
        ),
        ("peer: 3", "the topology has no key peer; did you mean peers?"),
        ("peers: {}", "peers is a mapping; it must be a whole number from 1 to 10000"),
        ("peers: 0", "peers is 0; it must be at least 1"),
        ("peers: 10001", "peers is 10001; it must be at most 10000"),
        ("peers: many", "peers is many; it must be a whole number from 1 to 10000"),
        ("peers: 3", "peers is 3, so peer1 is one of them; among nodes it must have another name"),
        (
            "hosts: {local: {address: a, ssh: b, folder: ~/runs}}",
            "local's folder is ~/runs; "
                + "it must be a folder there, from the root or from the home folder, such as /var/tmp/gotorrent"
        ),
        (
            "hosts: {local: {address: a, folder: /runs}}",
            "local's folder is for hosts that are reached by ssh; leave it out"
        ),
        ("gossip: &g {fanout: 2}", "anchors and aliases are not read here; write the value out"),
        ("? [a]\n: 1", "a key of the topology is a list; it must be a word"),
        ("nodes: {}", "nodes is there twice (first on line 2); each name and each key may be there only once"),
    ])
    func aWrongValueIsNamedWithItsLine(yaml: String, message: String) throws {
        #expect(try complaint(about: Self.right + yaml) == "topology.yaml:3: \(message)")
    }

    @Test(arguments: [
        ("seed: {role: sed}", "seed's role is sed; it must be seed or peer (seed?)"),
        ("a b: {}", "a node's name is \"a b\"; it must be 1 to 64 of A–Z a–z 0–9 _ -, and not \"tracker\""),
        ("../up: {}", "a node's name is ../up; it must be 1 to 64 of A–Z a–z 0–9 _ -, and not \"tracker\""),
        ("tracker: {}", "a node's name is tracker; it must be 1 to 64 of A–Z a–z 0–9 _ -, and not \"tracker\""),
        ("peer2: {host: lab9}", "peer2's host lab9 is not among hosts; it must be local, or be listed"),
        ("peer2: {port: 0x10}", "peer2's port is 0x10; it must be a whole number from 0 to 65535"),
        ("peer2: {rule: peer}", "node peer2 has no key rule; did you mean role?"),
        ("peer2: seed", "node peer2 is seed; it must be a mapping with host, role or port"),
        ("peer2: {port: 7001}", "peer2's port 7001 is peer1's on the same machine; each must have a port of its own"),
        (
            "peer2: {port: 6971}",
            "peer2's port 6971 is one of the tracker's on the same machine (6969 to 6971); "
                + "each must have a port of its own"
        ),
        ("peer1: {}", "peer1 is there twice (first on line 4); each name and each key may be there only once"),
        ("PEER1: {}", "the names peer1 and PEER1 differ in case alone; each must be a folder's name everywhere"),
    ])
    func aWrongNodeIsNamedWithItsLine(node: String, message: String) throws {
        let yaml = "torrent: {file: text}\nnodes:\n  seed0: {role: seed}\n  peer1: {port: 7001}\n  \(node)\n"
        #expect(try complaint(about: yaml) == "topology.yaml:5: \(message)")
    }

    @Test(arguments: [
        ("", "topology.yaml: there is nothing in it; it needs at least torrent and nodes"),
        ("# only a comment\n", "topology.yaml: there is nothing in it; it needs at least torrent and nodes"),
        ("---\n...\n", "topology.yaml: there is nothing in it; it needs at least torrent and nodes"),
        (
            "GOTORRENT",
            "topology.yaml:1: the topology is GOTORRENT; "
                + "it must be a mapping with name, security, torrent, gossip, tracker, hosts, nodes, peers, metrics or run"
        ),
        (
            "- a\n",
            "topology.yaml:1: the topology is a list; "
                + "it must be a mapping with name, security, torrent, gossip, tracker, hosts, nodes, peers, metrics or run"
        ),
        (
            "name: x\n",
            "topology.yaml:1: there is no torrent; it must say what to copy, as in torrent: {file: …}\n"
                + "topology.yaml:1: there are no nodes; it needs at least one seed and one peer"
        ),
        (
            "torrent:\nnodes:\n",
            "topology.yaml:1: torrent has no file; it must name the file to copy\n"
                + "topology.yaml:2: no node is a seed; at least one must have role: seed\n"
                + "topology.yaml:2: no node is a peer; at least one must have role: peer, or none written"
        ),
        (
            "torrent: {file: text}\nnodes: {a: {role: seed}}\n",
            "topology.yaml:2: no node is a peer; at least one must have role: peer, or none written"
        ),
        (
            "torrent: {file: text}\nnodes: {a: {}}\n",
            "topology.yaml:2: no node is a seed; at least one must have role: seed"
        ),
    ])
    func whatIsMissingIsSaid(yaml: String, message: String) throws {
        #expect(try complaint(about: yaml) == message)
    }

    @Test(arguments: [
        ("file: gone.txt", "gone.txt does not exist"), ("file: .", ". is a folder, not a file"),
        ("file: text/x", "text/x does not exist"), ("file: /dev/null", "/dev/null is no regular file"),
    ])
    func aFileThatCannotBeCopiedIsNamed(file: String, fault: String) throws {
        let yaml = "torrent:\n  \(file)\nnodes: {seed: {role: seed}, peer1: {}}\n"
        #expect(
            try complaint(about: yaml) == "topology.yaml:2: \(fault); "
                + "torrent's file must be one that can be read, its path relative to this file")
    }

    @Test(arguments: [
        ("chunk-size: 0", "chunk-size is 0; it must be at least 1"),
        ("chunk-size: 65MiB", "chunk-size is 65MiB; it must be at most 64MiB"),
        ("chunk-size: lots", "chunk-size is lots; it must be a number of bytes, such as 1, 256KiB, 1MiB or 10MB"),
        ("chunk_size: 1", "torrent has no key chunk_size; did you mean chunk-size?"),
    ])
    func aWrongChunkSizeIsNamed(line: String, message: String) throws {
        let yaml = "torrent:\n  file: text\n  \(line)\nnodes: {seed: {role: seed}, peer1: {}}\n"
        #expect(try complaint(about: yaml) == "topology.yaml:3: \(message)")
    }

    @Test func everythingThatIsWrongIsSaidAtOnceInTheOrderOfTheLines() throws {
        let yaml = """
            nodes:
              seed: {role: seed}
              peer1: {host: moon}
            gossip:
              fanout: 0
              style: shout
            torrent: {file: gone}
            """
        #expect(
            try complaint(about: yaml) == """
                topology.yaml:3: peer1's host moon is not among hosts; it must be local, or be listed
                topology.yaml:5: fanout is 0; it must be at least 1
                topology.yaml:6: style is shout; it must be push, pull or push-pull
                topology.yaml:7: gone does not exist; torrent's file must be one that can be read, \
                its path relative to this file
                """)
    }

    @Test func aFloodOfIssuesIsCutShort() throws {
        let wrong = (1...80).map { "wrong\($0): 1" }.joined(separator: "\n")
        let lines = try complaint(about: Self.right + wrong).split(separator: "\n")
        #expect(lines.count == 51)
        #expect(lines.last == "… and 30 more")
    }
}
