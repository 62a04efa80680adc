import GossipWire

/// The bus: what anyone may publish.
enum BusTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        guard let message = WireFrames.with(input.frames(), { BusMessage($0) }) else { return false }
        let again = WireFrames.with(message.frames) { BusMessage($0) }
        try require(again == message, "a message of the bus is read as it was written: \(message)")
        guard case .progress(let report) = message else { return true }
        try require((0...1).contains(report.fraction), "nobody holds more than there is: \(report.fraction)")
        return true
    }
}
