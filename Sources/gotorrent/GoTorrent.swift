import ArgumentParser
import ProgramSupport

/// The program: one command for each thing that a person or a topology starts.
@main
struct GoTorrent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gotorrent",
        abstract: "Copies a file from one machine to many by gossip, over ZeroMQ.",
        discussion: """
            The classic experiment, one tracker, one seed and five peers on this machine:

              gotorrent run topology.yaml

            A file for other machines; it prints the line to type there:

              gotorrent share big.img

            By hand, each line in a terminal of its own:

              gotorrent tracker --bind tcp://127.0.0.1:6969 --expect 2
              gotorrent create Samples/GOTORRENT.txt --chunk-size 1 --tracker tcp://127.0.0.1:6969 --output g.torrent
              gotorrent seed g.torrent --data Samples/GOTORRENT.txt
              gotorrent get g.torrent --output downloads
              gotorrent monitor tcp://127.0.0.1:6970
            """,
        version: Version.description(of: "gotorrent"),
        subcommands: [
            RunCommand.self, ShareCommand.self, TrackerCommand.self, CreateCommand.self, SeedCommand.self,
            GetCommand.self, KeysCommand.self,
            MonitorCommand.self, SimulateCommand.self, ExperimentCommand.self, TortureCommand.self,
            ReplayCommand.self, OverlayCommand.self, ExportCommand.self, StatusCommand.self, StopCommand.self,
            AgentCommand.self,
        ])

    static func main() async {
        Console.requireArguments()
        await main(AddressArgument.completed(Array(CommandLine.arguments.dropFirst())))
    }
}
