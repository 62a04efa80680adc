import Metainfo
import ZeroMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A torrent's files on the disk, opened when they are needed: of a folder only so many are open at a time.
///
/// Any thread may use it.
final class TorrentFiles: Sendable {
    private static let openLimit = 64

    private struct OpenFile {
        let file: StoredFile
        var lastUse: UInt64
    }

    private struct State {
        var root: String
        var mode: StoredFile.Mode
        var open: [Int: OpenFile] = [:]
        var useCount: UInt64 = 0
        /// What each file was when it was verified; of those that nobody writes to any longer.
        var verified: [Int: FileState] = [:]
        /// Files that are looked at for changes.
        var isWhole = false
    }

    private let files: [TorrentFile]
    private let isFolder: Bool
    private let state: Lock<State>

    /// - Parameter root: the file of a torrent that is one file; else the folder.
    init(_ metafile: Metafile, root: String, _ mode: StoredFile.Mode) {
        files = metafile.files
        isFolder = metafile.isFolder
        state = Lock(State(root: root, mode: mode))
    }

    var count: Int { files.count }

    var root: String { state.withLock { $0.root } }

    /// Where a file is.
    func path(_ index: Int) -> String {
        Self.path(files[index], in: root, isFolder)
    }

    private static func path(_ file: TorrentFile, in root: String, _ isFolder: Bool) -> String {
        isFolder ? ([root] + file.path).joined(separator: "/") : root
    }

    /// An open file.
    func file(_ index: Int) throws(NodeError) -> StoredFile {
        try state.withLock { state throws(NodeError) in try self.file(index, &state) }
    }

    /// An open file to write to; nil where nothing is to be written any longer.
    func writableFile(_ index: Int) throws(NodeError) -> StoredFile? {
        try state.withLock { state throws(NodeError) in
            state.mode == .writing ? try file(index, &state) : nil
        }
    }

    private func file(_ index: Int, _ state: inout State) throws(NodeError) -> StoredFile {
        state.useCount += 1
        if let known = state.open[index]?.file {
            state.open[index]?.lastUse = state.useCount
            return known
        }
        let path = Self.path(files[index], in: state.root, isFolder)
        if state.mode == .writing, isFolder { try Folder.create(files[index].path.dropLast(), below: state.root) }
        let file = try StoredFile(path: path, state.mode)
        if state.open.count >= Self.openLimit, let oldest = state.open.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            state.open[oldest.key] = nil
        }
        state.open[index] = OpenFile(file: file, lastUse: state.useCount)
        return file
    }

    /// Whether something has a file's name.
    func isThere(_ index: Int) -> Bool { StoredFile.exists(path(index)) }

    /// Removes a file that nobody uses, and the folders that are empty without it.
    func remove(_ index: Int) {
        let root = root
        state.withLock { $0.open[index] = nil }
        StoredFile.remove(path(index))
        Folder.removeEmpty(files[index].path.dropLast(), below: root)
    }

    /// Waits until what was written to some of the files is on the disk.
    func synchronize(_ indices: Set<Int>) throws(NodeError) {
        guard indices.count <= Self.openLimit else {
            // One by one each would wait for the disk.
            sync()
            return
        }
        for index in indices.sorted() { try file(index).synchronize() }
    }

    /// From now on the files are only read, under another name where one is given.
    func freeze(root: String? = nil) {
        state.withLock { state in
            if let root { state.root = root }
            state.mode = .reading
            state.open = [:]
            state.isWhole = true
        }
    }

    /// Whether a file is still as it was when it was first asked for after ``freeze(root:)``.
    func isUnchanged(_ index: Int, _ file: StoredFile) throws(NodeError) -> Bool {
        guard state.withLock({ $0.isWhole }) else { return true }
        let now = try file.state
        return state.withLock { state in
            guard let before = state.verified[index] else {
                state.verified[index] = now
                return true
            }
            return before == now
        }
    }

    /// Notes what a file is before it is verified.
    /// - Returns: its size in bytes, and whether it is known to hold what was described.
    func noteState(
        _ index: Int, described: DescribedContent? = nil
    ) throws(NodeError) -> (size: UInt64, isProven: Bool) {
        let status = try file(index).status
        let now = FileState(status)
        state.withLock { $0.verified[index] = now }
        return (now.size, described?.isUnchanged(index, status) ?? false)
    }
}
