import Testing

@testable import GossipCore

/// The members of a torrent against a dictionary, while crowds form and dissolve.
@Suite struct TorrentMembersModelTests {
    @Test(arguments: UInt64(0)..<8)
    func agreeWithADictionary(seed: UInt64) {
        var members = TorrentMembers<Int>()
        var model: [Int: (origin: MemberOrigin, heard: UInt64)] = [:]
        var generator = RandomGenerator(seed: seed)
        var now: UInt64 = 0
        var favourite: UInt64 = 1
        for step in 0..<3_000 {
            now += UInt64(generator.index(below: 3))
            if step % 300 == 0 { favourite = UInt64(generator.index(below: 4)) }
            let member = generator.index(below: 120)
            if generator.index(below: 10) < 7 {
                let isFavoured = generator.index(below: 4) > 0
                let origin = MemberOrigin(rawValue: isFavoured ? favourite : UInt64(generator.index(below: 4)))
                members.hear(member, from: origin, at: .at(now))
                model[member] = (model[member]?.origin ?? origin, now)
            } else if generator.index(below: 10) < 8 {
                #expect(members.remove(member) == model.removeValue(forKey: member)?.origin)
            } else {
                let since = now - min(now, 60)
                let silent = model.filter { $0.value.heard < since }
                #expect(members.removeSilent(since: .at(since)).count == silent.count)
                for member in silent.keys { model[member] = nil }
            }
            #expect(members.count == model.count)
            #expect(members.origin(of: member) == model[member]?.origin)
            #expect(members.oldestHearing == model.values.map(\.heard).min().map { .at($0) })
            for origin in UInt64(1)..<4 {
                let origin = MemberOrigin(rawValue: origin)
                #expect(members.count(from: origin) == model.values.count { $0.origin == origin })
            }
            let size = generator.index(below: 12)
            let sample = members.sample(size, using: &generator)
            #expect(sample.count == min(size, model.count) && Set(sample).count == sample.count)
            #expect(sample.allSatisfy { model[$0] != nil })
        }
    }
}
