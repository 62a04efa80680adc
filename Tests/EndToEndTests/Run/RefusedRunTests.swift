import TestSupport
import Testing

/// Runs that cannot begin: exit code 1 where the machine says no, 64 where the command line is wrong.
@Suite struct RefusedRunTests {
    /// The tracker's own port, and the first of the two that the bus takes above it.
    ///
    /// One after the other: the system likes to give neighbouring ports to those who ask at the same time.
    @Test(.timeLimit(.patience(minutes: 5)), .serialized, arguments: [0, 1])
    func aPortInUseIsNamed(distance: UInt16) async throws {
        let taken = try TakenPort()
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 1)
        let ending = try await swarm.run("--port", "\(taken.number - distance)")
        #expect(ending.code == 1)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.contains("tracker ended"), "\(ending.errors)")
        #expect(ending.errors.contains("Address already in use"), "\(ending.errors)")
        #expect(ending.errors.contains(":\(taken.number)"), "\(ending.errors)")
    }

    @Test(.timeLimit(.patience(minutes: 5))) func anOutputThatIsAFileIsNamed() async throws {
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 1)
        for output in [swarm.folder.path("text.txt"), swarm.folder.path("text.txt/run")] {
            let ending = try await Program.gotorrent("run", swarm.folder.path("topology.yaml"), "--output", output)
            #expect(ending.code == 1)
            #expect(ending.errors.contains(swarm.folder.path("text.txt")), "\(ending.errors)")
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func anOutputThatIsNotEmptyStaysAsItIs() async throws {
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 1)
        let ending = try await Program.gotorrent(
            "run", swarm.folder.path("topology.yaml"), "--output", swarm.folder.path)
        #expect(ending.code == 1)
        #expect(ending.errors.contains("is not empty"), "\(ending.errors)")
        #expect(!swarm.folder.exists("summary.json"))
    }

    @Test(.timeLimit(.patience(minutes: 5))) func tooManyChunksToBeCodedAreToldBeforeAnythingStarts() async throws {
        let swarm = try SwarmFolder(Array(repeating: UInt8(7), count: 256), peerCount: 1)
        let ending = try await swarm.run("--chunk-selection", "coded", "--port", "0")
        #expect(ending.code == 2)
        #expect(ending.errors.contains("text.txt: the selection coded takes files of at most 255"), "\(ending.errors)")
        #expect(!swarm.folder.exists("run"))
        let simulated = try await Program.gotorrent("simulate", "--chunk-selection", "coded", "--chunks", "300")
        #expect(simulated.code == 2 && simulated.errors.contains("and this one has 300"), "\(simulated.errors)")
    }

    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: [
            ["run"], ["run", "a.yaml", "--fanuot", "2"], ["rnu"], ["tracker", "--sample-size", "0"],
            ["create", "file", "--tracker", "nowhere", "--output", "x.torrent"], ["get", "x.torrent"],
            ["seed", "x.torrent", "--data", "file", "--style", "flood"],
        ])
    func wrongUsageIsTold(arguments: [String]) async throws {
        let ending = try await Program.run(Repository.program, arguments)
        #expect(ending.code == 64)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.contains("Usage:"), "\(ending.errors)")
    }

    @Test(
        .timeLimit(.patience(minutes: 5)),
        arguments: ["run", "tracker", "create", "seed", "get", "monitor", "simulate", "experiment"])
    func everyCommandHasHelp(command: String) async throws {
        let ending = try await Program.gotorrent(command, "--help")
        #expect(ending.code == 0)
        #expect(ending.errors.isEmpty)
        #expect(ending.output.contains("USAGE: gotorrent \(command)"))
    }
}
