#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An allow-list on the disk, read again when it was changed.
///
/// Where a signer is given, only its lists count, and never an older one than that in force: who can write to the file
/// can then keep a node from learning of changes, and nothing else.
package struct AllowListFile: Sendable {
    package let path: String
    package let signer: SignerKey?
    private var state: FileState?

    /// Reads the list for the first time.
    /// - Throws: `NodeError` where it cannot be read, is no list, or is not signed as it must be.
    package init(path: String, signer: SignerKey?) throws(NodeError) {
        self.path = path
        self.signer = signer
        (list, state) = try Self.read(path, signer)
    }

    /// The newest list that was in order.
    package private(set) var list: AllowList

    /// Looks whether the file was changed since the last call, and reads it then.
    /// - Returns: whether there is another list.
    /// - Throws: `NodeError`, once for each change, where what is there now is not in order; the list stays.
    package mutating func refresh() throws(NodeError) -> Bool {
        let found = try? StoredFile(path: path, .reading).state
        // Gone, as while an editor replaces it: the list in force stays until there is another.
        guard let found, found != state else { return false }
        state = found
        let read = try Self.read(path, signer)
        state = read.state
        if let newest = list.serial, let serial = read.list.serial, serial < newest {
            throw NodeError(.security, "\(path) has the serial \(serial), older than \(newest), which is in force")
        }
        defer { list = read.list }
        return read.list != list
    }

    private static func read(
        _ path: String, _ signer: SignerKey?
    ) throws(NodeError) -> (list: AllowList, state: FileState) {
        let (bytes, status) = try StoredFile(path: path, .reading).readAll(atMost: AllowList.sizeLimit)
        guard signer != nil || status.st_mode & 0o002 == 0 else {
            throw NodeError(.security, "\(path) can be changed by everyone; run chmod o-w on it, or have it signed")
        }
        let state = FileState(status)
        if let signer { return (try signer.verified(bytes, path: path), state) }
        return (try unsigned(bytes, path: path), state)
    }

    /// A signed list may be used by those who do not know its signer, who trust the file.
    private static func unsigned(_ bytes: [UInt8], path: String) throws(NodeError) -> AllowList {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let kept = lines.filter { !$0.starts(with: Array("\(SignerKey.signatureWord) ".utf8)) }
        return try AllowList(text: Array(kept.joined(separator: [UInt8(ascii: "\n")])), path: path)
    }
}
