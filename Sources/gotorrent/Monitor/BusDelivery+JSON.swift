import GossipNode

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension BusDelivery {
    /// The message as one line: its JSON object with a key `topic` before the others; nil where it is no object.
    ///
    /// What a stranger's node says beyond the protocol is kept. Line breaks can only be white space between its tokens.
    var jsonLine: String? {
        guard (try? JSONDecoder().decode(AnyObject.self, from: Data(body))) != nil,
            let topic = try? JSONEncoder.lines.encode(topic)
        else { return nil }
        let text = String(decoding: body, as: UTF8.self).map { $0.isNewline ? " " : $0 }
        guard let brace = text.firstIndex(of: "{") else { return nil }
        let rest = text[(brace + 1)...]
        let isEmpty = rest.allSatisfy { $0.isWhitespace || $0 == "}" }
        return "{\"topic\":" + String(decoding: topic, as: UTF8.self) + (isEmpty ? "" : ",") + String(rest)
    }

    /// Any JSON object, whatever is in it.
    private struct AnyObject: Decodable {
        init(from decoder: any Decoder) throws {
            _ = try decoder.container(keyedBy: AnyKey.self)
        }
    }

    private struct AnyKey: CodingKey {
        var stringValue: String
        var intValue: Int?

        init?(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            return nil
        }
    }
}
