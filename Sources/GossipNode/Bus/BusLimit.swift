/// Bounds of the bus.
enum BusLimit {
    /// What a node takes of its tracker's bus.
    static let frameSize = 64 << 10
    /// What the broker takes of a publisher. The largest message that the protocol has is a `failed` event whose reason,
    /// 2,048 bytes, and names are all escaped (`\\u00e9` for each letter of two bytes): 7.5 KiB. A progress report of 4,096
    /// chunks has about 2 KiB.
    static let publishedSize = 8 << 10
    /// What it takes of a subscriber: topics of 159 bytes, which is `progress.`, a torrent and a name of 85. Each link that
    /// goes costs libzmq a walk through all topics of all links, byte by byte: with 512 those of 500 links, gone at once,
    /// took 13 s.
    static let subscriptionSize = 160
    /// Where there are keys, the bound holds for the handshake's commands, too, and INITIATE has 257 bytes at least (ZeroMQ's
    /// RFC 26). Who is let in is known, and may have topics of 511 bytes.
    static let securedSubscriptionSize = 576
    /// Subscriptions of one link.
    static let subscriptionsPerLink = 64
    /// Subscriptions of a link that wait until they are taken in. libzmq takes in all that wait and come meanwhile before it
    /// tells of the first; only where the queue is short does that come to an end while a link sends on and on. A node and a
    /// monitor have one: whoever fills the queue may meet libzmq's issue 4364 (docs/security.md).
    static let subscriptionQueue = 4
    /// Bytes that the topics of all its links may have, or so many for each link that it takes, if that is more: all are
    /// kept, in 32 times as much memory. A node has 5, a monitor of one torrent 73.
    static let topicBytes = 128 << 10
    static let topicBytesPerLink = 16
    /// Messages of a publisher that wait until they are passed on.
    static let publishedQueue = 64
    /// How long a subscriber may take nothing before its link is given up.
    static let subscriberPatience = Duration.seconds(10)
    /// Bytes that may pass while a subscriber is behind: what waits for all that are takes no more memory than that.
    static let subscriberBacklog = 64 << 20
    /// What CURVE puts around each frame, and a little more.
    static let securityOverhead = 64
}
