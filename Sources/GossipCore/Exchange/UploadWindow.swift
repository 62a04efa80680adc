/// How many chunks may be granted, wanted or on their way out at once: as many as the uplink carries in a short time.
///
/// More than that only waits, and what waits was chosen early, by receivers that could have had it from others
/// meanwhile. So the window follows what the uplink was seen to carry (the idea of TCP Vegas: Brakmo, Peterson, *TCP
/// Vegas: end to end congestion avoidance*, 1995), with room to see that it carries more.
struct UploadWindow: Equatable, Sendable {
    private(set) var size: Int
    private var served = 0
    private var cycles = 0
    /// Whether the whole window was in use at each tick lately: only then what was carried says what can be.
    private var isFull = true

    init(_ parameters: ExchangeParameters) {
        size = parameters.uploadSlots
    }

    /// What one grant is for, so that four receivers share a window.
    static func grant(of size: Int, _ parameters: ExchangeParameters) -> Int {
        min(parameters.grantChunks, max(1, size / 4))
    }

    /// Cycles have another length from now on: what was counted so far is of no use.
    mutating func measureAnew() { (served, cycles, isFull) = (0, 0, true) }

    /// A chunk was carried.
    mutating func noteServed() { served += 1 }

    /// A cycle is over.
    /// - Parameter slotsInUse: chunks granted, wanted or on their way out.
    mutating func closeCycle(slotsInUse: Int, _ parameters: ExchangeParameters) {
        cycles += 1
        isFull = isFull && slotsInUse >= size
        guard cycles >= parameters.windowCycles else { return }
        if isFull {
            let carried = served * parameters.windowPercent / 100
            size = min(parameters.uploadSlots, max(carried, min(parameters.leastSlots, parameters.uploadSlots)))
        }
        measureAnew()
    }
}
