import GossipCore
import GossipWire
import Testing
import ZeroMQ

/// The two ends of the bus as a node sees it, in the test's hands.
struct FakeBus {
    /// Where nodes hear ticks, and where they publish.
    let endpoints: (subscribe: String, publish: String)
    private let ticks: Socket
    private let reports: Socket

    init(_ stage: Stage) throws {
        let (ticks, subscribe) = try stage.bound(.xpublish)
        let (reports, publish) = try stage.bound(.subscribe)
        try reports.subscribe("")
        self.ticks = ticks
        self.reports = reports
        endpoints = (subscribe, publish)
    }

    /// Returns when the node listens.
    func awaitSubscriber() throws {
        #expect(try ticks.next() == [[1] + Array("cycle".utf8)])
    }

    func send(_ cycle: Cycle, interval: UInt64) throws {
        let tick = CycleTick(cycle: cycle, intervalMilliseconds: interval, startedAt: "")
        try ticks.send(BusMessage.cycle(tick).frames)
    }

    /// The next thing that a node says; nil after a long wait, or where it is no message of the bus.
    func next() throws -> BusMessage? {
        guard let frames = try reports.next() else { return nil }
        return WireFrames.with(frames) { BusMessage($0) }
    }

    func nextProgress() throws -> ProgressReport {
        while let message = try next() {
            if case .progress(let report) = message { return report }
        }
        throw Missing("progress")
    }

    func nextEvent() throws -> SwarmEvent {
        while let message = try next() {
            if case .event(let event) = message { return event }
        }
        throw Missing("event")
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String

        init(_ what: String) {
            description = "no \(what) came on the bus"
        }
    }
}
