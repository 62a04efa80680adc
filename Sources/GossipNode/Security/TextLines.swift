/// The lines of a small text file: words between spaces, and `#` before what is for people alone.
enum TextLines {
    struct Line {
        let path: String
        let number: Int
        /// At least one.
        let words: [String]

        /// What is wrong with it. The line itself is not repeated: it may hold a secret, and logs are read by many.
        func fault(_ rule: String) -> NodeError { NodeError(.security, "\(path):\(number): \(rule)") }
    }

    /// - Returns: the lines that have words.
    /// - Throws: `NodeError` where the text is too long, or no text.
    static func read(_ bytes: [UInt8], atMost limit: Int, path: String) throws(NodeError) -> [Line] {
        guard bytes.count <= limit else {
            throw NodeError(.security, "\(path) has \(bytes.count) bytes; it must have at most \(limit)")
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw NodeError(.security, "\(path) is no text; it must be UTF-8, a line for each key")
        }
        var lines: [Line] = []
        let rows = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, row) in rows.enumerated() {
            let words = row.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }.map(String.init)
            if !words.isEmpty { lines.append(Line(path: path, number: index + 1, words: words)) }
        }
        return lines
    }
}
