import GossipCore
import GossipNode
import Metainfo

/// A journal file, which a crash, a disk or someone else may have changed.
enum JournalTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let bytes = input.rest()
        // The fuzzer cannot find a SHA-256: what is behind it is reached by one that is added here.
        let isTaken = try check(bytes + bytes.withUnsafeBytes { Digest256(hashing: $0).bytes })
        return try check(bytes) || isTaken
    }

    private static func check(_ bytes: [UInt8]) throws(FuzzFinding) -> Bool {
        guard let image = JournalImage(bytes) else { return false }
        try require(image.encoded == bytes, "a journal is written as it was read")
        try require(image.proven.count <= image.proven.chunkCount, "no more is proven than there is")
        return true
    }
}
