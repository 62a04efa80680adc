import GossipNode
import Topology

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// How a run that goes on by itself is found again: by the file `detached` in its run directory.
struct DetachedRun: Sendable {
    private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz")

    private let path: String
    /// The name of its folder on the hosts, to which the host's name is added.
    let identifier: String

    /// A new one.
    init(directory: String) {
        path = Self.path(directory)
        identifier = String((0..<16).map { _ in Self.digits[Int.random(in: 0..<Self.digits.count)] })
    }

    /// One that goes on.
    /// - Throws: `UsageError` where there is none.
    init(reading directory: String) throws {
        path = Self.path(directory)
        guard let data = FileManager.default.contents(atPath: path),
            let text = String(data: data, encoding: .utf8)
        else {
            throw UsageError("\(directory) is not the directory of a run that was started with --detach and goes on")
        }
        identifier = String(text.prefix { $0 != "\n" })
        guard !identifier.isEmpty, identifier.allSatisfy(Self.digits.contains) else {
            throw UsageError("\(path) does not name a run")
        }
    }

    func write() throws { try WholeFile.write(Array("\(identifier)\n".utf8), to: path) }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    private static func path(_ directory: String) -> String { directory + "/detached" }
}
