import Foundation
import TestSupport

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that `gotorrent share` serves, and what it said to type elsewhere.
struct SharedFile: Sendable {
    let folder: TemporaryFolder
    let content: [UInt8]
    /// The words after `gotorrent`.
    let arguments: [String]
    /// What the words name the torrent by.
    var link: String { arguments[1] }
    private let share: Program

    /// Shares a file of 300,000 bytes, two chunks of 256 KiB, while `body` works with it; then interrupts the share.
    /// - Parameter path: what is shared in place of that file.
    /// - Returns: how the share ended.
    @discardableResult
    static func with(
        of path: String? = nil, _ options: [String] = [], body: @escaping @Sendable (SharedFile) async throws -> Void
    ) async throws -> Program.Ending {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 11)
        let content = (0..<300_000).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let file = try folder.write("big.img", content)
        return try await Turn.swarms.take {
            try await Program.run(
                Repository.program, ["share", path ?? file, "--bind", "tcp://127.0.0.1:*", "--cycle", "50ms"] + options
            ) { program in
                let line = try await program.output.line(containing: "gotorrent get ")
                let words = line.split(separator: " ").map(String.init)
                try await body(
                    SharedFile(folder: folder, content: content, arguments: Array(words.dropFirst()), share: program))
                program.send(SIGINT)
            }
        }
    }

    /// Ends the share while the test goes on.
    func stop() { share.send(SIGINT) }

    /// Types the line in a folder of its own, which is made for it.
    func get(in name: String, _ options: [String] = ["--stay", "0s"]) async throws -> Program.Ending {
        try await run(arguments + options, in: name)
    }

    /// Runs any command there.
    func run(_ arguments: [String], in name: String) async throws -> Program.Ending {
        try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
        return try await Program.run(Repository.program, arguments, in: folder.path(name))
    }
}
