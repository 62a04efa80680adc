/// Metrics as somebody else reads them: the text is taken apart and checked by the format's own rules, and Prometheus'
/// rules for names, without a line of what wrote it.
///
/// Source: prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4, and prometheus.io/docs/practices/naming.
package struct Exposition: Sendable {
    package struct Family: Equatable, Sendable {
        package var name: String
        package var kind: String
        package var help: String
        package var samples: [Sample] = []
    }

    package struct Sample: Equatable, Sendable {
        /// With the `_bucket`, `_sum` or `_count` of a histogram.
        package var name: String
        package var labels: [String: String]
        package var value: Double
    }

    package struct Fault: Error, Equatable, CustomStringConvertible {
        package let line: Int
        package let text: String
        package var description: String { "line \(line): \(text)" }
    }

    package private(set) var families: [Family] = []

    /// - Throws: `Fault` that names the first line that breaks a rule.
    package init(_ text: String) throws(Fault) {
        guard text.isEmpty || text.hasSuffix("\n") else { throw Fault(line: 0, text: "the last line does not end") }
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            number += 1
            do throws(Complaint) {
                try take(line)
            } catch {
                throw Fault(line: number, text: error.text)
            }
        }
        for family in families {
            do throws(Complaint) {
                try family.check()
            } catch {
                throw Fault(line: number, text: "\(family.name): \(error.text)")
            }
        }
    }

    package subscript(name: String) -> Family? { families.first { $0.name == name } }

    /// The value of the only sample that has these labels, and perhaps others.
    package func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        let samples = families.flatMap(\.samples).filter { sample in
            sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
        }
        return samples.count == 1 ? samples[0].value : nil
    }

    struct Complaint: Error {
        let text: String
    }

    private mutating func take(_ line: Substring) throws(Complaint) {
        if line.hasPrefix("# HELP ") {
            let words = line.dropFirst(7).split(separator: " ", maxSplits: 1)
            guard words.count == 2 else { throw Complaint(text: "HELP without a text") }
            guard self[String(words[0])] == nil else { throw Complaint(text: "\(words[0]) is there already") }
            families.append(Family(name: String(words[0]), kind: "", help: String(words[1])))
        } else if line.hasPrefix("# TYPE ") {
            let words = line.dropFirst(7).split(separator: " ")
            guard words.count == 2, var family = families.popLast(), family.name == words[0], family.kind.isEmpty,
                family.samples.isEmpty
            else { throw Complaint(text: "TYPE does not follow its HELP") }
            family.kind = String(words[1])
            families.append(family)
        } else {
            guard !line.isEmpty, !line.hasPrefix("#") else { throw Complaint(text: "neither HELP, TYPE nor a sample") }
            let sample = try SampleLine.read(line)
            guard var family = families.popLast(), family.takes(sample.name) else {
                throw Complaint(text: "\(sample.name) is not where its HELP and TYPE are")
            }
            guard !family.samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels }) else {
                throw Complaint(text: "\(sample.name) is there twice with \(sample.labels)")
            }
            family.samples.append(sample)
            families.append(family)
        }
    }
}
