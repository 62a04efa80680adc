/// Writes a metafile of BEP 52. The same files give the same bytes: there is no date in it.
struct StandardEncoding {
    private var encoder = BencodeEncoder()

    /// The metafile.
    var bytes: [UInt8] { encoder.bytes }

    /// - Parameters: as of the initialiser of `Metafile`.
    init(name: String, files: [[String]], layout: ChunkLayout, tracker: TrackerURI, chunkHashes: ChunkHashes) {
        let roots = Self.roots(layout, chunkHashes)
        encoder.write("d")
        append(MetafileKey.announce, .text(tracker.description))
        append(MetafileKey.createdBy, .text("GoTorrent"))
        append(MetafileKey.info)
        encoder.write("d")
        append(MetafileKey.fileTree)
        appendTree(files, layout, roots)
        append(MetafileKey.metaVersion, .integer(2))
        append(MetafileKey.name, .text(name))
        append(MetafileKey.pieceLength, .integer(Int64(layout.chunkSize)))
        encoder.write("e")
        append(MetafileKey.pieceLayers)
        appendLayers(layout, roots, chunkHashes)
        encoder.write("e")
    }

    /// Adds the hashes of the chunks to an info dictionary, which is kept as it is.
    init(_ info: TorrentInfo, tracker: TrackerURI, chunkHashes: ChunkHashes) {
        encoder.write("d")
        append(MetafileKey.announce, .text(tracker.description))
        append(MetafileKey.createdBy, .text("GoTorrent"))
        append(MetafileKey.info)
        encoder.write(info.encoded)
        append(MetafileKey.pieceLayers)
        appendLayers(info.layout, info.files.indices.map { info.anchors[UInt32($0)] }, chunkHashes)
        encoder.write("e")
    }

    /// The root of each file's tree; zeros where it is empty.
    private static func roots(_ layout: ChunkLayout, _ hashes: ChunkHashes) -> [Digest256] {
        (0..<layout.fileCount).map { file in
            let chunks = layout.chunks(ofFile: file)
            return switch chunks.count {
            case 0: Digest256.zero
            case 1: hashes[chunks.lowerBound]
            default: hashes[chunks].root(chunkSize: layout.chunkSize)
            }
        }
    }

    private mutating func append(_ key: String) {
        encoder.append(key.utf8)
    }

    private mutating func append(_ key: String, _ value: BencodeValue) {
        append(key)
        encoder.append(value)
    }

    /// The files come in the order of the tree, so each one closes the folders it is not in and opens its own.
    private mutating func appendTree(_ files: [[String]], _ layout: ChunkLayout, _ roots: [Digest256]) {
        encoder.write("d")
        var open: ArraySlice<String> = []
        for (file, path) in files.enumerated() {
            let folders = path.dropLast()
            let common = zip(open, folders).prefix { $0 == $1 }.count
            encoder.write(String(repeating: "e", count: open.count - common))
            for component in path[common...] {
                append(component)
                encoder.write("d")
            }
            open = folders
            append("")
            encoder.write("d")
            append(MetafileKey.length, .integer(Int64(layout.length(ofFile: file))))
            if !layout.chunks(ofFile: file).isEmpty {
                append(MetafileKey.piecesRoot, .bytes(roots[file].bytes))
            }
            encoder.write("ee")
        }
        encoder.write(String(repeating: "e", count: open.count + 1))
    }

    private mutating func appendLayers(_ layout: ChunkLayout, _ roots: [Digest256], _ hashes: ChunkHashes) {
        let files = (0..<layout.fileCount).filter { layout.chunks(ofFile: $0).count > 1 }
            .map { (root: roots[$0].bytes, file: $0) }
            .sorted { $0.root.lexicographicallyPrecedes($1.root) }
        encoder.write("d")
        var last: [UInt8]?
        for (root, file) in files where root != last {
            encoder.append(root)
            encoder.append(hashes[layout.chunks(ofFile: file)].bytes)
            last = root
        }
        encoder.write("e")
    }
}
