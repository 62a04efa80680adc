import ArgumentParser
import GossipNode
import Metainfo
import ProgramSupport
import Topology

/// Turns what went wrong into a message and an exit code: 1 failed, 2 wrong usage or bad input file, 130 interrupted.
enum Failure {
    static let badInput = ExitCode(2)
    static let interrupted = ExitCode(130)

    /// Runs a command's work; its errors go to standard error.
    static func reported<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as ExitCode {
            throw error
        } catch is Interruption {
            throw interrupted
        } catch let error as MetafileError {
            Console.error("\(error)")
            throw badInput
        } catch let error as FileSelectionError {
            Console.error("\(error)")
            throw badInput
        } catch let error as TopologyError {
            Console.error("\(error)")
            throw badInput
        } catch let error as NodeError where error.code == .security {
            Console.error("\(error)")
            throw badInput
        } catch let error as UsageError {
            Console.error("\(error)")
            throw badInput
        } catch {
            Console.error("\(error)")
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
