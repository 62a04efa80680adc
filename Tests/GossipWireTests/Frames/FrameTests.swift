import GossipWire
import Testing

@Suite struct FrameTests {
    @Test func integersAreBigEndianAndOfTheirWidth() {
        #expect(UInt32(0x0102_0304).frame == [1, 2, 3, 4])
        #expect(UInt64(258).frame == [0, 0, 0, 0, 0, 0, 1, 2])
        WireFrames.with([[1, 2, 3, 4], [0, 0, 0, 0, 0, 0, 1, 2], []]) { frames in
            #expect(frames.integer(0, as: UInt32.self) == 0x0102_0304)
            #expect(frames.integer(1, as: UInt64.self) == 258)
            #expect(frames.integer(0, as: UInt64.self) == nil && frames.integer(1, as: UInt32.self) == nil)
            #expect(frames.integer(2, as: UInt32.self) == nil)
        }
    }

    @Test func framesBeyondTheLastAreEmpty() {
        WireFrames.with([[1]]) { frames in
            #expect(frames.count == 1 && frames.bytes(0) == [1] && frames.bytes(1) == [])
            #expect(frames.frame(0, equals: [1]) && !frames.frame(0, equals: [1, 2]) && frames.frame(9, equals: []))
        }
        WireFrames.with([]) { #expect($0.count == 0) }
    }

    @Test func theBodysErrorComesOut() {
        struct Stop: Error {}
        #expect(throws: Stop.self) { try WireFrames.with([[1]]) { _ in throw Stop() } }
    }

    @Test func hexBothWays() {
        let all = (0...255).map { UInt8($0) }
        #expect([UInt8](hex: all.hex) == all && [UInt8](hex: all.hex.uppercased()) == all)
        #expect([0x0F, 0xA0].hex == "0fa0" && [UInt8]().hex == "")
        #expect([UInt8](hex: "") == [])
    }

    @Test(arguments: ["0", "abc", "0g", "g0", "0x", " 0", "0 ", "ａ0", "/0", ":0", "@0", "`0"])
    func whatIsNoHexIsRefused(text: String) {
        #expect([UInt8](hex: text) == nil)
    }

    @Test func aTorrentHasOneToSixtyFourBytes() {
        #expect(TorrentID([]) == nil && TorrentID(Array(repeating: 0, count: 65)) == nil)
        #expect(TorrentID([7])?.description == "07")
        #expect(TorrentID(Array(repeating: 0xAB, count: 64))?.bytes.count == 64)
    }
}
