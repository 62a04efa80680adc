import GossipCore

/// Plays a trace to a new core, and compares all that the core says with what was recorded.
///
/// A trace may come from anyone: whatever its lines are, replaying them ends, with an error where they are none.
package struct TraceReplay {
    /// Gives the lines of a trace, without their ends; nil after the last. Throws where one cannot be read.
    package typealias Lines = () throws(TraceError) -> String?

    package private(set) var eventCount = 0
    package private(set) var actionCount = 0
    private var machine: PeerStateMachine
    private let chunkCount: UInt32
    private var line: Int
    /// What the core said of the last event and the trace has not told yet.
    private var said: ArraySlice<PeerAction> = []
    /// The messages that the core asked to verify, or to decode; it counts on hearing of no other.
    private var unverified: Set<MessageToken> = []
    private var undecoded: Set<MessageToken> = []

    /// Replays a trace from its header to its end.
    package static func run(_ next: Lines) throws(TraceError) -> TraceReplay {
        var replay = try TraceReplay(next)
        while let text = try next() { try replay.take(text) }
        try replay.finishEvent()
        return replay
    }

    private init(_ next: Lines) throws(TraceError) {
        let (header, lineCount) = try TraceHeader.read(next)
        machine = header.machine
        chunkCount = header.configuration.chunkCount
        line = lineCount
    }

    private mutating func take(_ text: String) throws(TraceError) {
        line += 1
        var words = TraceWords(text)
        do throws(TraceWords.Fault) {
            let mark = try words.word("> or <")
            switch mark {
            case ">": try take(event: PeerEvent(trace: &words, chunkCount: chunkCount))
            case "<": try take(action: PeerAction(trace: &words, chunkCount: chunkCount))
            default: throw TraceWords.fault(mark, "> or <")
            }
        } catch {
            throw TraceError(line: line, error.text)
        }
    }

    private mutating func take(event: PeerEvent) throws(TraceWords.Fault) {
        try checkNothingIsUntold()
        if case .chunkVerified(let token, _) = event, unverified.remove(token) == nil {
            throw TraceWords.Fault(text: "\(token.traceText) was verified, and the core did not ask for it")
        }
        if case .decoded(let token, _) = event, undecoded.remove(token) == nil {
            throw TraceWords.Fault(text: "\(token.traceText) was decoded, and the core did not ask for it")
        }
        if case .cycleStarted(let cycle) = event, cycle > TraceLimit.cycle {
            throw TraceWords.Fault(text: "\(cycle) where a cycle up to \(TraceLimit.cycle) must be")
        }
        eventCount += 1
        said = machine.handle(event)[...]
        for case .verifyChunk(_, let token) in said { unverified.insert(token) }
        for case .decode(let token) in said { undecoded.insert(token) }
    }

    private mutating func take(action: PeerAction) throws(TraceWords.Fault) {
        let got = said.popFirst()
        guard got == action else {
            throw TraceWords.Fault(text: "expected \(action.traceText), got \(got?.traceText ?? "nothing")")
        }
        actionCount += 1
    }

    private func checkNothingIsUntold() throws(TraceWords.Fault) {
        guard let got = said.first else { return }
        throw TraceWords.Fault(text: "expected no further action before this, got \(got.traceText)")
    }

    private mutating func finishEvent() throws(TraceError) {
        do throws(TraceWords.Fault) {
            try checkNothingIsUntold()
        } catch {
            throw TraceError(line: line + 1, error.text)
        }
    }
}
