import ArgumentParser
import GossipNode
import Metainfo

/// `gotorrent get --verify-only`: hashes what is in a folder, and says what it found.
struct VerifySession: Sendable {
    let torrent: TorrentArgument
    let folder: String
    let display: ProgressDisplay

    /// - Throws: `ExitCode.failure` where anything is missing or damaged, once that is said.
    func run() async throws {
        let isWhole = try await Interruption.stopping {
            try await NodeRuntime.with { runtime in
                let metafile = try await torrent.metafile(keptIn: folder, keeps: false, runtime)
                let reporter = HashingReporter(metafile.name, display)
                let findings = try await display.showing {
                    defer { reporter.finish() }
                    return try await ChunkAudit(metafile, workers: runtime.workers).run(in: folder) {
                        reporter.note($0, of: $1)
                    }
                }
                for line in VerifyReport(metafile, findings, folder: folder).lines { Console.result(line) }
                return findings.isWhole
            }
        }
        if !isWhole { throw ExitCode.failure }
    }
}
