import GossipCore

/// Entries from string art, `peer:age` each.
func entries(_ art: String) -> [ViewEntry] {
    art.split(separator: " ").map { word in
        let parts = word.split(separator: ":")
        return ViewEntry(PeerID(UInt32(parts[0]) ?? .max), age: UInt16(parts[1]) ?? .max)
    }
}

extension PartialView {
    /// In the order of the slots.
    var art: String { entries.art }

    /// The peers, in ascending order.
    var peers: [PeerID] { entries.map(\.peer).sorted() }
}

extension [ViewEntry] {
    var art: String { map { "\($0.peer.rawValue):\($0.age)" }.joined(separator: " ") }
}

extension [PeerAction] {
    /// The shuffles that are sent.
    var shuffles: [(cycle: Cycle, entries: [ViewEntry], peer: PeerID)] {
        compactMap {
            guard case .send(.shuffle(let cycle, let entries), let peer) = $0 else { return nil }
            return (cycle, entries, peer)
        }
    }

    /// The entries of the shuffle that answers another.
    var shuffleAnswer: [ViewEntry]? {
        for case .reply(.shuffle(_, let entries), _) in self { return entries }
        return nil
    }
}
