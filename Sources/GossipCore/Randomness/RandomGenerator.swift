/// The core's only source of randomness: xoshiro256**, seeded through SplitMix64.
///
/// The generator and every draw below are ours, so that a seed gives the same run in every later version of the
/// toolchain; the standard library's `random(in:using:)` and `shuffled(using:)` make no such promise.
///
/// Source: Blackman and Vigna, *Scrambled linear pseudorandom number generators*, ACM TOMS 47 (2021).
public struct RandomGenerator: Equatable, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// - Parameters:
    ///   - seed: any number; equal seeds give equal sequences.
    ///   - stream: tells apart the generators of one run, such as those of its nodes.
    public init(seed: UInt64, stream: UInt64 = 0) {
        // The stream is scrambled before it meets the seed, so that (seed, stream + 1) and (seed + 1, stream) differ.
        var mixer = SplitMix64(state: stream)
        mixer = SplitMix64(state: seed ^ mixer.next())
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let result = Self.rotate(state.1 &* 5, left: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotate(state.3, left: 45)
        return result
    }

    /// A uniform index from 0 up to but not including `bound`, without bias.
    ///
    /// Source: Lemire, *Fast random integer generation in an interval*, ACM TOMACS 29 (2019), algorithm 5.
    /// - Parameter bound: at least 1.
    public mutating func index(below bound: Int) -> Int {
        precondition(bound > 0, "an index is drawn from at least one")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold {
                product = next().multipliedFullWidth(by: bound)
            }
        }
        return Int(product.high)
    }

    public static func == (left: RandomGenerator, right: RandomGenerator) -> Bool {
        left.state == right.state
    }

    private static func rotate(_ value: UInt64, left count: UInt64) -> UInt64 {
        (value << count) | (value >> (64 - count))
    }
}

/// The generator that spreads a seed over a larger state.
///
/// Source: Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
