import Foundation
import GossipCore
import Testing

/// The shell that the documentation shows, at work: it uses what is public alone.
@Suite struct LoopbackTests {
    private let file = Array("GOTORRENT".utf8)

    @Test func everyNodeHoldsTheFile() throws {
        var swarm = LoopbackSwarm(file: file, peerCount: 5)
        let ending = swarm.run(limit: 100)
        let cycles = try #require(ending)
        #expect(cycles >= 3, "nine chunks are not spread at once")
        for node in swarm.nodes { #expect(file.indices.map { node.chunks[ChunkID($0)] } == file.map { [$0] }) }
    }

    @Test func wrongBytesAreNotStored() {
        var swarm = LoopbackSwarm(file: file, peerCount: 3)
        swarm.line = { letter in
            var wrong = letter
            wrong.bytes = letter.bytes.map { $0 + [0] }
            return wrong
        }
        let ending = swarm.run(limit: 20)
        #expect(ending == nil)
        for node in swarm.nodes.dropFirst() { #expect(node.chunks.isEmpty) }
    }

    /// What the article shows are parts of the files beside this one.
    @Test func theArticleShowsThisCode() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let sources = try ["LoopbackNode", "LoopbackSwarm"].map { name in
            try String(contentsOf: folder.appending(path: "\(name).swift"), encoding: .utf8)
        }
        let root = folder.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appending(path: "Sources/GossipCore/GossipCore.docc/WriteYourOwnShell.md"), encoding: .utf8
        )
        let blocks = article.components(separatedBy: "```swift\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        #expect(blocks.count >= 4)
        for block in blocks { #expect(sources.contains { $0.contains(block) }, "\(block)") }
    }
}
