import ZeroMQ

/// Who may speak to the sockets of a process: its allow-list, less those banned. Deny by default.
///
/// Asked twice: by libzmq's handshake, and for each message that came, so that who is banned or struck off the list is
/// not listened to on a link that he still has. What libzmq calls a link's user (its `User-Id`) is the key that the
/// other end has proved to hold, in hex.
///
/// Sendable: nodes, the handshake and the watch of the list share it under its lock.
package final class AccessGate: Sendable {
    /// Wrong chunks from one key after which it is banned, for the life of the process.
    ///
    /// On a link of CURVE nothing is damaged on the way, so each is its sender's own; a few are forgiven for the sake of
    /// a failing disk or memory that its owner will be told of by the first.
    package static let wrongChunkLimit = 3

    /// Chunks that a key said it holds and then did not give, with no right chunk of it between them, after which it is
    /// banned likewise.
    ///
    /// Who lost its store breaks the few promises that are under way; who makes them all the time keeps others waiting.
    package static let brokenPromiseLimit = 16

    private struct State {
        var list: AllowList
        var roles: [String: KeyRole]
        var wrongChunks: [String: Int] = [:]
        var brokenPromises: [String: Int] = [:]
        var banned: Set<String> = []
        var refusedHandshakes: UInt64 = 0
    }

    private let state: Lock<State>
    /// The process's own key, which its own nodes may use for everything.
    private let own: String

    package init(own: CurvePublicKey, list: AllowList) {
        self.own = own.hex
        state = Lock(State(list: list, roles: Self.roles(list)))
    }

    /// The list in force.
    package var list: AllowList { state.withLock { $0.list } }

    /// Puts another list in force, for links that are there too. Bans stay.
    package func replace(_ list: AllowList) {
        let roles = Self.roles(list)
        state.withLock { state in
            state.list = list
            state.roles = roles
        }
    }

    /// The answer to a handshake. A key that is not listed may be so soon: it may try again.
    package func decide(_ request: AuthenticationRequest) -> Authenticator.Decision {
        let decision = decision(request)
        if decision == .deny || decision == .denyForNow { state.withLock { $0.refusedHandshakes += 1 } }
        return decision
    }

    private func decision(_ request: AuthenticationRequest) -> Authenticator.Decision {
        guard let user = request.publicKey?.hex, let port = SecuredPort(rawValue: request.domain) else { return .deny }
        if state.withLock({ $0.banned.contains(user) }) { return .deny }
        return admits(user, to: port) ? .allow(userID: user) : .denyForNow
    }

    /// Handshakes that were refused.
    package var refusedHandshakes: UInt64 { state.withLock { $0.refusedHandshakes } }

    /// Keys that are banned.
    package var bannedCount: Int { state.withLock { $0.banned.count } }

    /// Whether a message's sender may speak here.
    /// - Parameter user: the message's `userID`.
    package func admits(_ user: String?, to port: SecuredPort) -> Bool {
        guard let user else { return false }
        return state.withLock { state in
            if state.banned.contains(user) { return false }
            return user == own || state.roles[user]?.mayUse(port) == true
        }
    }

    /// Whether a peer of that key may be connected to.
    package func admits(peer key: CurvePublicKey) -> Bool { admits(key.hex, to: .peer) }

    /// Notes a chunk whose hash was wrong.
    /// - Returns: true where this bans its sender.
    package func noteWrongChunk(from key: CurvePublicKey) -> Bool {
        note(\.wrongChunks, limit: Self.wrongChunkLimit, of: key)
    }

    /// Notes a chunk that its digest had and that it answered `none` of.
    /// - Returns: true where this bans it.
    package func noteBrokenPromise(of key: CurvePublicKey) -> Bool {
        note(\.brokenPromises, limit: Self.brokenPromiseLimit, of: key)
    }

    /// Notes a right chunk: promises that were broken before it are forgotten.
    package func noteRightChunk(from key: CurvePublicKey) {
        state.withLock { state in
            if !state.brokenPromises.isEmpty { state.brokenPromises[key.hex] = nil }
        }
    }

    private func note(_ count: WritableKeyPath<State, [String: Int]>, limit: Int, of key: CurvePublicKey)
        -> Bool
    {
        let user = key.hex
        return state.withLock { state in
            // Who is not listed cannot send: so the counts are never more than the list has had entries.
            guard user != own, state.roles[user] != nil, !state.banned.contains(user) else { return false }
            let number = state[keyPath: count][user, default: 0] + 1
            state[keyPath: count][user] = number
            guard number >= limit else { return false }
            state.wrongChunks[user] = nil
            state.brokenPromises[user] = nil
            state.banned.insert(user)
            return true
        }
    }

    /// What the list calls a key; its digits where it has no name.
    package func name(of key: CurvePublicKey) -> String {
        state.withLock { $0.list[key]?.name } ?? key.hex
    }

    private static func roles(_ list: AllowList) -> [String: KeyRole] {
        Dictionary(uniqueKeysWithValues: list.entries.map { ($0.key.hex, $0.role) })
    }
}
