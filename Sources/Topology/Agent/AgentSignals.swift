import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The signals of an agent: TERM and INT end it in good order; a connection that goes away is noticed otherwise.
enum AgentSignals {
    private static let ending = Atomic<Bool>(false)

    static var cameToEnd: Bool { ending.load(ordering: .relaxed) }

    static func install() {
        // Touched before a handler can be the first to: making it is nothing for a handler.
        ending.store(false, ordering: .relaxed)
        signal(SIGPIPE, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        for number in [SIGTERM, SIGINT] {
            signal(number) { _ in AgentSignals.ending.store(true, ordering: .relaxed) }
        }
    }
}
