/// Waits for descriptors, each known by a number of the caller's, until something can be done with one of them.
///
/// Belongs to one thread. The caller removes a descriptor before closing it.
protocol DescriptorWatch: AnyObject {
    /// Waits for `events` from now on; a descriptor that is not here yet must be waited for by nobody else's number.
    /// - Throws: where the system has no room for another.
    func set(_ descriptor: Int32, _ events: PollEvents, key: Int) throws(ZeroMQError)

    /// Waits for it no longer. Does nothing if it is not here.
    func remove(_ descriptor: Int32)

    /// Waits once.
    /// - Parameters:
    ///   - timeout: in milliseconds; -1 waits for ever.
    ///   - found: called with the number of each descriptor and what it is ready for; `.error` comes unasked.
    func wait(timeout: Int, _ found: (Int, PollEvents) -> Void)
}

/// The system's best way of waiting.
func makeDescriptorWatch() throws(ZeroMQError) -> any DescriptorWatch {
    #if os(Linux)
        try EpollWatch()
    #else
        PollWatch()
    #endif
}
