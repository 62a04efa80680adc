import GossipCore
import Metainfo
import ZeroMQ

/// A torrent's file on the disk, chunk by chunk.
///
/// A seed's file is read only. A peer's is written under a temporary name, `NAME.part`, and gets its own name when it
/// is whole; one that is there from an earlier run is hashed again, and what is valid in it is not fetched anew.
final class ChunkStore {
    /// The chunks that were found to be valid when the store was opened.
    let heldAtStart: ChunkSet
    /// Where the whole file is, or will be.
    let path: String
    private let verifier: ChunkVerifier
    private let file: StoredFile
    private var temporaryPath: String?

    private init(path: String, temporaryPath: String?, file: StoredFile, verifier: ChunkVerifier, held: ChunkSet) {
        self.path = path
        self.temporaryPath = temporaryPath
        self.file = file
        self.verifier = verifier
        heldAtStart = held
    }

    /// Opens the complete copy that a seed serves.
    /// - Parameter path: the file, or the folder that holds it under the torrent's name.
    /// - Throws: `NodeError` that names the first chunk that is not what the metafile describes.
    static func complete(_ metafile: Metafile, at path: String) throws(NodeError) -> ChunkStore {
        let path = Folder.exists(path) ? path + "/" + metafile.name : path
        let file = try StoredFile(path: path, .reading)
        let size = try file.size
        guard size == metafile.layout.length else {
            throw NodeError(
                .contents, "\(path) has \(size) bytes; the metafile describes a file of \(metafile.layout.length)")
        }
        let held = try validChunks(of: file, metafile.verifier)
        guard held.isComplete else {
            let chunk = held.missing(atRank: 0)
            throw NodeError(
                .contents,
                "\(path): chunk \(chunk) of \(held.chunkCount) is not what the metafile describes "
                    + "(\(held.missingCount) such in all); nothing is served")
        }
        return ChunkStore(path: path, temporaryPath: nil, file: file, verifier: metafile.verifier, held: held)
    }

    /// Opens or creates a peer's copy in a folder, which is created where it is not there.
    static func resuming(_ metafile: Metafile, in folder: String) throws(NodeError) -> ChunkStore {
        try Folder.create(folder)
        let path = folder + "/" + metafile.name
        if Folder.exists(path) { throw NodeError(.storage, "\(path) is a folder; the torrent is a file of that name") }
        if StoredFile.exists(path) { return try finished(metafile, at: path) }
        let temporaryPath = path + ".part"
        let wasThere = StoredFile.exists(temporaryPath)
        let file = try StoredFile(path: temporaryPath, .writing)
        do throws(NodeError) {
            try file.reserve(metafile.layout.length)
        } catch {
            // Nothing verified is in a file that is new, and it would keep the disk full.
            if !wasThere { StoredFile.remove(temporaryPath) }
            throw error
        }
        let held =
            wasThere ? try validChunks(of: file, metafile.verifier) : ChunkSet(chunkCount: metafile.layout.chunkCount)
        let store = ChunkStore(
            path: path, temporaryPath: temporaryPath, file: file, verifier: metafile.verifier, held: held)
        if held.isComplete { try store.finish() }
        return store
    }

    private static func finished(_ metafile: Metafile, at path: String) throws(NodeError) -> ChunkStore {
        do throws(NodeError) {
            return try complete(metafile, at: path)
        } catch  where error.code == .contents {
            throw NodeError(
                .contents, "\(path) is there and is another file; move it away, or choose another output folder")
        }
    }

    /// Whether the bytes are those of the chunk.
    func isValid(_ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID) -> Bool {
        verifier.matches(bytes, chunkID: chunk)
    }

    /// The bytes of a held chunk, as a frame to send.
    func read(_ chunk: ChunkID) throws(NodeError) -> Message {
        var outcome: Result<Void, NodeError> = .success(())
        let message = Message(count: verifier.layout.size(of: chunk)) { buffer in
            outcome = Result { () throws(NodeError) in try fill(buffer, with: chunk) }
        }
        try outcome.get()
        return message
    }

    /// The same, for a receiver whose link says when it has taken it.
    func read(_ chunk: ChunkID, to receiver: ReceiverID, _ served: ServedChunks) throws(NodeError) -> Message {
        try OutgoingChunk.frame(verifier.layout.size(of: chunk), to: receiver, served) { bytes throws(NodeError) in
            try fill(bytes, with: chunk)
        }
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer, with chunk: ChunkID) throws(NodeError) {
        guard try file.read(into: buffer, at: verifier.layout.range(of: chunk).lowerBound) else {
            throw NodeError(.contents, "\(path) became shorter while it was served; chunk \(chunk) is gone")
        }
    }

    /// Writes a verified chunk to its place.
    func write(_ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID) throws(NodeError) {
        try file.write(bytes, at: verifier.layout.range(of: chunk).lowerBound)
    }

    /// Every chunk is there: gives the file its own name.
    func finish() throws(NodeError) {
        guard let temporaryPath else { return }
        try file.synchronize()
        try StoredFile.rename(temporaryPath, to: path)
        self.temporaryPath = nil
    }

    /// Hashes a file's chunks.
    private static func validChunks(of file: StoredFile, _ verifier: ChunkVerifier) throws(NodeError) -> ChunkSet {
        let layout = verifier.layout
        var valid = ChunkSet(chunkCount: layout.chunkCount)
        guard layout.chunkCount > 0 else { return valid }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: layout.size(of: 0), alignment: 64)
        defer { buffer.deallocate() }
        for chunk in 0..<layout.chunkCount {
            let bytes = UnsafeMutableRawBufferPointer(rebasing: buffer[..<layout.size(of: chunk)])
            guard try file.read(into: bytes, at: layout.range(of: chunk).lowerBound) else { break }
            if verifier.matches(UnsafeRawBufferPointer(bytes), chunkID: chunk) { valid.insert(chunk) }
        }
        return valid
    }
}
