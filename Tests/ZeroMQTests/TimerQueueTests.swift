import Testing

@testable import ZeroMQ

@Suite struct TimerQueueTests {
    private func time(_ nanoseconds: Int) -> MonotonicTime {
        MonotonicTime(nanoseconds: Int64(nanoseconds))
    }

    /// Runs what is due, as the loop does.
    private func fire(_ queue: inout TimerQueue, at now: Int) {
        for token in queue.takeDue(at: time(now)) { queue.claim(token)?() }
    }

    @Test func firesByDeadlineAndThenInOrderOfScheduling() {
        var queue = TimerQueue()
        var fired: [Int] = []
        for (name, deadline) in [(1, 30), (2, 10), (3, 20), (4, 10), (5, 30), (6, 10)] {
            _ = queue.schedule(at: time(deadline)) { fired.append(name) }
        }
        #expect(queue.nextDeadline() == time(10))
        fire(&queue, at: 9)
        #expect(fired == [])
        fire(&queue, at: 10)
        #expect(fired == [2, 4, 6])
        #expect(queue.nextDeadline() == time(20))
        fire(&queue, at: 100)
        #expect(fired == [2, 4, 6, 3, 1, 5])
        #expect(queue.nextDeadline() == nil)
        #expect(queue.count == 0)
    }

    @Test func whatIsCancelledDoesNotFire() {
        var queue = TimerQueue()
        var fired: [Int] = []
        let first = queue.schedule(at: time(10)) { fired.append(1) }
        let second = queue.schedule(at: time(20)) { fired.append(2) }
        #expect(queue.claim(first) != nil)
        #expect(queue.claim(first) == nil)
        #expect(queue.nextDeadline() == time(20))
        fire(&queue, at: 20)
        #expect(fired == [2])
        #expect(queue.claim(second) == nil)
    }

    @Test func manyTimersAgreeWithASortedList() {
        // A fixed sequence: the same test every time.
        var state: UInt32 = 12345
        func next(_ bound: Int) -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 8) % bound
        }
        var queue = TimerQueue()
        var model: [(deadline: Int, name: Int, token: TimerToken)] = []
        var fired: [Int] = []
        var expected: [Int] = []
        var now = 0
        for name in 0..<5_000 {
            switch next(4) {
            case 0, 1:
                let deadline = now + next(500)
                model.append((deadline, name, queue.schedule(at: time(deadline)) { fired.append(name) }))
            case 2 where !model.isEmpty:
                let victim = model.remove(at: next(model.count))
                #expect(queue.claim(victim.token) != nil)
                queue.compact()
            default:
                now += next(20)
                fire(&queue, at: now)
                expected += model.filter { $0.deadline <= now }
                    .sorted { ($0.deadline, $0.name) < ($1.deadline, $1.name) }.map(\.name)
                model.removeAll { $0.deadline <= now }
            }
            #expect(queue.nextDeadline() == model.map(\.deadline).min().map(time))
            #expect(queue.count == model.count)
        }
        #expect(fired == expected)
        #expect(fired.count > 500)
    }

    @Test func cancellingKeepsNoMemory() {
        var queue = TimerQueue()
        for _ in 0..<10_000 {
            let token = queue.schedule(at: time(1_000_000)) {}
            _ = queue.claim(token)
            queue.compact()
        }
        #expect(queue.heapCount <= 65)
    }
}
