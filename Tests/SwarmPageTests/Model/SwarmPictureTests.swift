import GossipCore
import GossipWire
import Testing

@testable import SwarmPage

@Suite struct SwarmPictureTests {
    private typealias Bus = SampleBus

    @Test func beforeAnythingWasSaidThereIsAFrameWithNothingInIt() {
        let frame = SwarmPicture(at: Bus.at(0)).frame(at: Bus.at(1))
        #expect(frame.nodes.name == [])
        #expect(frame.map.rows == [])
        #expect(frame.series.cycles == [])
        #expect(frame.clock.cycle == 0)
    }

    @Test func aFrameSaysWhatTheNewestReportsSaid() {
        let frame = Bus.picture([
            Bus.report("seed", cycle: 0, "xxxx", role: .seed), Bus.report("peer1", cycle: 0, "...."),
            Bus.report("peer2", cycle: 0, "...."), Bus.tick(1), Bus.tick(2),
            Bus.report("seed", cycle: 1, "xxxx", role: .seed),
            Bus.report("peer2", cycle: 1, "x..x", useful: 2, redundant: 1, missed: 3),
            Bus.report("peer1", cycle: 1, "xxxx", useful: 4),
        ]).frame(at: Bus.at(0.25))
        #expect(frame.nodes.name == ["seed", "peer1", "peer2"])
        #expect(frame.nodes.held == [4, 4, 2])
        #expect(frame.nodes.state == [.seed, .complete, .working])
        #expect(frame.nodes.useful == [0, 4, 2])
        #expect(frame.map.rows.map(\.cells) == ["9999", "9999", "9009"])
        #expect(frame.map.copies == [3, 2, 2, 3])
        #expect(frame.series.average == [0, 0.75])
        #expect(frame.series.useful == [0, 6])
        #expect(frame.series.missed == [0, 3])
        #expect(frame.totals.complete == 1)
        #expect(frame.totals.peers == 2)
        #expect(
            frame.clock
                == ClockPart(
                    cycle: 2, intervalMilliseconds: 1000, tickAgeMilliseconds: 250, isSilent: false,
                    holdover: 0, newestReport: 1))
    }

    @Test func aReportOfAnOlderCycleChangesNothing() {
        var picture = Bus.picture([Bus.report("peer1", cycle: 5, "xx..", useful: 2)])
        let before = picture.frame(at: Bus.at(0))
        let isNew = picture.take(Bus.report("peer1", cycle: 4, "x...", useful: 1), at: Bus.at(0))
        #expect(!isNew)
        #expect(picture.frame(at: Bus.at(0)) == before)
    }

    @Test func aNodeThatCameBackWithoutItsStoreHoldsLess() {
        let frame = Bus.picture([
            Bus.report("peer1", cycle: 5, "xxx."), Bus.event(.joined, "peer1", cycle: 0),
            Bus.report("peer1", cycle: 0, "...."), Bus.report("peer1", cycle: 6, "...x", useful: 1),
        ]).frame(at: Bus.at(0))
        #expect(frame.nodes.held == [1])
        #expect(frame.map.copies == [0, 0, 0, 1])
        #expect(frame.map.rows.map(\.cells) == ["0009"])
        #expect(frame.series.average.last == 0.25)
    }

    @Test func countsFromBeforeTheFirstReportBelongToNoCycle() {
        let frame = Bus.picture([
            Bus.report("peer1", cycle: 9, "xx..", useful: 200), Bus.report("peer1", cycle: 10, "xxx.", useful: 201),
        ]).frame(at: Bus.at(0))
        #expect(frame.series.cycles == [9, 10])
        #expect(frame.series.useful == [0, 1])
        #expect(frame.series.average == [0.5, 0.75])
        #expect(frame.totals.useful == 201)
    }

    @Test func aStallIsShownWithItsReasonUntilAChunkComes() {
        var picture = Bus.picture([
            Bus.report("peer1", cycle: 3, "x..."), Bus.event(.stalled, "peer1", cycle: 3, reason: "nobody has chunk 2"),
            Bus.report("peer1", cycle: 4, "x..."),
        ])
        #expect(picture.frame(at: Bus.at(0)).nodes.state == [.stalled])
        #expect(picture.frame(at: Bus.at(0)).nodes.note == ["nobody has chunk 2"])
        picture.take(Bus.report("peer1", cycle: 5, "xx.."), at: Bus.at(0))
        #expect(picture.frame(at: Bus.at(0)).nodes.state == [.working])
        #expect(picture.frame(at: Bus.at(0)).nodes.note == [""])
    }

    @Test func whoLeftFailedOrFellSilentIsSaidToHave() {
        let frame = Bus.picture([
            Bus.report("a", cycle: 1, "x..."), Bus.report("b", cycle: 1, "x..."), Bus.report("c", cycle: 1, "x..."),
            Bus.event(.left, "a"), Bus.event(.failed, "b"), Bus.tick(6),
        ]).frame(at: Bus.at(0))
        #expect(frame.nodes.state == [.left, .failed, .silent])
        #expect(frame.nodes.note == ["", "", "for 5 cycles"])
    }

    @Test func nodesThatGoOnWithoutTheClockAreInHoldover() {
        var picture = Bus.picture([Bus.tick(4), Bus.report("a", cycle: 3, "x..."), Bus.report("b", cycle: 3, "x...")])
        #expect(picture.frame(at: Bus.at(0)).clock.holdover == 0)
        picture.take(Bus.report("a", cycle: 4, "x..."), at: Bus.at(5))
        let hasNews = picture.look(at: Bus.at(6))
        #expect(hasNews)
        let clock = picture.frame(at: Bus.at(6)).clock
        #expect(clock.isSilent)
        #expect(clock.holdover == 1)
        #expect(clock.newestReport == 4)
        picture.take(Bus.tick(6), at: Bus.at(7))
        #expect(!picture.frame(at: Bus.at(7)).clock.isSilent)
    }

    @Test func theRateIsThatOfTheLastSeconds() {
        var picture = Bus.picture([Bus.report("a", cycle: 0, "....")])
        picture.take(Bus.report("a", cycle: 1, "x...", bytesReceived: 5_000), at: Bus.at(1))
        picture.take(Bus.report("a", cycle: 2, "xx..", bytesReceived: 10_000), at: Bus.at(2))
        #expect(picture.frame(at: Bus.at(2)).nodes.bytesPerSecond == [5_000])
        #expect(picture.frame(at: Bus.at(2)).totals.bytesPerSecond == 5_000)
    }

    @Test func oneTorrentIsShownAndOthersAreCounted() {
        let messages = [
            Bus.report("a", cycle: 1, "x..."), Bus.report("b", cycle: 1, "xx", torrent: "77aa"),
            Bus.report("c", cycle: 1, "xx", torrent: "77aa"),
        ]
        let first = Bus.picture(messages).frame(at: Bus.at(0))
        #expect(first.torrent == Bus.torrent)
        #expect(first.nodes.name == ["a"])
        #expect(first.otherTorrents == 1)
        var asked = SwarmPicture(torrent: "77A", at: Bus.at(0))
        for message in messages { asked.take(message, at: Bus.at(0)) }
        #expect(asked.frame(at: Bus.at(0)).nodes.name == ["b", "c"])
    }
}
