import GossipCore
import Testing

@testable import GossipCore

/// How much of the uplink is given out at a time.
@Suite struct UploadWindowTests {
    private func parameters(cycles: Int = 1, percent: Int = 150) -> ExchangeParameters {
        var parameters = ExchangeParameters()
        (parameters.uploadSlots, parameters.leastSlots, parameters.grantChunks) = (16, 2, 4)
        (parameters.windowCycles, parameters.windowPercent) = (cycles, percent)
        return parameters
    }

    /// The sizes after cycles in each of which so many chunks were carried, all of the window being in use.
    private func sizes(_ served: [Int], _ parameters: ExchangeParameters) -> [Int] {
        var window = UploadWindow(parameters)
        return served.map { count in
            for _ in 0..<count { window.noteServed() }
            window.closeCycle(slotsInUse: window.size, parameters)
            return window.size
        }
    }

    @Test func itFollowsWhatIsCarried() {
        #expect(UploadWindow(parameters()).size == 16, "nothing is known at first")
        #expect(sizes([4, 4, 6, 100, 0], parameters()) == [6, 6, 9, 16, 2])
    }

    /// Where a cycle is short, one says little.
    @Test func itIsMeasuredOverAsManyCyclesAsItIsTold() {
        #expect(sizes([1, 1, 1, 3, 3, 3], parameters(cycles: 3)) == [16, 16, 4, 4, 4, 13])
    }

    @Test func ofALongCycleAPartCounts() {
        #expect(sizes([40, 60], parameters(percent: 15)) == [6, 9])
    }

    /// An uplink that nobody wants much of may carry more than it did.
    @Test func aWindowThatIsNotFullTellsNothing() {
        let parameters = parameters()
        var window = UploadWindow(parameters)
        for _ in 0..<3 { window.noteServed() }
        window.closeCycle(slotsInUse: 15, parameters)
        #expect(window.size == 16)
    }

    @Test func fourReceiversShareIt() {
        let parameters = parameters()
        var window = UploadWindow(parameters)
        #expect(UploadWindow.grant(of: window.size, parameters) == 4)
        for _ in 0..<4 { window.noteServed() }
        window.closeCycle(slotsInUse: 16, parameters)
        #expect(window.size == 6 && UploadWindow.grant(of: window.size, parameters) == 1)
    }

    @Test func withoutARangeItIsFixed() {
        #expect(sizes([0, 1, 100], ExchangeParameters()) == [4, 4, 4])
        var one = ExchangeParameters()
        one.uploadSlots = 1
        #expect(sizes([0, 1, 100], one) == [1, 1, 1])
    }
}
