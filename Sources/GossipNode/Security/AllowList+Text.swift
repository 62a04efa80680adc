import ZeroMQ

/// An allow-list as a file: a line for each key, `KEY NAME ROLE`, and `#` before what is for people alone.
extension AllowList {
    /// The largest list that is read, in bytes: some ten thousand keys.
    package static let sizeLimit = 1 << 20

    /// - Parameters:
    ///   - text: UTF-8 of at most `sizeLimit` bytes.
    ///   - path: what messages call it.
    /// - Throws: `NodeError` that names the line, what is wrong with it and what would be right.
    package init(text: [UInt8], path: String) throws(NodeError) {
        self.init()
        for line in try TextLines.read(text, atMost: Self.sizeLimit, path: path) {
            if line.words.first == "serial" {
                guard serial == nil, line.words.count == 2, let number = UInt64(line.words[1]) else {
                    throw line.fault("there is one serial, a whole number, as in: serial 7")
                }
                serial = number
                continue
            }
            guard add(try Self.entry(line)) else { throw line.fault("this key stands in the list before") }
        }
    }

    private static func entry(_ line: TextLines.Line) throws(NodeError) -> Entry {
        guard line.words.count == 3 else {
            throw line.fault("an entry is KEY NAME ROLE: 64 hex digits, a name, and node, monitor or tracker")
        }
        guard let key = CurvePublicKey(hex: line.words[0]) else {
            throw line.fault("a key is 64 hex digits, as gotorrent keys show prints them")
        }
        guard isName(line.words[1]) else {
            throw line.fault("a name is 1 to 64 of A–Z a–z 0–9 . _ -")
        }
        guard let role = KeyRole(rawValue: line.words[2]) else {
            throw line.fault("a role is node, monitor or tracker")
        }
        return Entry(key: key, name: line.words[1], role: role)
    }

    /// Whether a text may stand as a name in a list.
    package static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                    || [0x2D, 0x2E, 0x5F].contains(byte)
            }
    }

    /// The list as `init(text:path:)` reads it.
    package var text: String {
        let first = serial.map { "serial \($0)\n" } ?? ""
        return entries.reduce(into: first) { $0 += $1.line + "\n" }
    }
}

extension AllowList.Entry {
    /// The entry's line, without its end.
    package var line: String { "\(key.hex) \(name) \(role.rawValue)" }
}
