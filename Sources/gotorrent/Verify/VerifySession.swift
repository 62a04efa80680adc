import ArgumentParser
import GossipNode
import Logging
import Metainfo
import ProgramSupport

/// `gotorrent get --verify-only`: hashes what is in a folder, and says what it found.
struct VerifySession: Sendable {
    /// One after the other.
    let transfers: [PeerTransfer]
    let folder: String
    let selection: FileSelection
    let display: ProgressDisplay
    let security: SecurityOptions

    /// - Throws: `ExitCode.failure` where anything is missing or damaged, once that is said; what went wrong where there
    ///   is but one torrent.
    func run() async throws {
        let reports = try await Interruption.stopping {
            let setup = try security.setup()
            return try await NodeRuntime.with(setup, log: Logger(label: "get")) { runtime in
                try await display.showing {
                    var reports: [Result<(lines: [String], isWhole: Bool), any Error>] = []
                    for transfer in transfers {
                        do {
                            reports.append(.success(try await verify(transfer, setup, runtime)))
                        } catch  where !Task.isCancelled && transfers.count > 1 {
                            reports.append(.failure(error))
                        }
                    }
                    return reports
                }
            }
        }
        for (transfer, report) in zip(transfers, reports) {
            switch report {
            case .success(let report): for line in report.lines { Console.result(line) }
            case .failure(let error): Console.error("\(transfer.text): \(error)")
            }
        }
        let isWhole = reports.allSatisfy { (try? $0.get())?.isWhole == true }
        if !isWhole { throw ExitCode.failure }
    }

    private func verify(
        _ transfer: PeerTransfer, _ setup: SecuritySetup?, _ runtime: NodeRuntime
    ) async throws -> (lines: [String], isWhole: Bool) {
        // What a download with proofs knows so far is all that it can be verified by without the tracker.
        let metafile = try await transfer.torrent.metafile(
            keptIn: folder, security: try transfer.security(setup), keeps: false, usesKeptInfo: true, runtime)
        let wanted = try selection.files(of: metafile)
        let reporter = HashingReporter(metafile.name, display)
        defer { reporter.finish() }
        let findings = try await ChunkAudit(metafile, workers: runtime.workers).run(in: folder, wanted: wanted) {
            reporter.note($0, of: $1)
        }
        return (VerifyReport(metafile, findings, folder: folder).lines, findings.isWhole)
    }
}
