import GossipCore
import Testing

@Suite struct SampleWatchTests {
    /// Answers as `3` for three others, `2+` for one other and us; `!` where the node must take itself for forgotten.
    @Test(arguments: [
        "0!", "1+ 1+", "3 3 3+ 3", "3 2!", "3 2! 2 1!", "3 0! 0! 0!", "2 3 2+ 3", "3 2+ 3 1!", "1 2 3 2! 3+ 3",
    ])
    func aShortAnswerWithoutUsMeansForgotten(story: String) {
        var watch = SampleWatch()
        for word in story.split(separator: " ") {
            let count = Int(word.prefix(1)) ?? 0
            let isForgotten = watch.isForgotten(count: count, namesUs: word.contains("+"))
            #expect(isForgotten == word.contains("!"), "\(word) of \(story)")
        }
    }

    /// Whoever is a member is never taken for forgotten, whatever the sample size and whoever comes and goes.
    @Test func aMemberIsNeverForgotten() {
        var generator = RandomGenerator(seed: 1)
        for sampleSize in 1...5 {
            var watch = SampleWatch()
            var members = 1
            for _ in 0..<2_000 {
                members = max(1, members + generator.index(below: 3) - 1)
                let sample = generator.distinctIndices(sampleSize, below: members)
                let isForgotten = watch.isForgotten(count: sample.count, namesUs: sample.contains(0))
                #expect(!isForgotten)
            }
        }
    }
}
