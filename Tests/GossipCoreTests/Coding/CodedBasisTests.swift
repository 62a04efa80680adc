import Testing

@testable import GossipCore

@Suite struct CodedBasisTests {
    private func vector(_ coefficients: UInt8...) -> CodedVector { CodedVector(coefficients) }

    private func randomVector(_ dimension: Int, _ generator: inout RandomGenerator) -> CodedVector {
        CodedVector((0..<dimension).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
    }

    @Test func whatTellsNothingNewIsNotTaken() {
        var basis = CodedBasis(dimension: 3)
        #expect(basis.insert(vector(0, 0, 0)) == false)
        #expect(basis.insert(vector(1, 2, 0)) == true)
        #expect(basis.insert(vector(1, 2, 0)) == false)
        #expect(basis.insert(vector(2, 4, 0)) == false, "twice the first one")
        #expect(basis.insert(vector(0, 0, 7)) == true)
        #expect(basis.insert(vector(3, 6, 9)) == false)
        #expect(basis.rank == 2 && !basis.isComplete)
        #expect(basis.insert(vector(0, 1, 0)) == true)
        #expect(basis.isComplete)
        #expect(basis.insert(vector(200, 100, 50)) == false)
    }

    @Test func theEmptyBasisTellsNothing() {
        let basis = CodedBasis(dimension: 2)
        var generator = RandomGenerator(seed: 1)
        #expect(basis.rank == 0 && !basis.isComplete)
        #expect(basis.contains(vector(0, 0)) && !basis.contains(vector(0, 1)))
        #expect(basis.drawCombination(using: &generator) == nil)
        #expect(CodedBasis(dimension: 0).isComplete)
    }

    /// Equal spaces are equal values, in whatever order the packets came.
    @Test func theOrderOfPacketsDoesNotMatter() {
        var generator = RandomGenerator(seed: 2)
        for _ in 0..<50 {
            let vectors = (0..<4).map { _ in randomVector(6, &generator) }
            var (one, other) = (CodedBasis(dimension: 6), CodedBasis(dimension: 6))
            for vector in vectors { _ = one.insert(vector) }
            for vector in vectors.reversed() { _ = other.insert(vector) }
            #expect(one == other)
            #expect(vectors.allSatisfy { one.contains($0) })
        }
    }

    /// Against the definition: of two random vectors the basis spans the 256² combinations, and those alone.
    @Test func itHoldsTheCombinationsAndNothingElse() {
        var generator = RandomGenerator(seed: 3)
        let (one, other) = (randomVector(3, &generator), randomVector(3, &generator))
        var basis = CodedBasis(dimension: 3)
        _ = basis.insert(one)
        _ = basis.insert(other)
        var combinations: Set<CodedVector> = []
        for left in UInt8.min...UInt8.max {
            for right in stride(from: UInt8.min, to: 255, by: 15) {
                var sum: [UInt8] = [0, 0, 0]
                GaloisField256.add(left, times: one.coefficients, to: &sum)
                GaloisField256.add(right, times: other.coefficients, to: &sum)
                combinations.insert(CodedVector(sum))
                #expect(basis.contains(CodedVector(sum)))
            }
        }
        #expect(combinations.count == 256 * 17)
        // One in 256 of all vectors is in a plane of the three-dimensional space.
        let inside = (0..<25_600).count { _ in basis.contains(randomVector(3, &generator)) }
        #expect(abs(inside - 100) < 40)
    }

    @Test func payloadsAreDecoded() {
        var generator = RandomGenerator(seed: 4)
        let chunks = (0..<5).map { _ in (0..<11).map { _ in UInt8(truncatingIfNeeded: generator.next()) } }
        func bytes(_ vector: CodedVector) -> [UInt8] {
            var sum = [UInt8](repeating: 0, count: 11)
            for (factor, chunk) in zip(vector.coefficients, chunks) {
                GaloisField256.add(factor, times: chunk, to: &sum)
            }
            return sum
        }
        var basis = CodedBasis(dimension: 5)
        while !basis.isComplete {
            let vector = randomVector(5, &generator)
            if basis.insert(vector, payload: bytes(vector)) { #expect(basis.payload(of: vector) == bytes(vector)) }
            if !basis.isComplete { #expect(basis.payload(of: .unit(0, chunkCount: 5)) == nil) }
        }
        for (chunk, expected) in chunks.enumerated() {
            #expect(basis.payload(of: .unit(ChunkID(chunk), chunkCount: 5)) == expected)
        }
        let combined = basis.drawCombination(using: &generator)
        #expect(combined.map { basis.payload(of: $0) == bytes($0) } == true)
    }

    /// Of a space of two dimensions each of its 65,535 vectors but the zero one is as likely; a line through the first
    /// packet has 255 of them.
    @Test func combinationsAreUniform() {
        var generator = RandomGenerator(seed: 5)
        var basis = CodedBasis(dimension: 4)
        _ = basis.insert(vector(1, 2, 3, 4))
        _ = basis.insert(vector(5, 6, 7, 9))
        var line = CodedBasis(dimension: 4)
        _ = line.insert(vector(1, 2, 3, 4))
        let draws = 40_000
        var onLine = 0
        var firsts = [Int](repeating: 0, count: 257)
        for _ in 0..<draws {
            guard let drawn = basis.drawCombination(using: &generator) else { continue }
            #expect(basis.contains(drawn) && !drawn.isZero)
            if line.contains(drawn) { onLine += 1 }
            firsts[Int(drawn.coefficients[0])] += 1
        }
        let expected = Double(draws) * 255 / 65_535
        #expect(abs(Double(onLine) - expected) < 4 * expected.squareRoot())
        #expect(isUniform(firsts, over: Array(0..<256)))
    }

    /// One byte's factors: 0 is drawn anew, the other 255 are as likely as each other.
    @Test func factorsAreNeverAllZero() {
        var generator = RandomGenerator(seed: 6)
        let drawn = histogram(of: 256, draws: 30_000) { Int(generator.drawFactors(1)[0]) }
        #expect(isUniform(drawn, over: Array(1..<256)))
        #expect(generator.drawFactors(20).count == 20)
    }
}
