import Foundation
import GossipNode
import Topology

/// A folder of the keys of a swarm, of which the public halves are read.
enum PublicKeyFolder {
    /// Reads the files whose names end in `.pub`.
    /// - Throws: `UsageError` of a folder that cannot be read, or has a key twice; `NodeError` of what is no public key.
    static func read(_ path: String) throws -> ExportedKeys {
        let folder = URL(fileURLWithPath: path).standardizedFileURL.path
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".pub") }.sorted()
        } catch {
            throw UsageError("cannot read the folder of keys \(path); gotorrent keys new makes keys")
        }
        var list = AllowList()
        for name in names {
            for entry in try AllowListFile(path: "\(folder)/\(name)", signer: nil).list.entries {
                guard list.add(entry) else {
                    throw UsageError("\(path)/\(name): its key \(entry.key.hex) stands in another file there")
                }
            }
        }
        return ExportedKeys(folder: folder, list: list)
    }
}
