import ArgumentParser
import GossipCore
import GossipNode
import Metainfo
import Topology

/// The command line reads values as the topology file does.
extension GossipStyle: ExpressibleByArgument {}
extension ChunkSelection: ExpressibleByArgument {}
extension Separation: ExpressibleByArgument {}
extension PartnerChoice: ExpressibleByArgument {}
extension ExchangeMode: ExpressibleByArgument {}
extension ProofUse: ExpressibleByArgument {}

/// A span of time, such as `100ms` or `2.5s`.
struct DurationArgument: ExpressibleByArgument {
    let span: TimeSpan

    init(milliseconds: UInt64) {
        span = .milliseconds(milliseconds)
    }

    init?(argument: String) {
        guard let duration = try? DurationText.parse(argument) else { return nil }
        self.init(milliseconds: duration.wholeMilliseconds)
    }

    var defaultValueDescription: String { DurationText.format(.milliseconds(Int64(span.milliseconds))) }
}

/// A number of bytes, such as `1` or `256KiB`.
struct ByteSizeArgument: ExpressibleByArgument {
    let bytes: UInt64

    init(bytes: UInt64) {
        self.bytes = bytes
    }

    init?(argument: String) {
        guard let bytes = try? ByteSize.parse(argument) else { return nil }
        self.bytes = bytes
    }

    var defaultValueDescription: String { ByteSize.format(bytes) }
}

/// A rate, such as `100Mbit/s` or `10MiB/s`.
struct RateArgument: ExpressibleByArgument {
    let bytesPerSecond: UInt64

    init?(argument: String) {
        guard let rate = try? RateText.parse(argument), rate > 0 else { return nil }
        bytesPerSecond = rate
    }

    /// A limit of its own, for the nodes that keep it together.
    var limit: RateLimit { RateLimit(rateBytesPerSecond: bytesPerSecond) }
}

/// How long a node serves on: a span of time, or `forever`.
enum StayArgument: ExpressibleByArgument {
    case span(TimeSpan)
    case forever

    init?(argument: String) {
        if argument == "forever" {
            self = .forever
        } else if let duration = DurationArgument(argument: argument) {
            self = .span(duration.span)
        } else {
            return nil
        }
    }

    var span: TimeSpan? {
        switch self {
        case .span(let span): span
        case .forever: nil
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .span(let span): DurationText.format(.milliseconds(Int64(span.milliseconds)))
        case .forever: "forever"
        }
    }
}

extension TrackerURI: ExpressibleByArgument {
    public init?(argument: String) {
        guard let uri = try? TrackerURI(argument) else { return nil }
        self = uri
    }
}
