/// What a set of coded packets tells: the space that their vectors span, in reduced row-echelon form.
///
/// Each row has a 1 at its pivot, where all others have 0; rows are in the order of their pivots, so equal spaces are
/// equal values. A row may carry a payload, the bytes of its packet, through the same arithmetic: at full rank row i's
/// payload is chunk i. The core keeps vectors alone.
///
/// Source: Ho, Médard, Koetter, Karger, Effros, Shi and Leong, *A random linear network coding approach to multicast*,
/// IEEE Trans. Inf. Theory 52 (2006).
package struct CodedBasis: Equatable, Sendable {
    /// The length of a vector: the chunks of the file.
    package let dimension: Int
    private var rows: [[UInt8]] = []
    private var pivots: [Int] = []

    package init(dimension: Int) {
        self.dimension = dimension
    }

    /// How many packets are worth something: as many chunks will be decoded from them when it is `dimension`.
    package var rank: Int { rows.count }

    package var isComplete: Bool { rank == dimension }

    /// Takes a packet in.
    /// - Parameters:
    ///   - vector: of `dimension` coefficients.
    ///   - payload: the packet's bytes, as many as every other packet's here.
    /// - Returns: whether it was innovative; false of one that the others tell already.
    package mutating func insert(_ vector: CodedVector, payload: [UInt8] = []) -> Bool {
        precondition(vector.coefficients.count == dimension, "a vector has a coefficient for each chunk")
        var row = vector.coefficients + payload
        for (place, pivot) in pivots.enumerated() { GaloisField256.add(row[pivot], times: rows[place], to: &row) }
        guard let pivot = row[..<dimension].firstIndex(where: { $0 != 0 }) else { return false }
        GaloisField256.scale(&row, by: GaloisField256.inverse(of: row[pivot]))
        for place in rows.indices { GaloisField256.add(rows[place][pivot], times: row, to: &rows[place]) }
        let place = pivots.firstIndex { $0 > pivot } ?? pivots.count
        rows.insert(row, at: place)
        pivots.insert(pivot, at: place)
        return true
    }

    /// Whether a packet with this vector would tell nothing new.
    package func contains(_ vector: CodedVector) -> Bool {
        combination(vector, width: dimension) == vector.coefficients
    }

    /// The bytes of a packet with this vector; nil where the packets here do not tell them.
    package func payload(of vector: CodedVector) -> [UInt8]? {
        let width = rows.first?.count ?? dimension
        let row = combination(vector, width: width)
        return row[..<dimension].elementsEqual(vector.coefficients) ? Array(row[dimension...]) : nil
    }

    /// Draws a combination of what is here, uniformly among all but the one that combines nothing.
    ///
    /// Source: Deb, Médard and Choute, *Algebraic gossip: a network coding approach to optimal multiple rumor
    /// mongering*, IEEE Trans. Inf. Theory 52 (2006).
    /// - Returns: nil where there is nothing here.
    package func drawCombination(using generator: inout RandomGenerator) -> CodedVector? {
        guard rank > 0 else { return nil }
        let factors = generator.drawFactors(rank)
        var sum = [UInt8](repeating: 0, count: dimension)
        for (factor, row) in zip(factors, rows) {
            row.withUnsafeBytes { row in
                GaloisField256.add(factor, times: UnsafeRawBufferPointer(rebasing: row[..<dimension]), to: &sum)
            }
        }
        return CodedVector(sum)
    }

    /// The only combination of the rows that could have this vector: pivots are where no other row has anything.
    private func combination(_ vector: CodedVector, width: Int) -> [UInt8] {
        var sum = [UInt8](repeating: 0, count: width)
        for (place, pivot) in pivots.enumerated() {
            rows[place].withUnsafeBytes { row in
                GaloisField256.add(
                    vector.coefficients[pivot], times: UnsafeRawBufferPointer(rebasing: row[..<width]), to: &sum)
            }
        }
        return sum
    }
}

extension RandomGenerator {
    /// Draws so many elements of GF(2⁸), not all of them 0; all such rows are equally likely.
    /// - Parameter count: at least 1.
    package mutating func drawFactors(_ count: Int) -> [UInt8] {
        precondition(count > 0, "there is nothing that is not all 0")
        var factors: [UInt8] = []
        repeat {
            factors.removeAll(keepingCapacity: true)
            while factors.count < count {
                let bits = next()
                for byte in 0..<min(8, count - factors.count) {
                    factors.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * byte)))
                }
            }
        } while factors.allSatisfy { $0 == 0 }
        return factors
    }
}
