import GossipCore
import GossipWire

extension CodedVector {
    /// The coefficients in hex, two digits a chunk: `0102000000000000ff`.
    var traceText: String { coefficients.isEmpty ? "-" : coefficients.hex }

    init(trace words: inout TraceWords) throws(TraceWords.Fault) {
        let expected = "coefficients in hex"
        let word = try words.word(expected)
        if word == "-" {
            self.init([])
            return
        }
        guard !word.isEmpty, let coefficients = [UInt8](hex: word[...]) else { throw TraceWords.fault(word, expected) }
        self.init(coefficients)
    }
}
