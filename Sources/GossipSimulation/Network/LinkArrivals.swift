import GossipCore

/// When the last message on each link arrives, so that none overtakes another.
///
/// Only what is still on its way is kept: a swarm of thousands has millions of links, and few that are in use.
struct LinkArrivals {
    /// By sender, then by receiver.
    private var times: [[Int: TimePoint]]

    init(nodes: Int) {
        times = Array(repeating: [:], count: nodes)
    }

    var count: Int { times.reduce(0) { $0 + $1.count } }

    /// The moment at which a message arrives that would arrive at `time` if the link were free.
    mutating func ordered(_ time: TimePoint, from sender: Int, to receiver: Int, now: TimePoint) -> TimePoint {
        guard time > now || !times[sender].isEmpty else { return time }
        let last = times[sender][receiver]
        let ordered = max(time, last ?? time)
        // What arrives now holds nobody up.
        guard ordered > now else { return ordered }
        if last == nil, times[sender].count == times[sender].capacity {
            times[sender] = times[sender].filter { $0.value > now }
        }
        times[sender][receiver] = ordered
        return ordered
    }

    /// Lets what a node sends from now on overtake what it sent before.
    mutating func forget(from sender: Int) {
        times[sender] = [:]
    }
}
