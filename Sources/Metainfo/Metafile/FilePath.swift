/// The rules for the path of a file in a torrent, component by component, as a file tree is walked or a folder is read.
///
/// What passes can be created below a folder of ours on any file system: nothing leaves that folder, and no two entries
/// are one.
struct FilePath {
    /// What a path may have in bytes, its slashes and the torrent's name included: what systems take in one call.
    static let maximumByteCount = 4096

    /// How many components a path may have below the torrent's name.
    static let maximumDepth = 100

    private(set) var components: [String] = []

    private var byteCount: Int

    /// The names taken in each folder on the way, folded; one more than there are components.
    private var taken: [Set<String>] = [[]]

    /// - Parameter root: the name of the torrent.
    init(below root: String) {
        byteCount = root.utf8.count
    }

    /// How the present folder or file is shown in an error.
    var title: String { Self.title(components) }

    /// How the entry `name` of the present folder is shown in an error.
    func title(_ name: String) -> String {
        Self.title(components + [name])
    }

    private static func title(_ components: [String]) -> String {
        // The beginning of a path a hundred folders deep tells enough.
        let shown = components.prefix(10).map(PrintableText.of) + (components.count > 10 ? ["…"] : [])
        return "the entry \"\(shown.joined(separator: "/"))\""
    }

    /// Enters an entry of the present folder.
    ///
    /// - Throws: `MetafileError` that names the entry and what is wrong with it.
    mutating func enter(_ name: String) throws(MetafileError) {
        let fault: String? =
            if let fault = FileName.fault(of: name) {
                fault
            } else if components.count >= Self.maximumDepth {
                "is more than \(Self.maximumDepth) folders deep"
            } else if byteCount + 1 + name.utf8.count > Self.maximumByteCount {
                "has a path of more than \(Self.maximumByteCount) bytes"
            } else if !taken[taken.count - 1].insert(FileName.folded(name)).inserted {
                "is there twice, or differs from another in the case of letters or the encoding of accents alone"
            } else {
                nil
            }
        if let fault {
            throw MetafileError(.malformed, "\(title(name)) \(fault)")
        }
        components.append(name)
        byteCount += 1 + name.utf8.count
        taken.append([])
    }

    /// Goes back to the folder that the last component is in.
    mutating func leave() {
        byteCount -= 1 + components.removeLast().utf8.count
        taken.removeLast()
    }
}
