import GossipNode
import GossipWire

/// The tracker link: what anyone may say to a tracker, and a tracker to anyone.
enum TrackerTargets {
    static func request(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let frames = input.frames()
        let read = WireFrames.with(frames) { frames in Result { () throws(WireError) in try TrackerRequest(frames) } }
        guard case .success(let request) = read else { return false }
        try require(request.frames == frames, "a request is written as it was read: \(request)")
        return true
    }

    static func reply(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let frames = input.frames()
        guard case .success(let reply) = Self.read(frames) else { return false }
        // The text of an error need not be UTF-8 when it comes.
        if case .error = reply {
            guard case .success(reply) = Self.read(reply.frames) else {
                throw FuzzFinding("an error that was read is read again from its frames: \(reply)")
            }
        } else {
            try require(reply.frames == frames, "a reply is written as it was read: \(reply)")
        }
        return true
    }

    /// A metafile that comes part by part, from a tracker that need not be honest.
    static func assembly(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        guard let torrent = TorrentID([1]), let other = TorrentID([2]) else { return false }
        let isInfo = input.bool()
        var assembly = MetafileAssembly(torrent, isInfo ? .info : .metafile)
        while !input.isAtEnd, assembly.nextRequest != nil {
            let named = input.below(8) == 7 ? other : torrent
            let total = input.number()
            let data = input.bytes(input.below(32))
            let reply =
                isInfo == input.bool()
                ? TrackerReply.metafile(named, total: total, data: data)
                : TrackerReply.info(named, total: total, data: data)
            let before = assembly.bytes.count
            do throws(WireError) { try assembly.add(reply) } catch { return false }
            try require(
                assembly.bytes.count > before || assembly.nextRequest == nil, "every answer that is taken tells more")
            try require(UInt64(assembly.bytes.count) <= assembly.total ?? 0, "no more is kept than there is in all")
        }
        return assembly.nextRequest == nil
    }

    private static func read(_ frames: [[UInt8]]) -> Result<TrackerReply, WireError> {
        WireFrames.with(frames) { frames in Result { () throws(WireError) in try TrackerReply(frames) } }
    }
}
