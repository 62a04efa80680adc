#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What may be sent to a file descriptor.
package struct TerminalFeatures: Equatable, Sendable {
    /// Whether it is a terminal that a table can be redrawn on.
    package var isLive: Bool
    package var isColored: Bool
    package var isUnicode: Bool

    package init(isLive: Bool, isColored: Bool, isUnicode: Bool) {
        self.isLive = isLive
        self.isColored = isColored
        self.isUnicode = isUnicode
    }

    /// What the environment and the descriptor allow.
    ///
    /// - Parameter variable: The environment's value of a name.
    package static func detect(
        _ descriptor: Int32, variable: (String) -> String? = TerminalFeatures.environment
    ) -> TerminalFeatures {
        detect(isTerminal: isatty(descriptor) == 1, variable: variable)
    }

    static func detect(isTerminal: Bool, variable: (String) -> String?) -> TerminalFeatures {
        let kind = variable("TERM") ?? ""
        let isLive = isTerminal && !["", "dumb", "unknown"].contains(kind)
        // https://no-color.org: set and not empty, whatever its value.
        let isColored = isLive && (variable("NO_COLOR") ?? "").isEmpty
        // The first that is set and not empty decides, as POSIX has it for the locale's characters.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty } ?? ""
        let isUnicode = locale.lowercased().contains("utf-8") || locale.lowercased().contains("utf8")
        return TerminalFeatures(isLive: isLive, isColored: isColored, isUnicode: isUnicode)
    }

    package static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
