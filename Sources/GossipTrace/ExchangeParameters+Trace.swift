import GossipCore

/// Its bounds as one line of a trace's header: `upload-slots=2 download-limit=4 …`, or `-` where nothing is exchanged in
/// bulk.
extension ExchangeParameters {
    private static let fields: [(name: String, path: any WritableKeyPath<ExchangeParameters, Int> & Sendable)] = [
        ("upload-slots", \.uploadSlots), ("least-slots", \.leastSlots), ("window-percent", \.windowPercent),
        ("window-cycles", \.windowCycles), ("download-limit", \.downloadLimit),
        ("sparing-limit", \.sparingLimit), ("grant-chunks", \.grantChunks),
        ("receiver-limit", \.receiverLimit), ("queue-limit", \.queueLimit), ("source-limit", \.sourceLimit),
        ("memory-limit", \.memoryLimit), ("patience-cycles", \.patience),
        ("receiver-patience-cycles", \.receiverPatience),
    ]
    /// Each receiver and source takes a bit for each chunk of the file, and a trace may come from anyone.
    private static let limits = 1...1_024

    private var patience: Int {
        get { Int(clamping: patienceCycles) }
        set { patienceCycles = Cycle(newValue) }
    }

    private var receiverPatience: Int {
        get { Int(clamping: receiverPatienceCycles) }
        set { receiverPatienceCycles = Cycle(newValue) }
    }

    var traceText: String {
        Self.fields.map { "\($0.name)=\(self[keyPath: $0.path])" }.joined(separator: " ")
    }

    init(trace words: inout TraceWords) throws(TraceWords.Fault) {
        self.init()
        for field in Self.fields {
            self[keyPath: field.path] = try words.number(
                "\(field.name)= and a number from \(Self.limits.lowerBound) to \(Self.limits.upperBound)",
                prefix: "\(field.name)=", in: Self.limits)
        }
    }
}
