import ZeroMQ

/// Who may take part in a secured swarm: everyone whose key is here, each in its role, and nobody else.
package struct AllowList: Equatable, Sendable {
    /// A member of the list.
    package struct Entry: Equatable, Sendable {
        package var key: CurvePublicKey
        /// For people and logs; several keys may have one name, as while a node's key is exchanged for a new one.
        package var name: String
        package var role: KeyRole

        package init(key: CurvePublicKey, name: String, role: KeyRole) {
            self.key = key
            self.name = name
            self.role = role
        }
    }

    /// In the order of the file; each key once.
    package private(set) var entries: [Entry] = []
    /// Of a signed list: each newer one has a higher number.
    package var serial: UInt64?

    private var places: [CurvePublicKey: Int] = [:]

    /// A list that lets nobody in.
    package init() {}

    /// - Precondition: each key is there once.
    package init(_ entries: [Entry]) {
        for entry in entries {
            let isNew = add(entry)
            precondition(isNew, "a key stands in an allow-list once")
        }
    }

    package subscript(key: CurvePublicKey) -> Entry? { places[key].map { entries[$0] } }

    /// Adds an entry; false, and nothing is changed, where its key is there already.
    package mutating func add(_ entry: Entry) -> Bool {
        guard places[entry.key] == nil else { return false }
        places[entry.key] = entries.count
        entries.append(entry)
        return true
    }
}
