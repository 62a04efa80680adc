import GossipNode
import Testing
import ZeroMQ

@Suite struct AllowListTests {
    static let keys = (0..<3).map { number in
        // Any 32 bytes are a public key.
        CurvePublicKey(bytes: [UInt8](repeating: UInt8(number + 1), count: 32))
    }

    static func key(_ number: Int) throws -> CurvePublicKey { try #require(keys[number]) }

    static func read(_ text: String) throws(NodeError) -> AllowList {
        try AllowList(text: Array(text.utf8), path: "list")
    }

    @Test func aListIsReadAndWritten() throws {
        let (first, second) = (try Self.key(0), try Self.key(1))
        let list = try Self.read(
            """
            # the fleet
            serial 7

            \(first.hex) lab1 node   # by the window
            \t\(second.hex.uppercased()) screen monitor\r
            """)
        #expect(list.serial == 7)
        #expect(
            list.entries == [
                .init(key: first, name: "lab1", role: .node), .init(key: second, name: "screen", role: .monitor),
            ])
        #expect(list[second]?.name == "screen")
        #expect(list[try Self.key(2)] == nil)
        #expect(list.text == "serial 7\n\(first.hex) lab1 node\n\(second.hex) screen monitor\n")
        #expect(try Self.read(list.text) == list)
    }

    @Test func anEmptyListLetsNobodyIn() throws {
        #expect(try Self.read("").entries.isEmpty)
        #expect(try Self.read("# nobody yet\n") == AllowList())
    }

    @Test(
        arguments: [
            ("KEY lab1", "list:2: an entry is KEY NAME ROLE"), ("KEY lab1 node more", "list:2: an entry is"),
            ("KEYx lab1 node", "list:2: a key is 64 hex digits"), ("abc lab1 node", "list:2: a key is 64 hex digits"),
            ("KEY lab/1 node", "list:2: a name is"), ("KEY lab1 seed", "list:2: a role is node, monitor or tracker"),
            ("serial x", "list:2: there is one serial"), ("serial 1 2", "list:2: there is one serial"),
            ("serial -1", "list:2: there is one serial"), ("serial 1\nserial 2", "list:3: there is one serial"),
            ("KEY a node\nKEY b node", "list:3: this key stands in the list before"), ("\0", "list is no text"),
            ("signature 00", "list:2: an entry is KEY NAME ROLE"),
        ])
    func whatIsWrongIsNamed(text: String, message: String) throws {
        let text = "# list\n" + text.replacing("KEY", with: try Self.key(0).hex)
        let error = #expect(throws: NodeError.self) { try Self.read(text) }
        #expect(error?.code == .security)
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test func aListThatIsTooLongOrNoTextIsRefused() {
        #expect(throws: NodeError.self) {
            try AllowList(text: [UInt8](repeating: UInt8(ascii: "#"), count: AllowList.sizeLimit + 1), path: "list")
        }
        #expect(throws: NodeError.self) { try AllowList(text: [0xff, 0xfe], path: "list") }
    }
}
