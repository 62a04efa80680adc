/// Decides who may connect: the handler of ZAP (RFC 27) for all sockets of a context.
///
/// Rule: start it before the first socket that it is to guard binds, and stop it after the last of them has closed.
/// Why: libzmq lets everyone in who knows the server's key when there is nobody to ask. It is asked for CURVE links,
/// and for plain ones where the socket has a `zapDomain`.
///
/// Belongs to its loop's thread. The loop keeps it running, and alive, until `stop()`.
public final class Authenticator {
    /// What is to be done with a link.
    public enum Decision: Hashable, Sendable {
        /// Let in; messages from it carry `userID` as their property of that name.
        case allow(userID: String)
        /// Shut out, for good: the other end is told, and does not try again.
        case deny
        /// Shut out for now: the other end is told nothing, and tries again when its `handshakeInterval` is over.
        case denyForNow
    }

    /// Links refused so far.
    public private(set) var deniedCount = 0

    private let channel: Socket
    private let decide: (AuthenticationRequest) -> Decision
    private var message = MultipartMessage()

    /// Requests answered before the loop goes on to others.
    private static let requestsPerTurn = 64

    /// Starts to answer. Throws `addressInUse` if the context has one already.
    ///
    /// - Parameters:
    ///   - context: whose sockets ask it.
    ///   - loop: the loop whose thread this is.
    ///   - decide: called on the loop's thread, once for each link; it must not wait.
    public init(
        in context: Context, on loop: EventLoop, decide: @escaping (AuthenticationRequest) -> Decision
    ) throws(ZeroMQError) {
        self.decide = decide
        channel = try Socket(.reply, in: context)
        // libzmq's end of the channel waits for room, on an I/O thread.
        try channel.set(.receiveHighWaterMark, to: 0)
        try channel.bind("inproc://zeromq.zap.01")
        loop.add(channel, events: .readable) { _ in self.turn() }
    }

    /// Ends the answers. Links that come afterwards are not asked about: close the guarded sockets first.
    public func stop() {
        channel.close()
    }

    private func turn() {
        do throws(ZeroMQError) {
            for _ in 0..<Self.requestsPerTurn {
                guard !channel.isClosed, try channel.receive(into: &message) else { return }
                guard let request = AuthenticationRequest(frames: message.copyFrames()) else {
                    // Not ZAP as we know it. The pattern wants an answer, and libzmq takes this one for a refusal.
                    try channel.send([[]])
                    continue
                }
                let decision = decide(request)
                guard !channel.isClosed else { return }
                try channel.send(reply(to: request, decision))
            }
        } catch {
            stop()
        }
    }

    private func reply(to request: AuthenticationRequest, _ decision: Decision) -> [[UInt8]] {
        let version = Array("1.0".utf8)
        switch decision {
        case .allow(let userID):
            return [version, request.requestID, Array("200".utf8), Array("OK".utf8), Array(userID.utf8), []]
        case .deny:
            deniedCount += 1
            return [version, request.requestID, Array("400".utf8), Array("Refused".utf8), [], []]
        case .denyForNow:
            deniedCount += 1
            return [version, request.requestID, Array("300".utf8), Array("Not now".utf8), [], []]
        }
    }
}

/// An authenticator is its loop's own.
@available(*, unavailable)
extension Authenticator: Sendable {}
