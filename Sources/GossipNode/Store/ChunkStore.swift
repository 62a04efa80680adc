import GossipCore
import Metainfo
import ZeroMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A torrent's content on the disk, chunk by chunk.
///
/// A seed's files are read only. A peer's are written under a temporary name, `NAME.part`, and get their own name when
/// all is whole; what is there from an earlier run is not fetched anew.
///
/// Any thread may use it.
package final class ChunkStore: Sendable {
    /// The chunks that were found to be valid when the store was opened.
    package let heldAtStart: ChunkSet
    /// Where the whole file or folder is, or will be.
    let path: String
    let check: ChunkCheck
    private let files: TorrentFiles
    /// There while something is missing.
    private let download: Lock<Download?>
    /// Kept where some of the files are not there, so that nobody who fetches them renames what is served.
    private let lock: PathLock?

    /// What only a download has.
    struct Download: Sendable {
        let temporaryPath: String
        let journal: ChunkJournal
        /// Files that were made by this run: what was never written to them is zero.
        let newFiles: Set<Int>
        /// Files of which an earlier run fetched a part and that are not wanted now: they are not there when the rest
        /// gets its name.
        let leftovers: Set<Int>
    }

    init(
        path: String, files: TorrentFiles, check: ChunkCheck, held: ChunkSet, download: Download?,
        lock: PathLock? = nil
    ) {
        self.path = path
        self.files = files
        self.check = check
        heldAtStart = held
        self.download = Lock(download)
        self.lock = lock
    }

    private var layout: ChunkLayout { check.layout }

    /// Whether the bytes are those of the chunk, as far as is known without a proof.
    func isValid(_ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID) -> Bool { check.isValid(bytes, chunk) }

    /// Whether the bytes are those of the chunk, by the proof that came with them where one is needed; its hashes are
    /// kept.
    package func isValid(
        _ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID, _ proof: ChunkProof?
    ) throws(NodeError) -> Bool {
        try check.isValid(bytes, chunk, proof)
    }

    /// Whether a chunk can be checked that comes without a proof.
    func knowsHash(of chunk: ChunkID) -> Bool { check.hash(of: chunk) != nil }

    /// What proves a held chunk to one who does not know its hash.
    func proof(of chunk: ChunkID) throws(NodeError) -> ChunkProof {
        guard let proof = check.proof(of: chunk) else {
            throw NodeError(.contents, "chunk \(chunk) is held at \(path), and nothing is known that proves it")
        }
        return proof
    }

    // MARK: Reading

    /// The bytes of a held chunk, as a frame to send.
    func read(_ chunk: ChunkID) throws(NodeError) -> Message {
        var outcome: Result<Void, NodeError> = .success(())
        let message = Message(count: layout.size(of: chunk)) { buffer in
            outcome = Result { () throws(NodeError) in try fill(buffer, with: chunk) }
        }
        try outcome.get()
        return message
    }

    /// The same, for a receiver whose link says when it has taken it.
    func read(_ chunk: ChunkID, _ onTaken: @escaping @Sendable () -> Void) throws(NodeError) -> Message {
        try OutgoingChunk.frame(layout.size(of: chunk), onTaken) { bytes throws(NodeError) in
            try fill(bytes, with: chunk)
        }
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer, with chunk: ChunkID) throws(NodeError) {
        let place = layout.place(of: chunk)
        let file = try files.file(place.file)
        guard try file.read(into: buffer, at: place.offset) else {
            throw NodeError(.contents, "\(file.path) became shorter while it was served; chunk \(chunk) is gone")
        }
        // What changed may still be the same where it counts: a file that was touched, or copied over itself.
        guard try files.isUnchanged(place.file, file) || isValid(UnsafeRawBufferPointer(buffer), chunk) else {
            throw NodeError(
                .contents, "\(file.path) was changed while it was served; chunk \(chunk) is not what it was")
        }
    }

    // MARK: Writing

    /// Writes a verified chunk to its place; one that is there already is written over with the same bytes, or not at all.
    ///
    /// Now and then it waits for the disk, to prove what was written.
    package func write(_ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID) throws(NodeError) {
        if try put(bytes, chunk) { try prove() }
    }

    /// Writes a chunk likewise, without waiting for the disk.
    /// - Returns: whether it is time to ``prove()``; told once, until that was done.
    func put(_ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID) throws(NodeError) -> Bool {
        let place = layout.place(of: chunk)
        guard let download = download.withLock({ $0 }), let file = try files.writableFile(place.file) else {
            return false
        }
        // Reserved space reads as zeros as it is.
        if !download.newFiles.contains(place.file) || !bytes.isAllZeros { try file.write(bytes, at: place.offset) }
        return download.journal.noteWritten(chunk, file: place.file, byteCount: place.size)
    }

    /// Waits until what was written is on the disk, and notes it there.
    func prove() throws(NodeError) {
        guard let download = download.withLock({ $0 }) else { return }
        try download.journal.prove(files, check)
    }

    /// Gives the files their own name, every chunk that is wanted being there.
    /// - Returns: whether ``settle()`` is to follow.
    @discardableResult
    package func finish() throws(NodeError) -> Bool {
        guard let download = download.withLock({ $0 }), files.root != path else { return false }
        for index in download.leftovers { files.remove(index) }
        try StoredFile.rename(download.temporaryPath, to: path)
        files.freeze(root: path)
        return true
    }

    /// Waits until the whole download is on the disk; after that nothing of it needs to be proven.
    ///
    /// The journal goes last: where the machine loses its power before, the next run looks at what is there.
    package func settle() throws(NodeError) {
        guard let download = download.withLock({ $0 }) else { return }
        try download.journal.prove(files, check)
        check.settle()
        Folder.synchronize(Folder.parent(of: path))
        download.journal.remove()
        self.download.withLock { $0 = nil }
        lock?.share()
    }
}

extension UnsafeRawBufferPointer {
    /// Whether there is nothing but zeros; random bytes are told by the first ones.
    fileprivate var isAllZeros: Bool {
        guard let start = baseAddress, let first else { return true }
        // Every byte is like the one before it, and the first is zero.
        return first == 0 && memcmp(start, start + 1, count - 1) == 0
    }
}
