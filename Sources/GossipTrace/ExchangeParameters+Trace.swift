import GossipCore

/// Its bounds as one line of a trace's header: `upload-slots=2 download-limit=4 …`, or `-` where nothing is exchanged in
/// bulk.
extension ExchangeParameters {
    private static let fields: [(name: String, path: any WritableKeyPath<ExchangeParameters, Int> & Sendable)] = [
        ("upload-slots", \.uploadSlots), ("least-slots", \.leastSlots), ("window-percent", \.windowPercent),
        ("window-cycles", \.windowCycles), ("download-limit", \.downloadLimit),
        ("sparing-limit", \.sparingLimit), ("grant-chunks", \.grantChunks),
        ("receiver-limit", \.receiverLimit), ("queue-limit", \.queueLimit), ("source-limit", \.sourceLimit),
        ("memory-limit", \.memoryLimit), ("patience-cycles", \.patienceInCycles),
        ("receiver-patience-cycles", \.receiverPatience),
    ]
    /// Those that are meant in time, in milliseconds; 0 where they are not.
    private static let spans: [(name: String, path: any WritableKeyPath<ExchangeParameters, TimeSpan?> & Sendable)] = [
        ("window-ms", \.windowTime), ("patience-ms", \.patience),
    ]
    /// Each receiver and source takes a bit for each chunk of the file, and a trace may come from anyone.
    private static let limits = 1...1_024

    private var patienceInCycles: Int {
        get { Int(clamping: patienceCycles) }
        set { patienceCycles = Cycle(newValue) }
    }

    private var receiverPatience: Int {
        get { Int(clamping: receiverPatienceCycles) }
        set { receiverPatienceCycles = Cycle(newValue) }
    }

    var traceText: String {
        (Self.fields.map { "\($0.name)=\(self[keyPath: $0.path])" }
            + Self.spans.map { "\($0.name)=\(self[keyPath: $0.path]?.milliseconds ?? 0)" }).joined(separator: " ")
    }

    init(trace words: inout TraceWords) throws(TraceWords.Fault) {
        self.init()
        for field in Self.fields {
            self[keyPath: field.path] = try words.number(
                "\(field.name)= and a number from \(Self.limits.lowerBound) to \(Self.limits.upperBound)",
                prefix: "\(field.name)=", in: Self.limits)
        }
        for span in Self.spans {
            let milliseconds: UInt64 = try words.number(
                "\(span.name)= and a number up to 3600000", prefix: "\(span.name)=", in: 0...3_600_000)
            self[keyPath: span.path] = milliseconds > 0 ? .milliseconds(milliseconds) : nil
        }
    }
}
