import Logging

/// A line of the log for programs: one JSON object, its keys always in one order.
///
/// `{"time":…,"level":…,"logger":…,"message":…,"metadata":{…}}`, all but the metadata texts; the message is one of a fixed
/// set of words, and what varies is in the metadata.
package struct LogLine: Sendable {
    /// RFC 3339, in UTC.
    package var time: String
    package var level: Logger.Level
    /// The node's name, or the command's.
    package var logger: String
    package var message: String
    package var metadata: Logger.Metadata

    package init(
        time: String, level: Logger.Level, logger: String, message: String, metadata: Logger.Metadata = [:]
    ) {
        self.time = time
        self.level = level
        self.logger = logger
        self.message = message
        self.metadata = metadata
    }

    /// Without the end of the line.
    package var json: String {
        let fields = [
            ("time", Self.quoted(time)), ("level", Self.quoted(level.rawValue)), ("logger", Self.quoted(logger)),
            ("message", Self.quoted(message)), ("metadata", Self.object(metadata)),
        ]
        return "{\(fields.map { "\"\($0)\":\($1)" }.joined(separator: ","))}"
    }

    private static func object(_ metadata: Logger.Metadata) -> String {
        let fields = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(value($0.value))" }
        return "{\(fields.joined(separator: ","))}"
    }

    private static func value(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .dictionary(let dictionary): object(dictionary)
        case .array(let values): "[\(values.map { self.value($0) }.joined(separator: ","))]"
        case .string, .stringConvertible: quoted("\(value)")
        }
    }

    /// A text as JSON has it (RFC 8259, 7); what a terminal might obey is escaped, too.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar == "\u{2028}":
                let hex = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
