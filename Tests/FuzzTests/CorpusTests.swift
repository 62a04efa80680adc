import Foundation
import FuzzTargets
import Testing

/// Runs what the fuzzer kept: the inputs that reach all that was ever reached, and those that once failed.
@Suite struct CorpusTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz/corpus")

    private static func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }.sorted()
    }

    @Test(arguments: FuzzTarget.all.map(\.name))
    func everyInputIsBorne(target name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        let folder = Self.folder.appending(path: name)
        let inputs = try Self.names(folder)
        #expect(
            inputs.count >= 3, "a corpus without inputs proves nothing; scripts/fuzz.sh --minimize \(name) makes one")
        var taken = 0
        for input in inputs {
            let bytes = try Data(contentsOf: folder.appending(path: input))
            #expect(throws: Never.self, "\(name)/\(input)") {
                if try target.run(Array(bytes)) { taken += 1 }
            }
        }
        #expect(taken > 0, "where all inputs are refused, what holds of the others is not checked")
    }

    @Test func everyFolderIsATargetsOwn() throws {
        #expect(try Self.names(Self.folder) == FuzzTarget.all.map(\.name).sorted())
    }
}
