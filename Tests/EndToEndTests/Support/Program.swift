import Subprocess
import TestSupport

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program that a test started and watches.
struct Program: Sendable {
    let processIdentifier: Int32
    let output = Transcript()
    let errors = Transcript()

    /// How a program ended.
    struct Ending: Sendable {
        /// The exit code; nil where a signal ended it.
        let code: Int32?
        let signal: Int32?
        /// What it wrote to standard output.
        let output: String
        /// What it wrote to standard error.
        let errors: String
    }

    func send(_ signal: Int32) {
        kill(processIdentifier, signal)
    }

    /// Runs the built `gotorrent` to its end; see `run(_:_:in:environment:body:)`.
    @discardableResult
    static func gotorrent(
        _ arguments: String..., in folder: TemporaryFolder? = nil,
        body: @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Ending {
        try await run(Repository.program, arguments, in: folder?.path, body: body)
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - folder: where it runs; nil for where the tests do.
    ///   - environment: what is set on top of the tests' own.
    ///   - body: watches it meanwhile. When this throws, or the test runs out of time, the program is killed.
    static func run(
        _ executable: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
        body: @Sendable (Program) async throws -> Void = { _ in }
    ) async throws -> Ending {
        var updates: [Environment.Key: String?] = [:]
        for (name, value) in environment {
            if let key = Environment.Key(rawValue: name) { updates[key] = value }
        }
        let result = try await Subprocess.run(
            .path(FilePath(executable)), arguments: Arguments(arguments), environment: .inherit.updating(updates),
            workingDirectory: folder.map { FilePath($0) }, input: .none, output: .sequence, error: .sequence
        ) { execution in
            let program = Program(processIdentifier: execution.processIdentifier.value)
            try await withThrowingTaskGroup { group in
                group.addTask { try await collect(execution.standardOutput, program.output) }
                group.addTask { try await collect(execution.standardError, program.errors) }
                try await body(program)
                try await group.waitForAll()
            }
            return (output: await program.output.text, errors: await program.errors.text)
        }
        let texts = result.closureResult
        switch result.terminationStatus {
        case .exited(let code): return Ending(code: code, signal: nil, output: texts.output, errors: texts.errors)
        case .signaled(let signal): return Ending(code: nil, signal: signal, output: texts.output, errors: texts.errors)
        }
    }

    private static func collect(_ sequence: SubprocessOutputSequence, _ transcript: Transcript) async throws {
        do {
            for try await line in sequence.strings() { await transcript.append(line) }
        } catch {
            await transcript.finish()
            throw error
        }
        await transcript.finish()
    }
}
