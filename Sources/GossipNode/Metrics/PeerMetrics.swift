import Metrics

/// What a seed or a peer tells of itself. Each value is of one node, and so of one torrent.
enum PeerMetrics {
    private static func metric(
        _ kind: MetricDescription.Kind, _ name: String, labels: [String] = [], _ help: String
    ) -> MetricDescription {
        MetricDescription(kind, "gotorrent_\(name)", labels: ["node", "torrent"] + labels, help)
    }

    static let info = metric(
        .gauge, "node_info", labels: ["role", "name", "style", "exchange"], "Always 1; what the node is told by labels."
    )
    static let state = metric(
        .gauge, "node_state", labels: ["state"], "1 for the state that the node is in, 0 for the others.")
    static let messages = metric(
        .counter, "messages_total", labels: ["kind"], "Messages and chunks by what became of them.")
    static let sentBytes = metric(.counter, "sent_bytes_total", "Bytes of chunks that were handed to links.")
    static let receivedBytes = metric(
        .counter, "received_bytes_total", "Bytes of chunks that came, those included that were redundant.")
    static let cycle = metric(.gauge, "cycle", "The number of the cycle; 0 before the first.")
    static let interval = metric(.gauge, "cycle_interval_seconds", "The length of a cycle, as the last tick told it.")
    static let holdover = metric(.gauge, "holdover", "1 where the last cycle was begun without a tick, otherwise 0.")
    static let lateness = metric(
        .histogram, "cycle_lateness_seconds", "How long after it was due each tick was heard.")
    static let latency = metric(
        .histogram, "chunk_latency_seconds", "The time from asking for a chunk to its arrival.")
    static let peersKnown = metric(.gauge, "peers_known", "Peers that the node knows and may draw as partners.")
    static let links = metric(
        .gauge, "links", labels: ["direction"], "Links to other peers: made by this node, or accepted by it.")
    static let linksCut = metric(.counter, "links_cut_total", "Accepted links that were cut for breaking a bound.")
    static let chunks = metric(.gauge, "chunks", "Chunks that the node wants: all of the torrent, or of some files.")
    static let chunksHeld = metric(.gauge, "chunks_held", "Verified chunks among those that are wanted.")
    static let bytes = metric(.gauge, "content_bytes", "Bytes of the chunks that are wanted.")
    static let bytesHeld = metric(.gauge, "held_bytes", "Bytes of verified chunks among those that are wanted.")
    static let queue = metric(
        .gauge, "queue_length", labels: ["queue"], "What waits within the node, by where it does.")
    static let unreadAnswers = metric(
        .gauge, "unread_answer_bytes", "Bytes of chunks that were sent and that no link has taken yet.")
    static let trackerCalls = metric(
        .counter, "tracker_calls_total", labels: ["outcome"], "Requests to the tracker by what came of them.")
    static let trackerSilent = metric(
        .gauge, "tracker_silent", "1 where the tracker left the last request unanswered, otherwise 0.")
}
