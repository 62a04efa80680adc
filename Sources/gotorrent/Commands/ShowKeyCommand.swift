import ArgumentParser
import GossipNode
import ProgramSupport

struct ShowKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the public key of a key file, 64 hex digits.")

    @Argument(help: "The file with the secret key.")
    var file: String

    func run() async throws {
        try await Failure.reported { Console.result(try KeyFile.read(file).publicHex) }
    }
}
