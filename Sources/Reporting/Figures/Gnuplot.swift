import Subprocess

/// Runs gnuplot on scripts that lie in one folder with their data.
package struct Gnuplot: Sendable {
    private let folder: String
    private let program: String

    /// - Parameters:
    ///   - folder: Where the scripts lie, and where they read and write.
    ///   - program: Looked for in PATH.
    package init(in folder: String, program: String = "gnuplot") {
        self.folder = folder
        self.program = program
    }

    /// Writes the scripts, then runs them one after another.
    ///
    /// - Throws: `ReportingError`: a script cannot be written, there is no gnuplot, or it fails. The scripts and the
    ///   data stay for another try.
    func draw(_ scripts: [GnuplotScript]) async throws(ReportingError) {
        for script in scripts { try OutputFile.write(script.text, to: "\(folder)/\(script.name).gnuplot") }
        let names = scripts.map { "\($0.name).gnuplot" }
        for name in names { try await run(name, of: names) }
    }

    private func run(_ script: String, of scripts: [String]) async throws(ReportingError) {
        let status: TerminationStatus
        let said: String
        do {
            // The shell changes to the folder, whatever its name is made of; -d passes over the user's own settings.
            let result = try await Subprocess.run(
                .name("sh"),
                arguments: ["-c", "cd \"$1\" && exec \"$2\" -d \"$3\"", "sh", folder, program, script],
                output: .discarded, error: .string(limit: 1 << 20))
            status = result.terminationStatus
            said = result.standardError
        } catch {
            throw ReportingError(.gnuplotFailed, "cannot run \(program) on \(folder)/\(script): \(error)")
        }
        switch status {
        case .exited(0):
            return
        case .exited(126), .exited(127):
            throw ReportingError(.gnuplotMissing, missing(scripts))
        case .exited, .signaled:
            let reason = said.split(separator: "\n").suffix(5).joined(separator: "\n")
            throw ReportingError(.gnuplotFailed, "gnuplot failed on \(folder)/\(script) (\(status)):\n\(reason)")
        }
    }

    private func missing(_ scripts: [String]) -> String {
        """
        there is no \(program), so there are no figures; everything else is in \(folder)
        Install it (Debian, Ubuntu: sudo apt-get install gnuplot-nox; macOS: brew install gnuplot), then:
            cd \(ShellText.quoted(folder)) && \(scripts.map { "gnuplot \($0)" }.joined(separator: " && "))
        """
    }
}
