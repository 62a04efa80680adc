import GossipCore

/// Combinations of chunks: whatever vectors come, what is decoded are the chunks that were combined.
enum CodingTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let dimension = 1 + input.below(8)
        let chunks = (0..<dimension).map { [UInt8(truncatingIfNeeded: $0 &* 37), UInt8($0)] }
        var basis = CodedBasis(dimension: dimension)
        while !input.isAtEnd {
            let vector = CodedVector(input.bytes(dimension) + Array(repeating: 0, count: dimension))
            try take(CodedVector(Array(vector.coefficients.prefix(dimension))), chunks, &basis)
        }
        var generator = RandomGenerator(seed: 1)
        guard let drawn = basis.drawCombination(using: &generator) else {
            try require(basis.rank == 0, "something can be drawn from what is there")
            return false
        }
        try require(!drawn.isZero && basis.contains(drawn), "what is drawn is a combination of what is there")
        try require(basis.payload(of: drawn) == sum(drawn, chunks), "a combination has the bytes that it says")
        return basis.isComplete
    }

    private static func take(
        _ vector: CodedVector, _ chunks: [[UInt8]], _ basis: inout CodedBasis
    ) throws(FuzzFinding) {
        let (rank, isKnown) = (basis.rank, basis.contains(vector))
        let isNew = basis.insert(vector, payload: sum(vector, chunks))
        try require(isNew != isKnown, "what is known tells nothing, and all else does: \(vector)")
        try require(basis.rank == rank + (isNew ? 1 : 0) && basis.rank <= chunks.count, "the rank counts what is told")
        try require(basis.contains(vector), "what was taken in is known")
        for chunk in chunks.indices {
            let unit = CodedVector(chunks.indices.map { $0 == chunk ? 1 : 0 })
            let decoded = basis.payload(of: unit)
            try require(decoded == nil || decoded == chunks[chunk], "chunk \(chunk) is decoded as it was")
            try require(!basis.isComplete || decoded != nil, "at full rank every chunk is decoded")
        }
    }

    private static func sum(_ vector: CodedVector, _ chunks: [[UInt8]]) -> [UInt8] {
        zip(vector.coefficients, chunks).reduce([0, 0]) { sum, term in
            zip(sum, term.1).map { $0 ^ GaloisField256.product(term.0, $1) }
        }
    }
}
