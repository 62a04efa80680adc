/// The text that Prometheus reads, version 0.0.4. Source: prometheus.io/docs/instrumenting/exposition_formats.
extension MetricSet {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package var text: String {
        var text = ""
        for family in families {
            let metric = family.description
            text += "# HELP \(metric.name) \(Self.escaped(metric.help, quotes: false))\n"
            text += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
            for sample in family.samples { Self.write(sample, of: metric, to: &text) }
        }
        return text
    }

    private static func write(_ sample: Sample, of metric: MetricDescription, to text: inout String) {
        let labels = zip(metric.labels, sample.labels).map { "\($0)=\"\(escaped($1, quotes: true))\"" }
        switch sample.value {
        case .count(let count): text += "\(metric.name)\(set(labels)) \(count)\n"
        case .number(let number): text += "\(metric.name)\(set(labels)) \(format(number))\n"
        case .histogram(let histogram):
            var sum: UInt64 = 0
            for (place, count) in histogram.counts.enumerated() {
                sum += count
                let bound = place < histogram.bounds.count ? format(histogram.bounds[place]) : "+Inf"
                text += "\(metric.name)_bucket\(set(labels + ["le=\"\(bound)\""])) \(sum)\n"
            }
            text += "\(metric.name)_sum\(set(labels)) \(format(histogram.sum))\n"
            text += "\(metric.name)_count\(set(labels)) \(sum)\n"
        }
    }

    private static func set(_ labels: [String]) -> String {
        labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
    }

    static func format(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number > 0 ? "+Inf" : "-Inf" }
        if let whole = Int64(exactly: number) { return "\(whole)" }
        return "\(number)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
