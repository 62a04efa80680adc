import Metainfo

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder of a run on a host, and beside it what stays for later runs.
///
/// `ROOT/runs/RUN` is the run's, of mode 0700: metafile, seeds' files, downloads, traces, and the program where it was
/// copied for this run alone. `ROOT/files/DIGEST` holds what was kept, `ROOT/bin/DIGEST` programs.
struct AgentFolder {
    let root: String
    let path: String

    /// - Parameter path: the run's folder, two levels below the root.
    init(_ path: String) {
        self.path = path
        root = path.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
    }

    /// A path below the run's folder, with the folders above it made.
    /// - Throws: `LaunchError` where it leads out of there or a folder cannot be made.
    func prepared(_ relative: String) throws(LaunchError) -> String {
        let full = path + "/" + (try RelativePath.check(relative))
        let parent = full.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        } catch {
            throw LaunchError("cannot make the folder \(parent): \(String(cString: strerror(errno)))")
        }
        return full
    }

    /// Gives a file that a run left here a name in this one.
    /// - Returns: whether there is one, its bytes as they should be.
    func take(_ digest: String, as relative: String) throws(LaunchError) -> Bool {
        guard let expected = Digest256(hex: digest) else { throw LaunchError("\(digest) is no SHA-256") }
        let kept = "\(root)/files/\(expected)"
        guard Digest256(hashingFile: kept) == expected else { return false }
        return link(kept, try prepared(relative)) == 0
    }

    /// Keeps a file for later runs.
    func keep(_ file: String, in shelf: String, digest: String) {
        let folder = "\(root)/\(shelf)"
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let kept = "\(folder)/\(digest)"
        // Where another run kept it meanwhile, one is enough.
        if link(file, kept) != 0, errno != EEXIST { _ = rename(file, kept) }
    }

    /// The regular files below a path of the run's folder, as paths of it, in order. Links are not followed.
    func files(below relative: String) -> [String] {
        var status = stat()
        guard lstat("\(path)/\(relative)", &status) == 0 else { return [] }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return [relative]
        case S_IFDIR:
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(relative)")) ?? []
            return names.sorted().flatMap { files(below: "\(relative)/\($0)") }
        default: return []
        }
    }

    /// Removes the run, and the folders above it that hold nothing else.
    func remove() {
        _ = chdir("/")
        try? FileManager.default.removeItem(atPath: path)
        rmdir("\(root)/runs")
        rmdir(root)
    }
}
