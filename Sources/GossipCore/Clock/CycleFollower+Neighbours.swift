/// Time without a clock: begun by oneself, told to neighbours, learnt from them.
extension CycleFollower {
    /// Neighbours' cycles above this are not believed, as the clock itself does not believe them.
    private static let greatestCycle: Cycle = 1 << 52

    /// Begins to count by itself: no clock was ever heard, and none is to be expected.
    /// - Parameters:
    ///   - interval: Δ, above zero.
    ///   - now: when the first cycle begins.
    /// - Returns: the cycle that begins; nil where there is one already.
    public mutating func startAlone(interval: TimeSpan, at now: TimePoint) -> Cycle? {
        precondition(interval.nanoseconds > 0, "an interval is above zero")
        guard reference == nil else { return nil }
        self.interval = interval
        reference = (1, now, false)
        isInHoldover = true
        cycle = 1
        return 1
    }

    /// What this node tells its neighbours of its time; nil before its first cycle.
    public func reading(at now: TimePoint) -> CycleReading? {
        guard cycle > 0, let interval, let reference else { return nil }
        let begun = reference.at + interval * (cycle >= reference.cycle ? cycle - reference.cycle : 0)
        // One whose next tick is late, or lost, says no more than that the cycle is all but over.
        let elapsed = min(now.since(begun), TimeSpan(nanoseconds: interval.nanoseconds - 1))
        return CycleReading(cycle: cycle, elapsed: elapsed, interval: interval)
    }

    /// A neighbour told its time. In holdover, and where no clock was ever heard, it counts if it is ahead of our own.
    ///
    /// A reading is older than its arrival tells, so that nobody runs ahead of the fastest by listening to others.
    /// - Returns: the cycle that begins; nil where it is ours already.
    public mutating func neighbourHeard(_ reading: CycleReading, at now: TimePoint) -> Cycle? {
        guard reading.interval.nanoseconds > 0, (1...Self.greatestCycle).contains(reading.cycle),
            reading.elapsed < reading.interval, !hearsClock(at: now),
            !hasHeardClock || reading.interval == interval, now.nanoseconds >= reading.elapsed.nanoseconds,
            isAhead(reading, at: now)
        else { return nil }
        interval = reading.interval
        reference = (reading.cycle, TimePoint(nanoseconds: now.nanoseconds - reading.elapsed.nanoseconds), false)
        isInHoldover = true
        guard reading.cycle > cycle else { return nil }
        cycle = reading.cycle
        return cycle
    }

    private func hearsClock(at now: TimePoint) -> Bool {
        guard let interval, let reference, reference.isTick else { return false }
        return now < reference.at + interval * Self.patienceIntervals
    }

    private func isAhead(_ reading: CycleReading, at now: TimePoint) -> Bool {
        guard let own = self.reading(at: now), reading.cycle <= own.cycle else { return true }
        return reading.cycle == own.cycle && reading.elapsed > own.elapsed
    }
}
