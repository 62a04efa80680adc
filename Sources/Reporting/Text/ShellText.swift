/// Words as a shell takes them.
package enum ShellText {
    /// A word as it is where it is plain, in single quotes elsewhere.
    package static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x2D...0x39).contains(byte) || byte == 0x5F || byte == 0x3D
                || byte == 0x2C
        }
        return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
