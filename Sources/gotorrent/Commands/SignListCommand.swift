import ArgumentParser
import GossipNode
import ProgramSupport

struct SignListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign an allow-list.",
        discussion: """
            Nodes that were given the signer's public key (--signer) take the signed list and no other, and never one \
            with a lower serial than that in force.
            """)

    @Argument(help: "The allow-list; one that is signed already may be signed anew.")
    var list: String

    @Option(help: "The signer's secret key, as gotorrent keys new --signer writes it.")
    var key: String

    @Option(name: [.short, .long], help: "The signed list to write.")
    var output: String

    @Option(help: "The list's serial, higher than that of the one before. (default: seconds since 1970)")
    var serial: UInt64?

    func run() async throws {
        try await Failure.reported {
            let signer = try KeyFile.readSigner(key)
            let list = try AllowListFile(path: list, signer: nil).list
            let number = serial ?? WallClock.secondsSince1970
            if let before = list.serial, number <= before {
                throw UsageError("the serial would be \(number); it must be higher than the list's own, \(before)")
            }
            let text = try signer.sign(list, serial: number)
            try WholeFile.write(Array(text.utf8), to: output)
            Console.note("\(output): \(list.entries.count) keys, serial \(number), signed by \(signer.publicKey)")
        }
    }
}
