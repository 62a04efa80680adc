import GossipCore
import Testing

/// The tracker against dictionaries, under random calls.
@Suite struct TrackerModelTests {
    private struct Model {
        var heard: [Int: [Int: UInt64]] = [:]
        let limit: UInt64

        var memberCount: Int { heard.values.reduce(0) { $0 + $1.count } }

        mutating func removeSilent(of torrent: Int, at now: UInt64) {
            heard[torrent] = heard[torrent]?.filter { now - $0.value <= limit }
            if heard[torrent]?.isEmpty == true { heard[torrent] = nil }
        }
    }

    @Test(arguments: UInt64(0)..<12)
    func agreesWithDictionaries(seed: UInt64) {
        var configuration = TrackerConfiguration(cycleInterval: .milliseconds(500))
        (configuration.memberLimit, configuration.totalMemberLimit, configuration.torrentLimit) = (8, 18, 3)
        var tracker = TrackerStateMachine<Int, Int>(
            configuration: configuration, generator: RandomGenerator(seed: seed))
        var model = Model(limit: 10_500)
        var generator = RandomGenerator(seed: seed, stream: 1)
        var now: UInt64 = 0
        for _ in 0..<500 {
            now += UInt64(generator.index(below: 700))
            let (torrent, member) = (generator.index(below: 5), generator.index(below: 12))
            switch generator.index(below: 10) {
            case 0...5:
                let answer = tracker.announce(member, to: torrent, at: .at(now))
                #expect(answer == announce(member, to: torrent, at: now, in: &model, configuration))
            case 6:
                tracker.leave(member, from: torrent)
                model.heard[torrent]?[member] = nil
                if model.heard[torrent]?.isEmpty == true { model.heard[torrent] = nil }
            case 7...8:
                let sample = tracker.sample(of: torrent, at: .at(now))
                model.removeSilent(of: torrent, at: now)
                let members = model.heard[torrent] ?? [:]
                #expect(sample.count == min(3, members.count) && Set(sample).count == sample.count)
                #expect(sample.allSatisfy { members[$0] != nil }, "the sampled live")
            default:
                let before = model.memberCount
                for torrent in 0..<5 { model.removeSilent(of: torrent, at: now) }
                #expect(tracker.removeSilent(at: .at(now)) == before - model.memberCount)
            }
            #expect(tracker.memberCount == model.memberCount && tracker.torrentCount == model.heard.count)
            #expect((0..<5).allSatisfy { tracker.memberCount(of: $0) == model.heard[$0]?.count ?? 0 })
        }
    }

    private func announce(
        _ member: Int, to torrent: Int, at now: UInt64, in model: inout Model, _ limits: TrackerConfiguration
    ) -> TrackerStateMachine<Int, Int>.Announcement {
        let members = model.heard[torrent]
        if members?[member] == nil {
            guard model.memberCount < limits.totalMemberLimit else { return .overloaded }
            guard members.map({ $0.count < limits.memberLimit }) ?? (model.heard.count < limits.torrentLimit) else {
                return .overloaded
            }
        }
        model.heard[torrent, default: [:]][member] = now
        return members?[member] == nil ? .joined : .heardAgain
    }
}
