import GossipCore

/// What is going to happen, in the order of time; events of the same moment in the order in which they were scheduled.
///
/// A binary heap whose order is total, so that a run depends on nothing but its seed. The events themselves stay in
/// their slots while the heap moves.
struct EventQueue<Event> {
    private struct Entry {
        let time: TimePoint
        let number: UInt64
        let slot: Int

        func isBefore(_ other: Entry) -> Bool {
            time == other.time ? number < other.number : time < other.time
        }
    }

    private var heap: [Entry] = []
    private var slots: [Event?] = []
    private var free: [Int] = []
    private var nextNumber: UInt64 = 0

    var count: Int { heap.count }

    /// When the next event happens; nil where there is none.
    var nextTime: TimePoint? { heap.first?.time }

    mutating func schedule(_ event: Event, at time: TimePoint) {
        let slot = free.popLast() ?? slots.count
        if slot == slots.count {
            slots.append(event)
        } else {
            slots[slot] = event
        }
        heap.append(Entry(time: time, number: nextNumber, slot: slot))
        nextNumber += 1
        var place = heap.count - 1
        while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Takes out the next event.
    mutating func removeNext() -> (time: TimePoint, event: Event)? {
        guard !heap.isEmpty else { return nil }
        heap.swapAt(0, heap.count - 1)
        let next = heap.removeLast()
        var place = 0
        while let child = earlierChild(of: place), heap[child].isBefore(heap[place]) {
            heap.swapAt(place, child)
            place = child
        }
        guard let event = slots[next.slot].take() else { preconditionFailure("an event is taken once") }
        free.append(next.slot)
        return (next.time, event)
    }

    private func earlierChild(of place: Int) -> Int? {
        let left = 2 * place + 1
        guard left < heap.count else { return nil }
        let right = left + 1
        return right < heap.count && heap[right].isBefore(heap[left]) ? right : left
    }
}
