import ArgumentParser
import GossipNode
import Logging
import Metainfo
import ProgramSupport
import Topology

/// Turns what went wrong into a message and an exit code: 1 failed, 2 wrong usage or bad input file, 130 interrupted.
enum Failure {
    static let badInput = ExitCode(2)
    static let interrupted = ExitCode(130)

    /// Runs a command's work; its errors go to standard error, as a line of the log where that is of JSON.
    static func reported<Result>(
        as format: LogFormat = .text, _ body: () async throws -> Result
    ) async throws -> Result {
        func tell(_ error: any Error) {
            guard format == .json else { return Console.error("\(error)") }
            Console.note(
                LogLine(time: WallClock.now, level: .critical, logger: "gotorrent", message: "\(error)").json)
        }
        do {
            return try await body()
        } catch let error as ExitCode {
            throw error
        } catch is Interruption {
            throw interrupted
        } catch let error as MetafileError {
            tell(error)
            throw badInput
        } catch let error as FileSelectionError {
            tell(error)
            throw badInput
        } catch let error as TopologyError {
            tell(error)
            throw badInput
        } catch let error as NodeError where error.code == .security {
            tell(error)
            throw badInput
        } catch let error as UsageError {
            tell(error)
            throw badInput
        } catch {
            tell(error)
            throw ExitCode.failure
        }
    }
}

/// Options that cannot be, found after parsing.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
