import GossipCore
import GossipWire
import Testing

@testable import SwarmPage

/// Whatever is published, a picture and its frames stay small.
@Suite struct PictureLimitTests {
    private typealias Bus = SampleBus

    @Test func strangersCannotMakeItKeepMoreNodesThanItShows() {
        var picture = SwarmPicture(at: Bus.at(0))
        for node in 0..<SwarmPicture.mostNodes + 500 {
            picture.take(Bus.event(.joined, "joined\(node)"), at: Bus.at(0))
            picture.take(Bus.report("node\(node)", cycle: 1, "x.."), at: Bus.at(0))
        }
        #expect(picture.tracks.count == SwarmPicture.mostNodes)
        #expect(picture.entries.count == SwarmPicture.mostEntries)
        let frame = picture.frame(at: Bus.at(0))
        #expect(frame.nodes.name.count == NodesPart.mostRows)
        #expect(frame.nodes.hidden > 0)
        #expect(frame.map.rows.count == MapPart.mostRows)
        #expect(frame.json.count < 200_000)
    }

    @Test func nodesBeyondTheRowsAreInGroupsThatHoldAllOfThem() {
        var picture = SwarmPicture(at: Bus.at(0))
        for node in 0..<500 {
            picture.take(Bus.report("n\(node)", cycle: 1, node < 250 ? "xx" : ".x"), at: Bus.at(0))
        }
        let map = picture.frame(at: Bus.at(0)).map
        #expect(map.rows.count == MapPart.mostRows)
        #expect(map.rows.reduce(0) { $0 + $1.nodes } == 500)
        #expect(map.copies == [250, 500])
        #expect(map.rows.first?.cells == "99")
        #expect(map.rows.last?.cells == "09")
    }

    @Test func ofVeryManyChunksSetsAreNotKept() {
        let count = Int(ChunkCopies.mostChunks) + 8
        let art = String(repeating: "x", count: count / 2) + String(repeating: ".", count: count - count / 2)
        let picture = Bus.picture([Bus.report("a", cycle: 1, art)])
        #expect(picture.tracks["a"]?.held == nil)
        #expect(picture.copies == nil)
        let map = picture.frame(at: Bus.at(0)).map
        #expect(map.rows.map(\.cells) == [nil])
        #expect(map.rows.map(\.fraction) == [0.5])
        #expect(map.copies == nil)
    }

    @Test func whereTheBusTellsNoChunksTheMapSaysHowManyAlone() {
        let map = Bus.picture([
            Bus.report("seed", cycle: 1, "xxxx", role: .seed, hasBitfield: false),
            Bus.report("a", cycle: 1, "x...", hasBitfield: false),
            Bus.report("b", cycle: 1, "....", hasBitfield: false),
        ]).frame(at: Bus.at(0)).map
        #expect(map.rows.map(\.cells) == ["9999", nil, "0000"])
        #expect(map.rows.map(\.fraction) == [1, 0.25, 0])
        #expect(map.copies == nil)
    }

    @Test func aReportOfAnotherFileUnderTheSameNameIsNotBelieved() {
        var picture = Bus.picture([Bus.report("a", cycle: 1, "xx..")])
        let isBelieved = picture.take(Bus.report("a", cycle: 2, "xxxxxxxx"), at: Bus.at(0))
        #expect(!isBelieved)
        #expect(picture.frame(at: Bus.at(0)).nodes.held == [2])
    }

    @Test func aFullAndAnEmptyFileHaveFrames() {
        let empty = Bus.picture([Bus.report("a", cycle: 1, "")]).frame(at: Bus.at(0))
        #expect(empty.map.columns == 0)
        #expect(empty.map.rows.map(\.fraction) == [1])
        #expect(empty.nodes.state == [.complete])
    }
}
