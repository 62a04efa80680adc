#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension BusMessage {
    /// What a subscriber names to hear every message of one kind.
    package enum TopicPrefix {
        package static let cycle = "cycle"
        package static let progress = "progress."
        package static let event = "event."
    }

    package var topic: String {
        switch self {
        case .cycle: TopicPrefix.cycle
        case .progress(let report): TopicPrefix.progress + report.torrent + "." + report.node
        case .event(let event): TopicPrefix.event + event.torrent + "." + event.node
        }
    }

    /// The body: one JSON object, keys in alphabetical order.
    package var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let data =
                switch self {
                case .cycle(let tick): try encoder.encode(CycleBody(tick))
                case .progress(let report): try encoder.encode(ProgressBody(report))
                case .event(let event): try encoder.encode(EventBody(event))
                }
            return Array(data)
        } catch {
            preconditionFailure("a body of strings and integers is always JSON: \(error)")
        }
    }

    package var frames: [[UInt8]] { [Array(topic.utf8), json] }

    /// Reads a message of the bus; nil where it is none that we know, or not what its topic says.
    package init?(_ frames: WireFrames) {
        guard frames.count == 2 else { return nil }
        let topic = String(decoding: frames[0], as: UTF8.self)
        let body = Data(frames[1])
        let decoder = JSONDecoder()
        if topic == TopicPrefix.cycle {
            guard let tick = (try? decoder.decode(CycleBody.self, from: body))?.tick else { return nil }
            self = .cycle(tick)
        } else if topic.hasPrefix(TopicPrefix.progress) {
            guard let report = (try? decoder.decode(ProgressBody.self, from: body))?.report else { return nil }
            self = .progress(report)
        } else if topic.hasPrefix(TopicPrefix.event) {
            guard let event = (try? decoder.decode(EventBody.self, from: body))?.swarmEvent(topic: topic) else {
                return nil
            }
            self = .event(event)
        } else {
            return nil
        }
        guard self.topic == topic else { return nil }
    }
}
