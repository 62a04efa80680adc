import GossipNode
import Testing

@Suite struct SignedListTests {
    private let signer = ListSigner()

    private func list() throws -> AllowList {
        AllowList([
            .init(key: try AllowListTests.key(0), name: "lab1", role: .node),
            .init(key: try AllowListTests.key(1), name: "lab2", role: .node),
        ])
    }

    private func verified(_ text: String, by signer: ListSigner) throws(NodeError) -> AllowList {
        try signer.publicKey.verified(Array(text.utf8), path: "list")
    }

    @Test func whatTheSignerSignedIsTaken() throws {
        let text = try signer.sign(try list(), serial: 9)
        let read = try verified(text, by: signer)
        #expect(read.entries == (try list()).entries)
        #expect(read.serial == 9)
        #expect(try verified(String(text.dropLast()), by: signer) == read, "without the last newline")
        #expect(SignerKey(hex: signer.publicKey.description) == signer.publicKey)
    }

    @Test func nothingElseIsTaken() throws {
        let text = try signer.sign(try list(), serial: 9)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let wrong = [
            try list().text, "", "\n", "signature", "signature 00\n", text.replacing("lab2", with: "lab3"),
            text.replacing("serial 9", with: "serial 10"), text.replacing(" node", with: " tracker"),
            String(text.dropLast(2)), text + "x\n", text + "\n", "# before\n" + text,
            text + text, lines.dropFirst().joined(separator: "\n"),
        ]
        for text in wrong {
            let error = #expect(throws: NodeError.self, "\(text)") { try verified(text, by: signer) }
            #expect(error?.code == .security)
        }
        #expect(throws: NodeError.self) { try verified(text, by: ListSigner()) }
    }

    @Test(arguments: [0, 1, 40, 100, 200])
    func noBitMayChange(place: Int) throws {
        var bytes = Array(try signer.sign(try list(), serial: 9).utf8)
        bytes[place * (bytes.count - 2) / 200] ^= 1
        #expect(throws: NodeError.self) { try signer.publicKey.verified(bytes, path: "list") }
    }
}
