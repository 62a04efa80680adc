import ArgumentParser
import GossipNode
import ProgramSupport

struct CheckListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check an allow-list, and its signature where a signer is given.")

    @Argument(help: "The allow-list.")
    var list: String

    @Option(help: "The signer's public key, 64 hex digits.")
    var signer: String?

    func validate() throws {
        if let signer, SignerKey(hex: signer) == nil {
            throw ValidationError("--signer must be 64 hex digits, as gotorrent keys show prints them")
        }
    }

    func run() async throws {
        try await Failure.reported {
            let list = try AllowListFile(path: list, signer: signer.flatMap { SignerKey(hex: $0) }).list
            for entry in list.entries { Console.result(entry.line) }
            Console.note("\(list.entries.count) keys" + (list.serial.map { ", serial \($0)" } ?? ""))
        }
    }
}
