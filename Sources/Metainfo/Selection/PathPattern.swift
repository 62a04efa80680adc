/// A pattern for the paths of a folder's files.
///
/// `*` is any number of characters of one component and `?` one of them; `**` in place of a component is any number of
/// components. A pattern of one component is looked for at every depth, others from the torrent's folder on; a slash in
/// front ties that of one component to the folder, too. One that ends in a name without `*` and `?` is also a folder's,
/// and with a slash at the end a folder's alone: it stands for all that is in it. Letters are compared with their case,
/// and whatever the encoding of accents.
///
/// Source: the patterns of gitignore(5), but for `*` at the end, which is no folder's name here.
struct PathPattern {
    private enum Part {
        /// Characters with `*` and `?`.
        case one([Character])
        /// `**`, which is any number of components; at the end of a pattern at least one.
        case any
    }

    private let parts: [Part]
    private let mayNameFile: Bool
    private let mayNameFolder: Bool

    init(_ text: String) {
        var words = text.split(separator: "/", omittingEmptySubsequences: false)
        var isAnchored = false
        if words.count > 1, words[0].isEmpty {
            words.removeFirst()
            isAnchored = true
        }
        mayNameFile = words.count < 2 || words[words.count - 1] != ""
        if !mayNameFile { words.removeLast() }
        var parts = words.map { $0 == "**" ? Part.any : .one(Array($0)) }
        if parts.count == 1, !isAnchored, words[0] != "**" { parts.insert(.any, at: 0) }
        self.parts = parts
        let last = words[words.count - 1]
        mayNameFolder = !mayNameFile || !last.contains { $0 == "*" || $0 == "?" }
    }

    /// Whether a file is meant, by itself or with a folder that it is in.
    /// - Parameter path: its components below the torrent's folder, at least one.
    func matches(_ path: [[Character]]) -> Bool {
        // How many components of the path the parts so far may stand for.
        var ends = [true] + Array(repeating: false, count: path.count)
        for (place, part) in parts.enumerated() {
            switch part {
            case .any:
                guard let first = ends.firstIndex(of: true) else { return false }
                let least = place == parts.count - 1 ? first + 1 : first
                for end in ends.indices { ends[end] = end >= least }
            case .one(let mask):
                for end in path.indices.reversed() { ends[end + 1] = ends[end] && Self.matches(mask, path[end]) }
                ends[0] = false
            }
        }
        return mayNameFile && ends[path.count] || mayNameFolder && ends[1..<path.count].contains(true)
    }

    /// Whether a component is as a mask says. Takes at most the product of their lengths.
    private static func matches(_ mask: [Character], _ name: [Character]) -> Bool {
        var (inMask, inName) = (0, 0)
        // After the last `*`, and how much of the name it is given.
        var star: (mask: Int, name: Int)?
        while inName < name.count {
            if inMask < mask.count, mask[inMask] == "*" {
                inMask += 1
                star = (inMask, inName)
            } else if inMask < mask.count, mask[inMask] == "?" || mask[inMask] == name[inName] {
                inMask += 1
                inName += 1
            } else if let last = star {
                star = (last.mask, last.name + 1)
                (inMask, inName) = (last.mask, last.name + 1)
            } else {
                return false
            }
        }
        return mask[inMask...].allSatisfy { $0 == "*" }
    }
}
