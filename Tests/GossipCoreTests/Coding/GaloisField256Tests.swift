import Testing

@testable import GossipCore

@Suite struct GaloisField256Tests {
    private typealias Field = GaloisField256

    @Test func productsAreThoseOfTheDefinition() {
        // x⁷ · x = x⁸, which is x⁴ + x³ + x² + 1 here.
        #expect(Field.product(0x80, 2) == 0x1D)
        #expect(Field.product(0x53, 0xCA) == 0x8F)
        #expect(Field.product(0, 77) == 0 && Field.product(77, 0) == 0)
        #expect(Field.product(1, 77) == 77 && Field.product(77, 1) == 77)
    }

    @Test func everyElementButZeroHasAnInverse() {
        for element in UInt8(1)...255 { #expect(Field.product(element, Field.inverse(of: element)) == 1) }
        let inverses = Set((UInt8(1)...255).map { Field.inverse(of: $0) })
        #expect(inverses.count == 255)
    }

    @Test func itIsAField() {
        var generator = RandomGenerator(seed: 1)
        for _ in 0..<5_000 {
            let bits = generator.next()
            let (a, b, c) = (UInt8(bits & 255), UInt8(bits >> 8 & 255), UInt8(bits >> 16 & 255))
            #expect(Field.product(a, b) == Field.product(b, a))
            #expect(Field.product(Field.product(a, b), c) == Field.product(a, Field.product(b, c)))
            #expect(Field.product(a, b ^ c) == Field.product(a, b) ^ Field.product(a, c))
        }
    }

    /// Powers of x go through all elements but 0, as they would not modulo AES's polynomial.
    @Test func xGeneratesTheField() {
        var power: UInt8 = 1
        var seen: Set<UInt8> = []
        for _ in 0..<255 {
            seen.insert(power)
            power = Field.product(power, 2)
        }
        #expect(seen.count == 255 && power == 1)
    }

    @Test func rowsAreAddedPlaceByPlace() {
        var row: [UInt8] = [1, 2, 3, 4]
        Field.add(2, times: [0x80, 1, 0], to: &row)
        #expect(row == [1 ^ 0x1D, 0, 3, 4])
        Field.add(0, times: [9, 9, 9, 9], to: &row)
        #expect(row == [1 ^ 0x1D, 0, 3, 4])
        Field.scale(&row, by: 1)
        #expect(row == [1 ^ 0x1D, 0, 3, 4])
        Field.scale(&row, by: 2)
        #expect(row == [Field.product(2, 1 ^ 0x1D), 0, 6, 8])
    }

    @Test func zeroHasNoInverse() async {
        await #expect(processExitsWith: .failure) { _ = GaloisField256.inverse(of: 0) }
    }
}
