/// The `piece layers` of BEP 52: for each file of more than one chunk the hashes of its chunks, under the root of its
/// tree.
struct PieceLayers {
    private let bytes: [UInt8]
    private let offset: Int

    /// The layers by ascending root: where the key lies and where the hashes.
    private var layers: [(root: Digest256, offset: Int, hashes: Range<Int>)] = []

    /// - Parameters:
    ///   - bytes: canonical bencoding.
    ///   - start: where the dictionary begins.
    /// - Throws: `MetafileError` where a key is no root or a value no hashes.
    init(_ bytes: [UInt8], offset start: Int) throws(MetafileError) {
        self.bytes = bytes
        offset = start
        var scanner = BencodeScanner(bytes, offset: start)
        let first = try? scanner.next()
        guard first == .dictionaryStart else {
            throw DictionaryFields.mismatch("\"\(MetafileKey.pieceLayers)\"", first, offset: start, "a dictionary")
        }
        while case .bytes(let key)? = try? scanner.next() {
            let value = scanner.offset
            guard let root = Digest256(bytes: bytes[key]) else {
                throw MetafileError(
                    .malformed, offset: key.lowerBound, "a key of the piece layers is \(key.count) bytes; it must be 32"
                )
            }
            let token = try? scanner.next()
            guard case .bytes(let hashes) = token else {
                throw DictionaryFields.mismatch("a piece layer", token, offset: value, "a string")
            }
            layers.append((root, key.lowerBound, hashes))
        }
    }

    /// The hash of every chunk: those of the layers, each layer checked against its root, and the roots themselves of
    /// files that are one chunk.
    ///
    /// - Throws: `MetafileError` where a layer is missing, wrong, or of no file.
    func chunkHashes(of info: TorrentInfo) throws(MetafileError) -> ChunkHashes {
        var hashes: [UInt8] = []
        hashes.reserveCapacity(Int(info.layout.chunkCount) * Digest256.byteCount)
        var isUsed = [Bool](repeating: false, count: layers.count)
        for (file, chunks) in info.files.lazy.map(\.chunks).enumerated() where !chunks.isEmpty {
            let root = info.anchors[UInt32(file)]
            guard chunks.count > 1 else {
                hashes.append(contentsOf: root.bytes)
                continue
            }
            guard let layer = index(of: root) else {
                throw MetafileError(
                    .malformed, offset: offset,
                    "\(Self.title(info, file)) has \(chunks.count) chunks and no piece layer under its root")
            }
            try check(layer, isUsed[layer], info, file)
            isUsed[layer] = true
            hashes.append(contentsOf: bytes[layers[layer].hashes])
        }
        if let unused = isUsed.firstIndex(of: false) {
            throw MetafileError(
                .malformed, offset: layers[unused].offset,
                "this piece layer is of no file; there is one for each file of more than one chunk")
        }
        guard let all = ChunkHashes(hashes[...]) else {
            preconditionFailure("only whole hashes were appended")
        }
        return all
    }

    /// Compares a layer with the file whose root it is under. The root of a layer that another file has used is known
    /// to be right; with it the number of hashes decides.
    private func check(
        _ layer: Int, _ isRootChecked: Bool, _ info: TorrentInfo, _ file: Int
    ) throws(MetafileError) {
        let (root, _, range) = layers[layer]
        let count = info.files[file].chunks.count
        guard range.count == count * Digest256.byteCount, let hashes = ChunkHashes(bytes[range]) else {
            throw MetafileError(
                .malformed, offset: range.lowerBound,
                "the piece layer of \(Self.title(info, file)) is \(range.count) bytes; \(count) chunks need "
                    + "\(count * Digest256.byteCount)")
        }
        guard isRootChecked || hashes.root(chunkSize: info.layout.chunkSize) == root else {
            throw MetafileError(
                .malformed, offset: range.lowerBound,
                "the piece layer of \(Self.title(info, file)) does not have its pieces root")
        }
    }

    private func index(of root: Digest256) -> Int? {
        let key = root.bytes
        var low = 0
        var high = layers.count
        while low < high {
            let middle = (low + high) / 2
            if layers[middle].root.bytes.lexicographicallyPrecedes(key) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low < layers.count && layers[low].root == root ? low : nil
    }

    private static func title(_ info: TorrentInfo, _ file: Int) -> String {
        "\"" + info.files[file].path.map(PrintableText.of).joined(separator: "/") + "\""
    }
}

extension ChunkHashes {
    /// The root of the tree above the chunks of one file, of which there are at least two.
    func root(chunkSize: UInt32) -> Digest256 {
        var tree = MerkleAccumulator(leafHeight: MerkleHash.blockHeight(byteCount: UInt64(chunkSize)))
        for chunk in 0..<UInt32(count) {
            tree.append(self[chunk])
        }
        return tree.root(height: MerkleHash.height(leafCount: UInt64(count)))
    }
}
