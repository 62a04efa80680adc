import HTTPText
import Metrics

/// What comes on the port of the metrics: a byte that says where it is cut in two, then a request, or what is none.
enum ScrapeTarget {
    private static let metric = MetricDescription(.gauge, "answer", labels: ["of"], "The answer.")

    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let isOnLoopback = input.bool()
        let cut = Int(input.byte())
        let bytes = input.rest()
        var whole = RequestReader()
        let outcome = whole.take(bytes)
        var parts = RequestReader()
        _ = parts.take(bytes.prefix(cut))
        try require(parts.take(bytes.dropFirst(cut)) == outcome, "what is read does not depend on how it was cut")
        try require(whole.take(bytes) == outcome || outcome == .incomplete, "what is decided stays")
        var collections = 0
        let answer = ScrapeAnswer.to(outcome, isOnLoopback: isOnLoopback) {
            collections += 1
            var set = MetricSet()
            set.add(metric, [String(decoding: bytes, as: UTF8.self)], 42)
            return set
        }
        try require((answer == nil) == (outcome == .incomplete), "whoever asked is answered, and nobody before")
        guard let answer else { return false }
        try require([200, 400, 404, 405, 421, 431].contains(answer.code), "there is no answer \(answer.code)")
        try require(collections == (answer.code == 200 ? 1 : 0), "metrics are collected for those who get them")
        try require(answer.isHead || answer.bytes.count > answer.body.utf8.count, "an answer has a head")
        guard answer.code == 200 else { return false }
        // Whatever a label is, the text has the three lines that it has to have.
        try require(answer.body.split(separator: "\n", omittingEmptySubsequences: false).count == 4, "\(answer.body)")
        guard case .head(let head) = outcome else { throw FuzzFinding("metrics are given to a request") }
        try require(head.path == ScrapeAnswer.path, "metrics are given to who asks for them")
        try require(!isOnLoopback || head.isForLoopback, "on loopback metrics are given to this machine alone")
        return true
    }
}
