/// Timers that have not fired yet, soonest first; those set for the same moment in the order they were set.
struct TimerQueue {
    private struct Entry {
        let deadline: MonotonicTime
        let sequence: UInt64

        func isBefore(_ other: Entry) -> Bool {
            (deadline, sequence) < (other.deadline, other.sequence)
        }
    }

    /// A binary heap. Cancelled timers stay in it until they come up, or until they are most of it.
    private var heap: [Entry] = []
    private var bodies: [UInt64: () -> Void] = [:]
    private var nextSequence: UInt64 = 0

    /// What the heap takes, cancelled timers included: for tests.
    var heapCount: Int { heap.count }

    /// How many are yet to fire.
    var count: Int { bodies.count }

    mutating func schedule(at deadline: MonotonicTime, _ body: @escaping () -> Void) -> TimerToken {
        let entry = Entry(deadline: deadline, sequence: nextSequence)
        nextSequence += 1
        bodies[entry.sequence] = body
        heap.append(entry)
        siftUp(heap.count - 1)
        return TimerToken(sequence: entry.sequence)
    }

    /// When the next one is due; nil when there is none.
    mutating func nextDeadline() -> MonotonicTime? {
        while let first = heap.first {
            if bodies[first.sequence] != nil { return first.deadline }
            popFirst()
        }
        return nil
    }

    /// Takes out those due at `now`, in order. Each must be claimed before it runs, since one may cancel the next.
    mutating func takeDue(at now: MonotonicTime) -> [TimerToken] {
        var due: [TimerToken] = []
        while let first = heap.first, first.deadline <= now {
            popFirst()
            if bodies[first.sequence] != nil { due.append(TimerToken(sequence: first.sequence)) }
        }
        return due
    }

    /// Takes a timer out: to run it when it was due, or to cancel it. Nil when either has happened before.
    mutating func claim(_ token: TimerToken) -> (() -> Void)? {
        bodies.removeValue(forKey: token.sequence)
    }

    /// Clears the heap of cancelled timers once they are most of it.
    mutating func compact() {
        guard heap.count > 2 * bodies.count + 64 else { return }
        // A sorted array is a heap.
        heap = heap.filter { bodies[$0.sequence] != nil }.sorted { $0.isBefore($1) }
    }

    private mutating func popFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var first = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].isBefore(heap[first]) {
                first = child
            }
            if first == parent { return }
            heap.swapAt(parent, first)
            parent = first
        }
    }

    private mutating func siftUp(_ index: Int) {
        var child = index
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }
}
