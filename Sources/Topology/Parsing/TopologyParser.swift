/// Reads topology files.
///
/// Everything that is wrong is found before anything starts, and all of it is said at once, each with its line.
package enum TopologyParser {
    /// Reads a topology file, applies the command line's overrides and checks the whole.
    ///
    /// - Parameters:
    ///   - path: As the user gave it; messages repeat it.
    ///   - overrides: What the command line sets.
    /// - Throws: `TopologyError` with every issue found.
    package static func parse(
        path: String, overrides: TopologyOverrides = TopologyOverrides()
    ) throws(TopologyError) -> TopologyDescription {
        try parse(TopologySource.read(path), path: path, overrides: overrides)
    }

    /// The same from bytes that were read already.
    ///
    /// - Parameters:
    ///   - bytes: The file's content.
    ///   - path: What messages call it; `torrent.file` is looked for beside it.
    package static func parse(
        _ bytes: [UInt8], path: String, overrides: TopologyOverrides = TopologyOverrides()
    ) throws(TopologyError) -> TopologyDescription {
        let text = try TopologySource.text(bytes, path: path)
        return try YAMLDocument.withRoot(of: text, path: path) { root throws(TopologyError) in
            let issues = IssueCollector(path: path)
            var reader = TopologyReader(root: root, issues: issues)
            // What is no mapping at all misses everything, and to say so would bury the reason.
            if !reader.isMapping { try issues.check() }
            var description = reader.description()
            overrides.apply(to: &description, issues: issues)
            description.settleCycle()
            TopologyChecks(description: description, places: reader.places, overrides: overrides).run(issues)
            try issues.check()
            return description
        }
    }
}
