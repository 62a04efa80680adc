import ArgumentParser

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Make and show the keys of secured swarms, and sign allow-lists.",
        discussion: """
            A key for each machine, made there, and one list of all public keys, the same everywhere:

              gotorrent keys new lab1.key --name lab1            on each machine; makes lab1.key and lab1.key.pub
              cat *.pub > fleet.allow                            of all machines, in one place
              gotorrent seed big.torrent --data big.img --key lab1.key --allow fleet.allow --tracker-key HEX

            Where the fleet changes, a signer's key lets every node take a new list from wherever it comes:

              gotorrent keys new signer.key --signer
              gotorrent keys sign fleet.allow --key signer.key --output fleet.signed
            """,
        subcommands: [NewKeyCommand.self, ShowKeyCommand.self, SignListCommand.self, CheckListCommand.self])
}
