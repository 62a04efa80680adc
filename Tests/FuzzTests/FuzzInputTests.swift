import FuzzTargets
import Testing

@Suite struct FuzzInputTests {
    @Test func numbersAreBigEndianAndZerosFollowTheEnd() {
        var input = FuzzInput([7, 1, 2, 2, 1, 0, 9])
        #expect(input.below(5) == 2)
        #expect(input.integer(as: UInt16.self) == 0x0102)
        #expect(input.number() == 0x0100)
        #expect(!input.isAtEnd)
        #expect(input.integer(as: UInt32.self) == 0x0900_0000)
        #expect(input.isAtEnd)
        #expect(input.byte() == 0 && !input.bool() && input.number() == 0)
    }

    @Test func framesCarryTheirLengths() {
        var input = FuzzInput([2, 1, 2, 0, 255, 0, 1, 3, 9, 4, 5])
        #expect(input.frames() == [[1, 2], [], [3], [4, 5]], "the last one ends with the input")
    }

    @Test func bytesEndWithTheInput() {
        var input = FuzzInput([1, 2, 3])
        #expect(input.bytes(2) == [1, 2])
        #expect(input.rest() == [3])
        #expect(input.rest().isEmpty && input.bytes(5).isEmpty)
    }
}
