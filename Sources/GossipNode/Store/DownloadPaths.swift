import Metainfo

/// Where a download is on the disk while it lasts, and afterwards.
struct DownloadPaths {
    /// The file or folder under its own name.
    let whole: String
    /// The same while something is missing.
    let temporary: String
    let journal: String
    private let isFolder: Bool

    init(_ metafile: Metafile, in folder: String) {
        whole = folder + "/" + metafile.name
        temporary = whole + ".part"
        journal = folder + "/." + metafile.name + ".journal"
        isFolder = metafile.isFolder
    }

    /// Whether the download has its own name, and nothing is left to do about it.
    ///
    /// One that got its name shortly before the machine lost its power, and may be anything therefore, is given the
    /// temporary name again.
    /// - Throws: `NodeError` where the other kind has its name, or another process is still about to finish it.
    func isFinished() throws(NodeError) -> Bool {
        guard StoredFile.exists(whole) else { return false }
        guard Folder.exists(whole) == isFolder else {
            throw NodeError(
                .storage,
                isFolder
                    ? "\(whole) is a file; the torrent is a folder of that name"
                    : "\(whole) is a folder; the torrent is a file of that name")
        }
        guard StoredFile.exists(journal), !StoredFile.exists(temporary) else { return true }
        // Another process may have named it just now, and be about to remove the journal.
        let lock = try PathLock(whole)
        return try withExtendedLifetime(lock) { () throws(NodeError) in
            guard StoredFile.exists(journal) else { return true }
            try StoredFile.rename(whole, to: temporary)
            return false
        }
    }

    /// Gives a folder that lacks files its temporary name again.
    /// - Returns: the lock that writers have.
    func reopen() throws(NodeError) -> PathLock {
        guard !StoredFile.exists(temporary) else {
            throw NodeError(
                .storage,
                "\(whole) lacks files that are wanted, and \(temporary) is there as well; move one of them away")
        }
        let lock = try PathLock(whole, for: .adding)
        try StoredFile.rename(whole, to: temporary)
        return lock
    }

    /// Takes ``reopen()`` back.
    func close() throws(NodeError) { try StoredFile.rename(temporary, to: whole) }
}
