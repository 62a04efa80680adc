#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The folder that a run leaves behind, and where everything lies in it.
package struct RunDirectory: Equatable, Sendable {
    package let path: String

    /// A run directory that is there.
    package init(path: String) {
        self.path = path
    }

    package var data: String { path + "/data" }
    package var logs: String { path + "/logs" }
    package var topology: String { path + "/topology.yaml" }
    package var summary: String { path + "/summary.json" }
    package var cycles: String { path + "/cycles.csv" }
    package var nodes: String { path + "/nodes.csv" }
    package var links: String { path + "/links.csv" }
    package var events: String { path + "/events.csv" }

    /// Where a peer's download goes.
    package func data(of node: String) -> String { data + "/" + node }

    package func log(of node: String) -> String { logs + "/" + node + ".log" }

    package var traces: String { path + "/traces" }

    /// Where a node records its events and actions.
    package func trace(of node: String) -> String { traces + "/" + node + ".trace" }

    /// Makes the folder for traces.
    package func makeTraces() throws(ReportingError) {
        if mkdir(traces, 0o755) != 0 { throw SystemFault(errno).error("cannot create the folder", traces) }
    }

    /// `progress.svg`, `messages.png` and the like.
    package func figure(_ figure: Figure, _ type: String) -> String { "\(path)/\(figure.rawValue).\(type)" }

    /// Makes `PARENT/NAME-STYLE-UTCTIME`, with `-2` and so on behind it where two runs begin in one second.
    ///
    /// - Throws: `ReportingError` naming the folder that could not be made.
    package static func create(
        in parent: String = "runs", name: String, style: String, at time: UTCTime
    ) throws(ReportingError) -> RunDirectory {
        try makeFolders(parent)
        let base = "\(parent)/\(name)-\(style)-\(time.compact)"
        for attempt in 1...1000 {
            let path = attempt == 1 ? base : "\(base)-\(attempt)"
            if mkdir(path, 0o755) == 0 { return try RunDirectory(path: path).withSubfolders() }
            guard errno == EEXIST else { throw SystemFault(errno).error("cannot create the run directory", path) }
        }
        throw SystemFault(EEXIST).error("cannot create the run directory", base)
    }

    /// Makes a run directory where the user wants it.
    ///
    /// - Parameter path: Absent, or a folder with nothing in it.
    /// - Throws: `ReportingError` where there is something already, or it cannot be made.
    package static func create(at path: String) throws(ReportingError) -> RunDirectory {
        try RunDirectory(path: makeEmptyFolder(path)).withSubfolders()
    }

    /// Makes a folder, or takes one with nothing in it.
    ///
    /// - Returns: Its path without slashes at the end.
    static func makeEmptyFolder(_ path: String) throws(ReportingError) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        try makeFolders(path)
        guard let isEmpty = isEmptyFolder(path) else {
            throw SystemFault(errno).error("cannot use the folder", path)
        }
        guard isEmpty else {
            throw ReportingError(
                .folderNotEmpty,
                "\(path) is not empty; give --output a folder that is not there yet, or an empty one")
        }
        return path
    }

    private func withSubfolders() throws(ReportingError) -> RunDirectory {
        for folder in [data, logs] where mkdir(folder, 0o755) != 0 {
            throw SystemFault(errno).error("cannot create the folder", folder)
        }
        return self
    }

    /// Makes a folder with all above it; one that is there already does no harm.
    static func makeFolders(_ path: String) throws(ReportingError) {
        if mkdir(path, 0o755) == 0 || errno == EEXIST { return }
        let isParentMissing = errno == ENOENT
        guard isParentMissing, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw SystemFault(errno).error("cannot create the folder", path)
        }
        try makeFolders(String(path[..<slash]))
        if mkdir(path, 0o755) != 0, errno != EEXIST { throw SystemFault(errno).error("cannot create the folder", path) }
    }

    private static func isEmptyFolder(_ path: String) -> Bool? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var entries = 0
        // "." and "..", and nothing else.
        while entries <= 2, readdir(folder) != nil { entries += 1 }
        return entries <= 2
    }
}
