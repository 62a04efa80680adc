import ZeroMQ

/// What other threads have to tell an event loop, in the order in which they told it.
///
/// A descriptor becomes readable when there is something: the loop waits for it like for a socket, and takes all at once.
final class Mailbox<Letter: Sendable>: Sendable {
    private let letters = Lock<[Letter]>([])
    private let wakeup: Wakeup

    init() throws(NodeError) {
        do throws(ZeroMQError) {
            wakeup = try Wakeup()
        } catch {
            throw NodeError(.resources, "no mailbox: \(error)")
        }
    }

    /// What the loop waits for.
    var fileDescriptor: Int32 { wakeup.readDescriptor }

    /// Tells the loop something; on any thread.
    func add(_ letter: Letter) {
        let isFirst = letters.withLock { letters in
            letters.append(letter)
            return letters.count == 1
        }
        if isFirst { wakeup.signal() }
    }

    /// Takes out what was told, in order.
    func removeAll() -> [Letter] {
        // First, so that what is told from here on is told by another signal.
        wakeup.drain()
        return letters.withLock { letters in
            defer { letters.removeAll(keepingCapacity: true) }
            return letters
        }
    }
}
