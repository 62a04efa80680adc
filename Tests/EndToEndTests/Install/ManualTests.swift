import Foundation
import TestSupport
import Testing

/// The pages and completions that the programs tell of themselves, as `scripts/install.sh` installs them.
@Suite struct ManualTests {
    /// What is installed: the manual pages of both programs.
    private func pages(in folder: TemporaryFolder) async throws -> [String] {
        let ending = try await Program.run(
            "/usr/bin/env",
            [
                "python3", Repository.path("scripts/manual.py"), folder.path("man1"), Repository.program,
                BuiltProgram.path("gotorrent-web"),
            ])
        #expect(ending.code == 0, "\(ending.errors)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path("man1")).sorted()
    }

    private static func isThere(_ program: String) -> Bool {
        ["/bin/", "/usr/bin/", "/usr/local/bin/"].contains {
            FileManager.default.isExecutableFile(atPath: $0 + program)
        }
    }

    @Test(.timeLimit(.patience(minutes: 2))) func eachCommandOfTheHelpHasAPage() async throws {
        let folder = try TemporaryFolder()
        let pages = try await pages(in: folder)
        let help = try await Program.gotorrent("--help").output
        let listed = try #require(help.split(separator: "SUBCOMMANDS:").last)
        let commands = listed.matches(of: #/\n  ([a-z]+) /#).map { String($0.output.1) }.filter { $0 != "help" }
        #expect(commands.count >= 16, "\(help)")
        #expect(pages == (["gotorrent-web.1", "gotorrent.1"] + commands.map { "gotorrent-\($0).1" }).sorted())
        for command in commands {
            let page = String(decoding: try #require(folder.read("man1/gotorrent-\(command).1")), as: UTF8.self)
            #expect(page.contains(".SH SYNOPSIS\n\\fBgotorrent \(command)\\fP"))
        }
        // The commands of a command stand in its page, with their options.
        let keys = String(decoding: try #require(folder.read("man1/gotorrent-keys.1")), as: UTF8.self)
        #expect(keys.contains(".SS gotorrent keys sign\n") && keys.contains("\\fB\\-\\-role\\fP \\fIrole\\fP"))
    }

    @Test(.enabled("no man", { isThere("man") && isThere("groff") }), .timeLimit(.patience(minutes: 2)))
    func manHasNothingToSayAboutThem() async throws {
        let folder = try TemporaryFolder()
        for page in try await pages(in: folder) {
            #expect(try await warnings(folder.path("man1/\(page)")) == "", "\(page)")
        }
        // It does look.
        let wrong = try folder.write("wrong.1", ".TH WRONG 1\n.SH NAME\nwrong \\- \\[nothing]\n.TP\n")
        #expect(try await warnings(wrong) != "")
    }

    /// What `man` and groff say of a page.
    private func warnings(_ page: String) async throws -> String {
        try await Program.run(
            "/usr/bin/env", ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page],
            environment: ["LC_ALL": "C.UTF-8", "MANROFFSEQ": "", "MANWIDTH": "80"]
        ).errors
    }

    @Test(arguments: ["gotorrent", "gotorrent-web"]) func everyShellTakesItsCompletions(program: String) async throws {
        let folder = try TemporaryFolder()
        for shell in ["bash", "zsh", "fish"] where Self.isThere(shell) {
            let told = try await Program.run(BuiltProgram.path(program), ["--generate-completion-script", shell])
            #expect(told.code == 0 && told.output.contains(program), "\(told.errors)")
            let script = try folder.write("\(program).\(shell)", told.output)
            let ending = try await Program.run("/usr/bin/env", [shell, "-n", script])
            #expect(ending.code == 0 && ending.errors == "", "\(shell): \(ending.errors)")
        }
    }
}
