import Logging
import ZeroMQ

/// Answers libzmq's question who may connect, for all sockets of a context, and keeps the allow-list up to date.
///
/// Opened before the first secured socket binds, and closed after the last of them.
package actor GateKeeper {
    /// How often the list's file is looked at.
    package static let watchInterval = Duration.seconds(2)
    /// Keys that are named in the log when they are refused; what comes after so many is counted alone.
    package static let namedLimit = 1_000

    private nonisolated let loop: EventLoop
    private let context: Context
    private let gate: AccessGate
    private let interval: Duration
    private let log: Logger
    private var file: AllowListFile?
    private var authenticator: Authenticator?
    private var timer: TimerToken?
    /// Who was refused where, and named in the log: once each.
    private var named: Set<String> = []

    package nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - file: where the gate's list came from, to be watched; nil of one that does not change.
    ///   - context: outlives the keeper.
    ///   - loop: where the nodes are that it guards, or another; outlives the keeper.
    package init(
        _ gate: AccessGate, watching file: AllowListFile?, every interval: Duration = GateKeeper.watchInterval,
        context: Context, loop: EventLoop, log: Logger
    ) {
        self.gate = gate
        self.file = file
        self.interval = interval
        self.context = context
        self.loop = loop
        self.log = log
    }

    /// From here on handshakes are answered.
    /// - Throws: `NodeError` where another keeper guards the context.
    package func open() throws(NodeError) {
        do throws(ZeroMQError) {
            authenticator = try Authenticator(in: context, on: loop) { [unowned self] request in
                let decision = gate.decide(request)
                if decision == .deny || decision == .denyForNow { assumeIsolated { $0.noteRefused(request) } }
                return decision
            }
        } catch {
            throw NodeError(.network, "cannot guard the sockets: \(error)")
        }
        watch()
    }

    /// Handshakes that were refused.
    package var deniedCount: Int { authenticator?.deniedCount ?? 0 }

    package func close() {
        if let timer { loop.cancel(timer) }
        timer = nil
        authenticator?.stop()
        authenticator = nil
    }

    private func noteRefused(_ request: AuthenticationRequest) {
        let key = request.publicKey?.hex ?? "none"
        guard named.count < Self.namedLimit, named.insert("\(key) \(request.domain)").inserted else { return }
        log.notice(
            "refused", metadata: ["key": "\(key)", "address": "\(request.address)", "port": "\(request.domain)"])
    }

    private func watch() {
        guard file != nil else { return }
        timer = loop.schedule(after: interval) { [unowned self] in
            assumeIsolated { keeper in
                keeper.refresh()
                keeper.watch()
            }
        }
    }

    private func refresh() {
        do throws(NodeError) {
            guard try file?.refresh() == true, let list = file?.list else { return }
            gate.replace(list)
            log.notice(
                "allow-list read again",
                metadata: ["keys": "\(list.entries.count)", "serial": "\(list.serial.map(String.init) ?? "none")"])
        } catch {
            log.error("allow-list not taken; the one before stays", metadata: ["error": "\(error)"])
        }
    }
}
