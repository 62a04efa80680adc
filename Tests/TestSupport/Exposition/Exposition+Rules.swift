/// The rules that a whole metric keeps.
extension Exposition.Family {
    private static let parts = ["_bucket", "_sum", "_count"]
    /// Ends of names that are no base unit.
    private static let otherUnits = ["milliseconds", "ms", "minutes", "kilobytes", "kib", "mib", "percent"]

    func takes(_ sample: String) -> Bool {
        kind == "histogram" ? Self.parts.contains { sample == name + $0 } : sample == name
    }

    func check() throws(Exposition.Complaint) {
        guard SampleLine.isName(name) else { throw Exposition.Complaint(text: "this is no name") }
        guard ["counter", "gauge", "histogram"].contains(kind) else {
            throw Exposition.Complaint(text: "there is no type \(kind)")
        }
        guard !samples.isEmpty else { throw Exposition.Complaint(text: "it has no value") }
        guard (kind == "counter") == name.hasSuffix("_total") else {
            throw Exposition.Complaint(text: "counters, and they alone, end in _total")
        }
        let words = name.lowercased().split(separator: "_").map(String.init)
        guard words == name.split(separator: "_").map(String.init), !words.contains(where: Self.otherUnits.contains)
        else {
            throw Exposition.Complaint(text: "names are in small letters, and in base units")
        }
        guard kind != "counter" || samples.allSatisfy({ $0.value >= 0 }) else {
            throw Exposition.Complaint(text: "a counter is below zero")
        }
        guard Set(samples.map { $0.labels.keys.filter { $0 != "le" }.sorted() }).count == 1 else {
            throw Exposition.Complaint(text: "its values have different labels")
        }
        if kind == "histogram" { try checkBuckets() }
    }

    /// Each set of labels has its buckets in order, none with fewer than the one before, the last of which is all.
    private func checkBuckets() throws(Exposition.Complaint) {
        let groups = Dictionary(grouping: samples) { sample in
            sample.labels.filter { $0.key != "le" }
        }
        for (labels, group) in groups {
            let buckets = group.filter { $0.name == name + "_bucket" }
            let bounds = buckets.map { $0.labels["le"].flatMap { $0 == "+Inf" ? .infinity : Double($0) } ?? .nan }
            guard bounds.last == .infinity, zip(bounds, bounds.dropFirst()).allSatisfy(<) else {
                throw Exposition.Complaint(text: "buckets of \(labels) do not ascend to +Inf")
            }
            guard zip(buckets, buckets.dropFirst()).allSatisfy({ $0.value <= $1.value }) else {
                throw Exposition.Complaint(text: "buckets of \(labels) do not add up")
            }
            let counts = group.filter { $0.name == name + "_count" }
            guard counts.count == 1, counts[0].value == buckets.last?.value,
                group.count(where: { $0.name == name + "_sum" }) == 1
            else {
                throw Exposition.Complaint(text: "\(labels) has not one count, equal to its last bucket, and one sum")
            }
        }
    }
}
