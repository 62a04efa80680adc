import GossipCore
import Testing

@Suite struct RandomGeneratorTests {
    /// Computed apart from our code, in Python after the authors' C at prng.di.unimi.it:
    ///
    ///     M = (1 << 64) - 1
    ///     def splitmix(state):
    ///         while True:
    ///             state = (state + 0x9E3779B97F4A7C15) & M
    ///             z = state
    ///             z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
    ///             z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
    ///             yield z ^ (z >> 31)
    ///     def rotl(x, k): return ((x << k) | (x >> (64 - k))) & M
    ///     def xoshiro(s):
    ///         while True:
    ///             yield (rotl(s[1] * 5 & M, 7) * 9) & M
    ///             t = (s[1] << 17) & M
    ///             s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t
    ///             s[3] = rotl(s[3], 45)
    ///     for seed, stream in ((0, 0), (42, 0), (42, 7), (M, M)):
    ///         mix = splitmix(seed ^ next(splitmix(stream)))
    ///         g = xoshiro([next(mix) for _ in range(4)])
    ///         print(seed, stream, [hex(next(g)) for _ in range(4)])
    static let golden: [(seed: UInt64, stream: UInt64, numbers: [UInt64])] = [
        (0, 0, [0xfb54_05f7_bd79_c540, 0x780c_98e2_6cea_5883, 0x2a14_6e09_80fe_bc66, 0x4851_477d_b879_1fca]),
        (42, 0, [0x1ff7_8547_4f11_3b15, 0x4b78_67ce_ff5d_8325, 0x90ca_7a95_a990_9966, 0x9c9e_a6a3_58c5_008f]),
        (42, 7, [0x24bf_b39a_eb00_8c15, 0xd858_489e_7fc0_2496, 0x3dee_be24_0369_64f3, 0x532b_7127_a28f_00a1]),
        (.max, .max, [0x5a24_6258_49ae_f5fa, 0x0177_bf41_6230_5fac, 0x9735_9f05_bc75_e24d, 0x390c_adc8_86fd_df32]),
    ]

    @Test(arguments: golden)
    func theNumbersAreThoseOfTheReference(golden: (seed: UInt64, stream: UInt64, numbers: [UInt64])) {
        var generator = RandomGenerator(seed: golden.seed, stream: golden.stream)
        #expect((0..<4).map { _ in generator.next() } == golden.numbers)
    }

    @Test func seedsAndStreamsDiffer() {
        let generators = (0..<20).flatMap { seed in
            (0..<20).map { RandomGenerator(seed: UInt64(seed), stream: UInt64($0)) }
        }
        let first = generators.map { generator in
            var generator = generator
            return generator.next()
        }
        #expect(Set(first).count == 400)
        #expect(generators[0] == RandomGenerator(seed: 0) && generators[0] != generators[1])
    }

    @Test(arguments: [1, 2, 3, 6, 10, 64, 100])
    func anIndexIsUniform(bound: Int) {
        var generator = RandomGenerator(seed: 9, stream: UInt64(bound))
        let drawn = histogram(of: bound, draws: 20_000) { generator.index(below: bound) }
        #expect(isUniform(drawn, over: Array(0..<bound)))
    }

    @Test func wrongIndicesAreFound() {
        var generator = RandomGenerator(seed: 9)
        func drawn(_ draw: (inout RandomGenerator) -> Int) -> Bool {
            isUniform(histogram(of: 6, draws: 20_000) { draw(&generator) }, over: Array(0..<6))
        }
        #expect(drawn { $0.index(below: 6) })
        #expect(!drawn { $0.index(below: 5) }, "one too few")
        #expect(!drawn { $0.index(below: 7) }, "one too many")
        #expect(!drawn { 1 + $0.index(below: 6) }, "off by one")
        #expect(!drawn { Int($0.next() % 16) % 6 }, "modulo of a range that six does not divide")
        #expect(!drawn { ($0.index(below: 6) + $0.index(below: 6)) / 2 }, "two dice")
    }

    /// 2^64 numbers fall on 3 · 2^61 indices in the pattern 2, 3, 3: without rejection every third is too rare.
    @Test func aBoundNearTheWordsEndIsDrawnWithoutBias() {
        var generator = RandomGenerator(seed: 10)
        let bound = 3 << 61
        let right = histogram(of: 3, draws: 9_000) { generator.index(below: bound) % 3 }
        #expect(isUniform(right, over: [0, 1, 2]))
        let plain = histogram(of: 3, draws: 9_000) {
            Int(generator.next().multipliedFullWidth(by: UInt64(bound)).high % 3)
        }
        #expect(!isUniform(plain, over: [0, 1, 2]))
    }
}
