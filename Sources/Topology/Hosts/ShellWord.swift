/// Texts as words of a shell's command line.
package enum ShellWord {
    private static let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@,+".utf8)

    /// One word that a POSIX shell takes for exactly this text, in quotes where it must be.
    package static func quoted(_ text: String) -> String {
        if !text.isEmpty, text.utf8.allSatisfy(plain.contains) { return text }
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return "'" + parts.joined(separator: "'\\''") + "'"
    }

    /// A command line that can be pasted into a shell.
    package static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }
}
