import GossipWire
import Metainfo
import ZeroMQ

/// Fetches a metafile from a tracker by its info hash, piece by piece, and checks that it is the one asked for.
///
/// The actor runs on its event loop's thread, which owns its socket.
package actor MetafileFetch {
    /// What a tracker may take for one answer before it is asked again.
    package static let answerTimeout = Duration.seconds(2)
    /// How long a tracker that says nothing is asked.
    package static let patience = Duration.seconds(20)

    private nonisolated let loop: EventLoop
    private let context: Context
    private let torrent: TorrentID
    private let infoHash: InfoHash
    private let tracker: TrackerURI
    private let security: SwarmSecurity?
    private let answerTimeout: Duration
    private let patience: Duration

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - security: of a secured swarm; nil where the tracker serves everyone.
    ///   - context: outlives the fetch.
    ///   - loop: may be shared with others; outlives the fetch.
    package init(
        _ infoHash: InfoHash, from tracker: TrackerURI, security: SwarmSecurity? = nil, context: Context,
        loop: EventLoop,
        answerTimeout: Duration = MetafileFetch.answerTimeout, patience: Duration = MetafileFetch.patience
    ) {
        guard let torrent = TorrentID(infoHash.bytes) else { preconditionFailure("an info hash has 32 bytes") }
        self.torrent = torrent
        self.infoHash = infoHash
        self.tracker = tracker
        self.security = security
        self.context = context
        self.loop = loop
        self.answerTimeout = answerTimeout
        self.patience = patience
    }

    /// - Parameter proofs: when to fetch the info dictionary alone.
    /// - Returns: the metafile, meeting at the tracker that it came from. It `lacksHashes` where chunks are to come with
    ///   their proofs.
    /// - Throws: `NodeError` where the tracker is silent, has none, or sends something else; `CancellationError`.
    package func run(_ proofs: ProofUse = .never) async throws -> Metafile {
        let client: TrackerClient
        do throws(ZeroMQError) {
            client = try TrackerClient(
                in: context, on: loop, endpoint: tracker.description, timeout: answerTimeout, security: security)
        } catch {
            throw NodeError(.network, "cannot ask \(tracker) for the metafile: \(error)")
        }
        defer { client.close() }
        var whole = MetafileAssembly(torrent)
        switch proofs {
        case .never: break
        case .always:
            if let metafile = try await infoAlone(client, proofs, wholeByteCount: nil) { return metafile }
        case .auto:
            // Its first piece tells how much it is.
            try await fetchPiece(&whole, client)
            if let total = whole.total, total > ProofUse.threshold,
                let metafile = try await infoAlone(client, proofs, wholeByteCount: total)
            {
                return metafile
            }
        }
        while whole.nextRequest != nil { try await fetchPiece(&whole, client) }
        return try finished(whole.bytes)
    }

    private func fetchPiece(_ assembly: inout MetafileAssembly, _ client: TrackerClient) async throws {
        guard let request = assembly.nextRequest else { return }
        try add(try await ask(client, request), to: &assembly)
    }

    private func add(_ reply: TrackerReply, to assembly: inout MetafileAssembly) throws(NodeError) {
        do throws(WireError) {
            try assembly.add(reply)
        } catch {
            throw refusal(error.code == .unknownTorrent ? error.text : error.description)
        }
    }

    /// - Parameter wholeByteCount: how long the metafile is, where that is known.
    /// - Returns: a metafile that lacks the hashes; nil where they are to be fetched with it.
    private func infoAlone(
        _ client: TrackerClient, _ proofs: ProofUse, wholeByteCount: UInt64?
    ) async throws -> Metafile? {
        var assembly = MetafileAssembly(torrent, .info)
        while let request = assembly.nextRequest {
            let reply = try await ask(client, request)
            // Trackers of earlier versions do not know the question.
            if case .error(WireError.Code.unknownVerb.rawValue, _) = reply {
                guard proofs == .always else { return nil }
                throw refusal("it does not know get_info, by which proofs begin; do without them (--proofs never)")
            }
            try add(reply, to: &assembly)
            // Of many small files the dictionary itself is what is large, and comes with the metafile.
            if let wholeByteCount, let total = assembly.total, total + UInt64(ProofUse.threshold) >= wholeByteCount {
                return nil
            }
        }
        let info: TorrentInfo
        do throws(MetafileError) {
            info = try TorrentInfo(decoding: assembly.bytes)
        } catch {
            throw refusal("it sent what is no info dictionary: \(error)")
        }
        guard info.infoHash == infoHash else { throw wrongHash(info.infoHash) }
        guard proofs == .always || info.layerByteCount > ProofUse.threshold else { return nil }
        let metafile = Metafile(info, tracker: tracker)
        return metafile.lacksHashes ? metafile : nil
    }

    private func ask(_ client: TrackerClient, _ request: TrackerRequest) async throws -> TrackerReply {
        let deadline = MonotonicTime.now + patience
        repeat {
            try Task.checkCancellation()
            let reply = await withCheckedContinuation { continuation in
                client.send(request) { continuation.resume(returning: $0) }
            }
            if let reply { return reply }
        } while MonotonicTime.now < deadline
        throw NodeError(
            .tracker,
            "the tracker \(tracker) does not answer; is gotorrent share or gotorrent tracker running there, and its "
                + (security == nil
                    ? "port open?" : "port open, its key the one given here, and this node's key on its allow-list?"))
    }

    private func finished(_ bytes: [UInt8]) throws(NodeError) -> Metafile {
        let metafile: Metafile
        do throws(MetafileError) {
            metafile = try Metafile(decoding: bytes, tracker: tracker)
        } catch {
            throw refusal("it sent what is no metafile: \(error)")
        }
        guard metafile.infoHash == infoHash else { throw wrongHash(metafile.infoHash) }
        return metafile
    }

    private func wrongHash(_ other: InfoHash) -> NodeError {
        refusal("it sent one of the info hash \(other); asked for was \(infoHash)")
    }

    private func refusal(_ reason: String) -> NodeError {
        NodeError(.tracker, "no metafile from the tracker \(tracker): \(reason)")
    }
}
