import TestSupport
import Testing

@testable import Topology

/// Files that are no topologies, and some that mean harm.
@Suite struct HostileTopologyTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func complaint(about bytes: [UInt8]) throws -> String {
        let path = try folder.write("t.yaml", bytes)
        let error = #expect(throws: TopologyError.self) { try TopologyParser.parse(path: path) }
        return error?.description.replacing(folder.path + "/", with: "") ?? "nothing"
    }

    private func complaint(about text: String) throws -> String {
        try complaint(about: Array(text.utf8))
    }

    @Test func whatIsNotThereIsSaid() {
        let error = #expect(throws: TopologyError.self) { try TopologyParser.parse(path: folder.path + "/gone.yaml") }
        #expect(error?.description.hasSuffix("the topology does not exist; give the path of a topology file") == true)
    }

    @Test func aFolderIsNoTopology() {
        let error = #expect(throws: TopologyError.self) { try TopologyParser.parse(path: folder.path) }
        #expect(error?.description.contains("is a folder, not a file") == true)
    }

    private static let look =
        "look for a bracket, a quote, a colon or an indentation that is not right there or just before"

    @Test(arguments: [
        ("a: 1\nb: [1, 2\n", "t.yaml:3: this is not YAML: did not find expected ',' or ']'; \(look)"),
        ("a: 1\n b: 2\n", "t.yaml:2: this is not YAML: mapping values are not allowed in this context; \(look)"),
        (
            "a: 1\n\tb: 2\n",
            "t.yaml:2: this is not YAML: found a tab character that violates indentation; "
                + "indent by spaces, not by tabs, and put quotes around a text that begins with a sign"
        ),
        (
            "a:\n\tb: 2\n",
            "t.yaml:2: this is not YAML: found character that cannot start any token; "
                + "indent by spaces, not by tabs, and put quotes around a text that begins with a sign"
        ),
        ("a: \"x\nb: 1\n", "t.yaml:3: this is not YAML: found unexpected end of stream; \(look)"),
        (
            "a: *b\n",
            "t.yaml:1: this is not YAML: found undefined alias; put quotes around a text that begins with *"
        ),
        (
            "a: 1\n--- \nb: 1\n",
            "t.yaml:2: this is not YAML: but found another document; "
                + "a topology is one document, without --- in its midst"
        ),
        (
            "a: 1\nb: \u{1}\n",
            "t.yaml:2: this is not YAML: control characters are not allowed; it must be a text file"
        ),
    ])
    func whatIsNotYAMLIsSaidWithItsLine(text: String, message: String) throws {
        #expect(try complaint(about: text) == message)
    }

    @Test func aZeroByteIsNamedWithItsLine() throws {
        #expect(try complaint(about: "a: 1\nb: \0\n") == "t.yaml:2: there is a NUL byte; it must be a text file")
    }

    @Test(arguments: [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98]])
    func whatIsNotUTF8IsNamedWithItsLine(bad: [UInt8]) throws {
        let text = Array("# Bär 🐻\nb: é\nc: ".utf8) + bad + Array("\nd: 1\n".utf8)
        #expect(try complaint(about: text) == "t.yaml:3: the text is not UTF-8; save the file in that encoding")
    }

    @Test func aFileOverAMebibyteIsNotParsed() throws {
        let long = [UInt8](repeating: UInt8(ascii: "#"), count: (1 << 20) + 1)
        #expect(try complaint(about: long) == "t.yaml: the topology is longer than 1 MiB; that is no topology")
    }

    @Test(arguments: ["[", "{", "- ", "? ", "{a: "])
    func deepNestingEndsInAnErrorNotInTheStack(opening: String) throws {
        let text = String(repeating: opening, count: (1 << 20) / opening.utf8.count)
        #expect(try complaint(about: text).contains("this is not YAML: "))
    }

    @Test func aBombOfAliasesDoesNotGoOff() throws {
        let levels = (1...9).map { level in
            "l\(level): &l\(level) [\((1...9).map { _ in "*l\(level - 1)" }.joined(separator: ","))]"
        }
        let bomb = "l0: &l0 [a]\n" + levels.joined(separator: "\n") + "\n? *l9\n: 1\n? *l8\n: 1\n"
        #expect(
            try complaint(about: bomb)
                == "t.yaml: more than 32 words begin with *, as aliases do; write the values out instead")
    }

    @Test func aFewAliasesAreRefusedLineByLine() throws {
        let text = "name: &n x\ntorrent: {file: *n}\n"
        let lines = try complaint(about: text).split(separator: "\n")
        #expect(lines.first == "t.yaml:1: anchors and aliases are not read here; write the value out")
        #expect(lines.contains("t.yaml:2: anchors and aliases are not read here; write the value out"))
    }

    @Test func noMutationOfAGoodTopologyDoesMoreThanThrow() throws {
        try folder.write("text", "GOTORRENT")
        let good = Array(
            "torrent: {file: text}\ngossip: {cycle: 1s}\nnodes: {s: {role: seed}, \"p\": {port: 7}}\n".utf8)
        let replacements = Array("\0\u{1}:{}[],&*#?|-!%@`'\"\n\t 0x\u{7F}".utf8) + [0xFF, 0xC3]
        var parsed = 0
        for index in good.indices {
            for byte in replacements {
                var mutated = good
                mutated[index] = byte
                do throws(TopologyError) {
                    _ = try TopologyParser.parse(mutated, path: folder.path + "/t.yaml")
                    parsed += 1
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
            _ = try? TopologyParser.parse(Array(good.prefix(index)), path: folder.path + "/t.yaml")
        }
        #expect(parsed > 0)
    }
}
