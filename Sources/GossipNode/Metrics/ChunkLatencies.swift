import GossipCore
import Metrics

/// How long chunks take from being asked for to their arrival, by what the core hears and says.
///
/// Memory is bounded: of what is never answered the oldest is forgotten, some `generationSize` and more requests later.
struct ChunkLatencies {
    private struct Request: Hashable {
        let peer: PeerID
        let chunk: ChunkID
    }

    static let generationSize = 4_096

    private(set) var histogram = Histogram(bounds: MetricBuckets.latency)
    private var recent: [Request: TimePoint] = [:]
    private var old: [Request: TimePoint] = [:]

    /// Chunks that were asked for, and are waited for.
    var waitingCount: Int { recent.count + old.count }

    mutating func note(_ event: PeerEvent, _ actions: [PeerAction], at now: TimePoint) {
        switch event {
        case .replyReceived(let reply, let peer, _): note(reply, from: peer, at: now)
        case .exchangeAnswered(let reply, let peer, _): note(reply, from: peer, at: now)
        default: break
        }
        for action in actions {
            switch action {
            case .send(.pull(_, let chunk), let peer): ask(chunk, of: peer, at: now)
            case .ask(.want(_, let chunks), let peer): for chunk in chunks { ask(chunk, of: peer, at: now) }
            default: break
            }
        }
    }

    private mutating func note(_ reply: PeerReply, from peer: PeerID, at now: TimePoint) {
        switch reply {
        case .chunk(_, let chunk): arrive(chunk, from: peer, at: now)
        case .none(_, let chunk), .late(_, let chunk): _ = remove(Request(peer: peer, chunk: chunk))
        case .have, .coded, .shuffle, .malformed: break
        }
    }

    private mutating func note(_ reply: ExchangeReply, from peer: PeerID, at now: TimePoint) {
        switch reply {
        case .chunk(_, let chunk): arrive(chunk, from: peer, at: now)
        case .none(_, let chunk): _ = remove(Request(peer: peer, chunk: chunk))
        case .opened, .busy, .got, .grant: break
        }
    }

    private mutating func ask(_ chunk: ChunkID, of peer: PeerID, at now: TimePoint) {
        if recent.count >= Self.generationSize {
            old = recent
            recent = [:]
        }
        let request = Request(peer: peer, chunk: chunk)
        old[request] = nil
        recent[request] = now
    }

    private mutating func arrive(_ chunk: ChunkID, from peer: PeerID, at now: TimePoint) {
        guard let asked = remove(Request(peer: peer, chunk: chunk)) else { return }
        histogram.record(now.since(asked).seconds)
    }

    private mutating func remove(_ request: Request) -> TimePoint? {
        recent.removeValue(forKey: request) ?? old.removeValue(forKey: request)
    }
}

extension TimeSpan {
    /// For people and metrics.
    var seconds: Double { Double(nanoseconds) / 1e9 }
}
