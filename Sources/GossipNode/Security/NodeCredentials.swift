import ZeroMQ

/// What a launcher hands to a node of a secured swarm, over the pipe that is its standard input: never in arguments,
/// where every user of a machine reads them, and never on a disk.
///
///     gotorrent-key curve
///     public 64 hex digits
///     secret 64 hex digits
///     tracker 64 hex digits
///     KEY NAME ROLE        a line for each member
///     end
package struct NodeCredentials: Sendable {
    /// The last line.
    package static let end = "end"
    /// More than any list with the keys before it.
    package static let sizeLimit = AllowList.sizeLimit + 4 << 10

    package let keys: CurveKeyPair
    package let trackerKey: CurvePublicKey
    package let list: AllowList

    package init(keys: CurveKeyPair, trackerKey: CurvePublicKey, list: AllowList) {
        self.keys = keys
        self.trackerKey = trackerKey
        self.list = list
    }

    /// - Parameter text: with its last line.
    /// - Throws: `NodeError` that names the line and what would be right.
    package init(text: [UInt8], path: String) throws(NodeError) {
        let lines = try TextLines.read(text, atMost: Self.sizeLimit, path: path)
        guard lines.count >= 5, lines.last?.words == [Self.end] else {
            throw NodeError(
                .security, "\(path) is not the credentials of a node: a key, its tracker's, a list, and end")
        }
        guard case .curve(let keys) = try KeyFile(Array(lines[..<3]), path: path) else {
            throw lines[0].fault("a node's key is of the kind curve")
        }
        guard lines[3].words.count == 2, lines[3].words[0] == "tracker",
            let trackerKey = CurvePublicKey(hex: lines[3].words[1])
        else { throw lines[3].fault("this line is tracker and 64 hex digits") }
        let rows = lines[4...].dropLast().map { $0.words.joined(separator: " ") }.joined(separator: "\n")
        self.init(keys: keys, trackerKey: trackerKey, list: try AllowList(text: Array(rows.utf8), path: path))
    }

    /// With the secret: for the pipe alone.
    package var text: String { KeyFile.curve(keys).text + "tracker \(trackerKey.hex)\n" + list.text + Self.end + "\n" }
}
