import ArgumentParser
import GossipNode
import ProgramSupport
import ZeroMQ

struct NewKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make a key pair.",
        discussion: """
            The secret goes to FILE, readable by its owner alone. The line for the allow-list goes to FILE.pub, and the \
            public key to standard output. Neither file is overwritten.
            """)

    @Argument(help: "The file to write the secret to.")
    var file: String

    @Option(help: "What the allow-list calls the key. (default: the file's name, without .key)")
    var name: String?

    @Option(help: "node, monitor or tracker: what the allow-list lets the key do.")
    var role = KeyRole.node

    @Flag(help: "Make the key of a signer of allow-lists.")
    var signer = false

    func validate() throws {
        if signer, name != nil { throw ValidationError("a signer is in no allow-list; leave out --name") }
        if let name, !AllowList.isName(name) {
            throw ValidationError("--name must be 1 to 64 of A–Z a–z 0–9 . _ -")
        }
        if name == nil, !signer, !AllowList.isName(usualName) {
            throw ValidationError("give the key a --name; the file's is none that an allow-list may hold")
        }
    }

    private var usualName: String {
        let last = file.split(separator: "/").last.map(String.init) ?? ""
        return last.hasSuffix(".key") ? String(last.dropLast(4)) : last
    }

    func run() async throws {
        try await Failure.reported {
            if signer {
                let key = KeyFile.signer(ListSigner())
                try key.create(at: file, entry: nil)
                Console.note("\(file): the signer's secret; nodes are given what follows, by --signer")
                Console.result(key.publicHex)
            } else {
                let keys = try CurveKeyPair.generate()
                let entry = AllowList.Entry(key: keys.publicKey, name: name ?? usualName, role: role)
                try KeyFile.curve(keys).create(at: file, entry: entry)
                Console.note("\(file): the secret, for this machine alone; \(file).pub: the allow-list's line")
                Console.result(keys.publicKey.hex)
            }
        }
    }
}

extension KeyRole: ExpressibleByArgument {}
