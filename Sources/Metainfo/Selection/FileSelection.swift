/// Chooses some of a folder's files by patterns, see ``PathPattern``.
package struct FileSelection: Equatable, Sendable {
    /// Patterns of what is wanted; everything where there are none.
    package let only: [String]
    /// Patterns of what is not, even if one of `only` says so.
    package let excluded: [String]

    package init(only: [String], excluded: [String]) {
        self.only = only
        self.excluded = excluded
    }

    /// The positions of the wanted files among a torrent's; nil where all are wanted.
    /// - Throws: `FileSelectionError` where a pattern means none of the files, none is left, or the torrent is one
    /// file.
    package func files(of metafile: Metafile) throws(FileSelectionError) -> Set<Int>? {
        guard !only.isEmpty || !excluded.isEmpty else { return nil }
        guard metafile.isFolder else {
            throw FileSelectionError(
                description: "\(metafile.name) is one file; --only and --exclude choose among the files of a folder")
        }
        let paths = metafile.files.map { $0.path.map(Array.init) }
        var wanted = Set(paths.indices)
        if !only.isEmpty { wanted = try Self.files(meantBy: only, "--only", metafile, paths) }
        wanted.subtract(try Self.files(meantBy: excluded, "--exclude", metafile, paths))
        guard !wanted.isEmpty else {
            throw FileSelectionError(description: "--exclude leaves none of the files of \(metafile.name) to fetch")
        }
        return wanted.count == paths.count ? nil : wanted
    }

    private static func files(
        meantBy patterns: [String], _ option: String, _ metafile: Metafile, _ paths: [[[Character]]]
    ) throws(FileSelectionError) -> Set<Int> {
        var meant: Set<Int> = []
        for text in patterns {
            let pattern = PathPattern(text)
            let matched = paths.indices.filter { pattern.matches(paths[$0]) }
            guard !matched.isEmpty else {
                throw FileSelectionError(
                    description: "\(option) \"\(PrintableText.of(text))\" matches none of the \(paths.count) files of "
                        + "\(metafile.name), such as \(shown(metafile.files[0].path))")
            }
            meant.formUnion(matched)
        }
        return meant
    }

    private static func shown(_ path: [String]) -> String { PrintableText.of(path.joined(separator: "/")) }
}

/// Why files could not be chosen.
package struct FileSelectionError: Error, Equatable, CustomStringConvertible {
    package let description: String
}
