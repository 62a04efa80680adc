/// A file that is being hashed, watched for changes: what is read of it is known to be what it was before only when
/// ``checkUnchanged()`` has passed afterwards.
final class OpenSource {
    /// Its position among the torrent's files.
    let file: Int
    private let source: FolderReader.Source
    private let input: InputFile

    init(_ file: Int, _ source: FolderReader.Source) throws(MetafileError) {
        self.file = file
        self.source = source
        input = try InputFile(source.path, isEntry: source.isEntry)
        try checkUnchanged()
    }

    /// Fills `buffer` with the bytes at `offset`.
    func fill(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(MetafileError) {
        guard try input.fill(buffer, at: offset) else { throw changed }
    }

    /// Refuses a file that has bytes although its size is 0.
    func checkAtEnd() throws(MetafileError) {
        var byte: UInt8 = 0
        var outcome: Result<Int, MetafileError> = .success(0)
        withUnsafeMutableBytes(of: &byte) { buffer in
            outcome = Result { () throws(MetafileError) in try input.readPortion(into: buffer) }
        }
        guard try outcome.get() == 0 else { throw changed }
    }

    /// Compares its size, its date and its place on the disk with those that it had when it was found.
    func checkUnchanged() throws(MetafileError) {
        guard try input.attributes() == source.attributes else { throw changed }
    }

    private var changed: MetafileError {
        MetafileError(
            .changed, path: source.path, "it changed while it was read; try again when nothing writes to it")
    }
}
