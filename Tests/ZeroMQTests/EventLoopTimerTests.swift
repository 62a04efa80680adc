import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(5)))
struct EventLoopTimerTests {
    @Test func timersFireInOrderAndNeverEarly() async throws {
        try await withLoop { loop, _ in
            let fired = Box<[(deadline: MonotonicTime, at: MonotonicTime)]>([])
            let count = 60
            let isDone = Promise<Void>()
            await loop.perform { loop in
                let start = MonotonicTime.now
                for number in 0..<count {
                    // Between 0 and 20 ms, in an order that is not that of the deadlines.
                    let deadline = start + .microseconds((number * 37 % count) * 333)
                    loop.schedule(at: deadline) {
                        fired.value.append((deadline, .now))
                        if fired.value.count == count { isDone.fulfil(()) }
                    }
                }
            }
            try await isDone.value()
            let result = await loop.perform { _ in fired.value }
            #expect(result.allSatisfy { $0.at >= $0.deadline })
            let deadlines = result.map(\.deadline)
            #expect(deadlines == deadlines.sorted())
        }
    }

    @Test func oneTimerMayCancelAnotherThatIsDueWithIt() async throws {
        try await withLoop { loop, _ in
            let fired = Box<[Int]>([])
            let isDone = Promise<Void>()
            await loop.perform { loop in
                let past = MonotonicTime.now
                let token = Box<TimerToken?>(nil)
                loop.schedule(at: past) {
                    fired.value.append(1)
                    if let token = token.value { #expect(loop.cancel(token)) }
                }
                token.value = loop.schedule(at: past) { fired.value.append(2) }
                loop.schedule(at: past) {
                    fired.value.append(3)
                    isDone.fulfil(())
                }
            }
            try await isDone.value()
            #expect(await loop.perform { _ in fired.value } == [1, 3])
        }
    }

    @Test func aTimerThatSetsItselfAgainDoesNotStarveTheLoop() async throws {
        try await withLoop { loop, _ in
            let turns = Box(0)
            await loop.perform { loop in
                func again() {
                    turns.value += 1
                    loop.schedule(at: .now, again)
                }
                again()
            }
            // Jobs get through between its turns, and it goes on between jobs.
            var previous = 0
            for _ in 0..<5 {
                var now = previous
                while now == previous && !Task.isCancelled { now = await loop.perform { _ in turns.value } }
                previous = now
            }
            #expect(previous >= 5)
        }
    }

    @Test func aCancelledTimerLetsGoOfWhatItHolds() async throws {
        try await withLoop { loop, context in
            try await loop.perform { loop in
                let outer = Box<TimerToken?>(nil)
                // The body holds the only reference to a socket, whose end reaches back into the loop.
                let socket = try Socket(.pair, in: context)
                loop.add(socket, events: .readable) { _ in }
                outer.value = loop.schedule(after: .seconds(100)) { _ = socket }
                if let token = outer.value {
                    #expect(loop.cancel(token))
                    #expect(!loop.cancel(token))
                }
            }
        }
    }
}
