/// A path below a run's folder, as the other side gives it: it must not lead out of there.
package enum RelativePath {
    /// The path itself.
    /// - Throws: `LaunchError` where it is absolute, empty, or has a component that is empty, `.` or `..`.
    package static func check(_ path: String) throws(LaunchError) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.utf8.count <= 4_096, !path.utf8.contains(0), parts.allSatisfy({ !["", ".", ".."].contains($0) })
        else {
            throw LaunchError("the path \(InvalidText.shown(path)) leads out of the run's folder")
        }
        return path
    }
}
