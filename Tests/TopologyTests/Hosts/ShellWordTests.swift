import Subprocess
import Testing

@testable import Topology

@Suite struct ShellWordTests {
    @Test(arguments: [
        ("lab1", "lab1"), ("student@lab1", "student@lab1"), ("/var/tmp/x-1.2", "/var/tmp/x-1.2"), ("", "''"),
        ("two words", "'two words'"), ("it's", #"'it'\''s'"#), ("$HOME", "'$HOME'"), ("~", "'~'"), ("a;b", "'a;b'"),
        ("'", #"''\'''"#),
    ])
    func whatAShellWouldChangeIsQuoted(text: String, word: String) {
        #expect(ShellWord.quoted(text) == word)
    }

    /// The shell itself is asked what it makes of them.
    @Test(arguments: [
        "plain", "", " ", "a b", "'", "''", "\"", "\\", "\\\\'", "$(reboot)", "`id`", "$HOME", "*", "~", "a\nb", "\t",
        "!!",
        "#x", "&", "ä€𝄞", "-n", "a'b'c", "%s\\n",
    ])
    func aShellReadsBackWhatWasQuoted(text: String) async throws {
        let result = try await run(
            .name("sh"), arguments: ["-c", "printf '%s|' \(ShellWord.line([text, "end"]))"],
            output: .string(limit: 4096))
        #expect(result.standardOutput == "\(text)|end|")
    }
}
