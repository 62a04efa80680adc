import Testing

@testable import GossipCore

@Suite("A value on the heap")
struct OnHeapTests {
    @Test("a copy does not see what is changed later")
    func copies() {
        var first = OnHeap([1, 2])
        let second = first
        first.value.append(3)
        #expect(first.value == [1, 2, 3])
        #expect(second.value == [1, 2])
        #expect(first != second)
    }

    @Test("equal values are equal wherever they lie")
    func equality() {
        #expect(OnHeap(7) == OnHeap(7))
        #expect(OnHeap(7) != OnHeap(8))
    }

    @Test("takes one word, also where there is none")
    func size() {
        #expect(MemoryLayout<OnHeap<[UInt64]>?>.size == MemoryLayout<UInt>.size)
    }
}
