import GossipCore

/// The chunks that a message names, each of which must be one of the file.
extension PeerRequest {
    var namedChunks: [ChunkID] {
        switch self {
        case .push(_, let chunk), .pull(_, let chunk): [chunk]
        case .have, .coded, .pullCoded, .shuffle: []
        }
    }
}

extension PeerReply {
    var namedChunks: [ChunkID] {
        switch self {
        case .chunk(_, let chunk), .none(_, let chunk), .late(_, let chunk): [chunk]
        case .have, .coded, .shuffle, .malformed: []
        }
    }
}

extension ExchangeRequest {
    var namedChunks: [ChunkID] {
        switch self {
        case .open(_, let update, _): update.namedChunks
        case .want(_, let chunks), .cancel(_, let chunks): chunks
        case .ready: []
        }
    }
}

extension ExchangeReply {
    var namedChunks: [ChunkID] {
        switch self {
        case .opened(_, let update, _, let queued): update.namedChunks + queued
        case .got(_, let update): update.namedChunks
        case .grant(_, _, let suggested): suggested
        case .chunk(_, let chunk), .none(_, let chunk): [chunk]
        case .busy: []
        }
    }
}

extension HoldingsUpdate {
    fileprivate var namedChunks: [ChunkID] {
        switch content {
        case .everything, .chunks: []
        case .added(_, let chunks): chunks
        }
    }
}
