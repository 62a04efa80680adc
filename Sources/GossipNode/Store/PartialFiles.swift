import GossipCore
import Metainfo

/// The files of a download that is not finished, the wanted ones made and of their full size.
struct PartialFiles {
    let files: TorrentFiles
    let wanted: Set<Int>
    /// The files that are there: the wanted ones, and what earlier runs left of others.
    let present: Set<Int>
    /// Those among them that this run made.
    let made: Set<Int>
    /// Chunks that were hashed already, of files that were finished; nil where none were.
    let verified: ChunkSet?
    let lock: PathLock

    /// Makes what is not there, so that a disk too small is noticed before anything is fetched.
    init(_ metafile: Metafile, _ paths: DownloadPaths, wanted: Set<Int>) throws(NodeError) {
        files = TorrentFiles(metafile, root: paths.temporary, .writing)
        made = try Self.reserve(wanted, files, metafile, paths)
        lock = try PathLock(paths.temporary)
        verified = nil
        self.wanted = wanted
        present = Self.present(files, wanted)
    }

    /// Adds files to a folder that has its own name and holds some of them.
    init(
        reopening finished: FinishedFiles, _ metafile: Metafile, _ paths: DownloadPaths, wanted: Set<Int>
    ) throws(NodeError) {
        lock = try paths.reopen()
        files = TorrentFiles(metafile, root: paths.temporary, .writing)
        do throws(NodeError) {
            // They are served from now on as what is written is, and so not through links.
            for index in finished.present { _ = try files.file(index) }
            made = try Self.reserve(wanted, files, metafile, paths)
        } catch {
            // What is whole keeps its name.
            try paths.close()
            throw error
        }
        verified = finished.held
        self.wanted = wanted
        present = Self.present(files, wanted)
    }

    private static func present(_ files: TorrentFiles, _ wanted: Set<Int>) -> Set<Int> {
        wanted.union((0..<files.count).filter { !wanted.contains($0) && files.isThere($0) })
    }

    /// The files that are not wanted and not whole.
    /// - Parameter found: the chunks that are there and right.
    func leftovers(_ layout: ChunkLayout, found: ChunkSet) throws(NodeError) -> Set<Int> {
        var leftovers: Set<Int> = []
        for index in present.subtracting(wanted) {
            let isWhole = try files.file(index).size == layout.length(ofFile: index)
            if !isWhole || !layout.chunks(ofFile: index).allSatisfy(found.contains) { leftovers.insert(index) }
        }
        return leftovers
    }

    /// Makes every wanted file and gives it its full size.
    /// - Returns: the files that were not there.
    private static func reserve(
        _ wanted: Set<Int>, _ files: TorrentFiles, _ metafile: Metafile, _ paths: DownloadPaths
    ) throws(NodeError) -> Set<Int> {
        let isNew = !StoredFile.exists(paths.temporary)
        var made: Set<Int> = []
        do throws(NodeError) {
            for index in wanted.sorted() {
                if !files.isThere(index) { made.insert(index) }
                let file = try files.file(index)
                if try file.size != metafile.layout.length(ofFile: index) || made.contains(index) {
                    try file.reserve(metafile.layout.length(ofFile: index))
                }
            }
        } catch {
            // Nothing verified is in what is new, and it would keep the disk full.
            for index in made { StoredFile.remove(files.path(index)) }
            if isNew, metafile.isFolder { Folder.removeEmpty(paths.temporary) }
            throw error
        }
        return made
    }
}
