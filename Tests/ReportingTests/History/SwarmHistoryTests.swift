import GossipCore
import GossipWire
import Testing

@testable import Reporting

/// What happened to a swarm, as the bus tells it, at an interval of 100 ms.
@Suite struct SwarmHistoryTests {
    /// A swarm whose nodes report in every cycle, as long as they are in `alive`.
    private struct Bus {
        var history = SwarmHistory(start: .init(nanoseconds: 0))
        var alive = ["a", "b"]
        var held: UInt32 = 1
        var cycle: Cycle = 0
        var now = TimePoint(nanoseconds: 0)
        var isTicking = true
        var entries: [String] = []

        mutating func run(cycles: Int) {
            for _ in 0..<cycles {
                now = now + .milliseconds(100)
                cycle += 1
                if isTicking {
                    take(.cycle(CycleTick(cycle: cycle, intervalMilliseconds: 100, startedAt: "")))
                    for node in alive { take(progress(node)) }
                }
                note(history.look(at: now))
            }
        }

        mutating func take(_ message: BusMessage) { note(history.take(message, at: now)) }

        mutating func event(_ kind: SwarmEvent.Kind, _ node: String, cycle: Cycle = 0, reason: String? = nil) {
            take(.event(SwarmEvent(kind: kind, torrent: "aa", node: node, cycle: cycle, at: "", reason: reason)))
        }

        func progress(_ node: String, cycle: Cycle? = nil) -> BusMessage {
            .progress(
                ProgressReport(
                    torrent: "aa", node: node, role: .peer, peerReference: "", cycle: cycle ?? self.cycle - 1,
                    chunksHeld: held, chunkCount: 9, bitfield: nil, messages: MessageCounts(), bytesSent: 0,
                    bytesReceived: 0))
        }

        private mutating func note(_ new: [HistoryEntry]) {
            for entry in new {
                entries.append(
                    "\(entry.cycle) \(entry.time.milliseconds) \(entry.node) \(entry.kind.rawValue): \(entry.detail)")
            }
        }

        /// What is new since it was asked for last.
        mutating func news() -> [String] {
            defer { entries = [] }
            return entries
        }
    }

    private func joined() -> Bus {
        var bus = Bus()
        bus.event(.joined, "a")
        bus.event(.joined, "b")
        bus.run(cycles: 30)
        #expect(bus.news() == ["0 0 a joined: ", "0 0 b joined: "])
        return bus
    }

    @Test func whatNodesSayOfThemselvesIsKept() {
        var bus = joined()
        bus.event(.stalled, "b", cycle: 30, reason: "nobody known holds chunk 3")
        bus.event(.completed, "a", cycle: 31)
        bus.event(.failed, "b", cycle: 31, reason: "no space")
        bus.event(.left, "a", cycle: 32)
        bus.alive = []
        // Who said goodbye is not missed.
        bus.run(cycles: 50)
        #expect(
            bus.news() == [
                "30 3000 b stalled: nobody known holds chunk 3", "31 3000 a completed: ", "31 3000 b failed: no space",
                "32 3000 a left: ",
            ])
    }

    @Test func whoReportsNoMoreIsSilentAndThenBack() {
        var bus = joined()
        bus.alive = ["a"]
        bus.run(cycles: 20)
        #expect(bus.news() == [])
        bus.run(cycles: 30)
        #expect(bus.news() == ["51 5100 b silent: nothing for 2.1 s; in cycle 29 it held 1 of 9 chunks"])
        bus.alive = ["a", "b"]
        bus.run(cycles: 30)
        #expect(bus.news() == ["80 8100 b back: after 5.1 s; it holds 1 of 9 chunks"])
    }

    @Test func aRestartIsToldAndWhetherTheStoreWasLost() {
        var bus = joined()
        bus.event(.joined, "b")
        bus.run(cycles: 1)
        #expect(bus.news() == ["30 3000 b joined: again, without having left; it held 1 of 9 chunks"])
        bus.event(.joined, "b")
        bus.held = 0
        bus.alive = ["b"]
        bus.run(cycles: 1)
        #expect(bus.news().last == "31 3200 b lost-chunks: from 1 to 0 of 9 chunks")
        // After a goodbye it is nothing special.
        bus.event(.left, "b", cycle: 33)
        bus.event(.joined, "b")
        #expect(bus.news() == ["33 3200 b left: ", "32 3200 b joined: "])
    }

    @Test func aClockThatIsSilentSaysNothingOfTheNodes() {
        var bus = joined()
        bus.isTicking = false
        bus.run(cycles: 100)
        #expect(bus.news() == ["30 5100 tracker clock-silent: no tick for 2.1 s"])
        bus.isTicking = true
        bus.alive = ["a"]
        bus.run(cycles: 20)
        #expect(bus.news() == ["131 13100 tracker clock-back: after 10.1 s; the last tick was 30"])
        // Who does not come back with it is silent, but not at once.
        bus.run(cycles: 10)
        #expect(bus.news().map { $0.split(separator: ":")[0] } == ["152 15200 b silent"])
    }

    @Test func whatComesOutOfOrderIsNoLoss() {
        var bus = joined()
        bus.held = 5
        bus.run(cycles: 1)
        bus.held = 2
        bus.take(bus.progress("b", cycle: 12))
        bus.held = 5
        bus.run(cycles: 1)
        #expect(bus.news() == [])
        // A node that was started anew begins with cycle 0.
        bus.event(.joined, "b")
        bus.held = 2
        bus.take(bus.progress("b", cycle: 0))
        #expect(bus.news().last == "0 3200 b lost-chunks: from 5 to 2 of 9 chunks")
    }

    @Test func aRecordThatBeginsLateSaysWhoWasThere() {
        var bus = Bus()
        bus.cycle = 50
        bus.run(cycles: 1)
        #expect(
            bus.news() == ["50 100 a seen: it holds 1 of 9 chunks", "50 100 b seen: it holds 1 of 9 chunks"])
        // The word of its joining may be heard after its first report.
        bus.event(.joined, "a")
        #expect(bus.news() == ["51 100 a joined: "])
    }

    @Test func slowClocksHaveLongPatience() {
        var history = SwarmHistory(start: .init(nanoseconds: 0))
        let tick = CycleTick(cycle: 1, intervalMilliseconds: 10_000, startedAt: "")
        #expect(history.take(.cycle(tick), at: .init(nanoseconds: 0)) == [])
        #expect(history.look(at: .init(nanoseconds: 50_000_000_000)) == [])
        #expect(history.look(at: .init(nanoseconds: 50_000_000_001)).map(\.kind) == [.clockSilent])
        #expect(history.look(at: .init(nanoseconds: 90_000_000_000)) == [], "it is said once")
    }

    @Test func aCompletionIsToldOnceThoughItsWordIsLostOrLate() {
        var bus = joined()
        bus.held = 9
        bus.run(cycles: 2)
        #expect(bus.news() == ["30 3100 a completed: ", "30 3100 b completed: "])
        bus.event(.completed, "a", cycle: 30)
        #expect(bus.news() == [])
        // One that is there already when the record begins did not complete in it.
        bus.take(bus.progress("c"))
        bus.event(.completed, "c")
        #expect(bus.news() == ["31 3200 c seen: it holds 9 of 9 chunks"])
    }

    @Test func whatASilentNodeSaidBeforeDoesNotHideThatItIsBack() {
        var bus = joined()
        bus.alive = ["a"]
        bus.run(cycles: 40)
        bus.event(.stalled, "b", cycle: 33, reason: "no peers known")
        bus.alive = ["a", "b"]
        bus.run(cycles: 1)
        #expect(
            bus.news().map { $0.split(separator: ":")[0] } == [
                "51 5100 b silent", "33 7000 b stalled", "70 7100 b back",
            ])
    }

    @Test func strangersAreNotPartOfARun() {
        var bus = Bus()
        bus.history = SwarmHistory(names: ["a"], start: .init(nanoseconds: 0))
        bus.event(.joined, "b")
        bus.event(.failed, "x", reason: "invented")
        bus.run(cycles: 1)
        #expect(bus.news() == ["0 100 a seen: it holds 1 of 9 chunks"])
    }

    @Test func strangersFillNeitherTheMemoryNorTheDisk() {
        var bus = Bus()
        for number in 0..<(SwarmHistory.mostNodes + 5) { bus.event(.joined, "n\(number)") }
        #expect(bus.news().count == SwarmHistory.mostNodes)
        for _ in 0..<SwarmHistory.mostEntries { bus.event(.left, "n1") }
        let news = bus.news()
        #expect(news.count == SwarmHistory.mostEntries - SwarmHistory.mostNodes)
        #expect(news.suffix(2) == ["0 0 n1 left: ", "0 0  full: what happens after this is not recorded"])
    }

    @Test func rowsAreQuotedWhereTheyMustBe() {
        let entry = HistoryEntry(
            cycle: 7, time: .milliseconds(1_234), node: "a", kind: .stalled, detail: "chunk 3, nor \"others\"",
            torrent: "aa")
        #expect(CSVText.row(entry) == "7,1.234,a,stalled,\"chunk 3, nor \"\"others\"\"\",aa\n")
    }
}
