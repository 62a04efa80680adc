import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs that cannot begin: exit code 1 where the machine says no, 64 where the command line is wrong.
@Suite struct RefusedRunTests {
    /// A port that somebody else listens at while the value lives.
    ///
    /// It is below those that systems give to connections, and the port before it is free.
    private final class TakenPort: Sendable {
        let number: UInt16
        private let descriptor: Int32

        init() throws {
            let taken = (0..<100).lazy.compactMap { _ -> (UInt16, Int32)? in
                let number = UInt16.random(in: 10_001..<32_000)
                guard let before = Self.listener(at: number - 1) else { return nil }
                close(before)
                return Self.listener(at: number).map { (number, $0) }
            }.first
            (number, descriptor) = try #require(taken)
        }

        deinit { close(descriptor) }

        private static func listener(at port: UInt16) -> Int32? {
            #if canImport(Glibc)
                let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            #else
                let descriptor = socket(AF_INET, SOCK_STREAM, 0)
            #endif
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            let isListening = withUnsafePointer(to: &address) { address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                        && listen(descriptor, 1) == 0
                }
            }
            if isListening { return descriptor }
            close(descriptor)
            return nil
        }
    }

    /// The tracker's own port, and the first of the two that the bus takes above it.
    @Test(.timeLimit(.minutes(1)), arguments: [0, 1]) func aPortInUseIsNamed(distance: UInt16) async throws {
        let taken = try TakenPort()
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 1)
        let ending = try await swarm.run("--port", "\(taken.number - distance)")
        #expect(ending.code == 1)
        #expect(ending.output.isEmpty)
        #expect(ending.errors.contains("tracker ended"), "\(ending.errors)")
        #expect(ending.errors.contains("Address already in use"), "\(ending.errors)")
        #expect(ending.errors.contains(":\(taken.number)"), "\(ending.errors)")
    }

    @Test(.timeLimit(.minutes(1))) func anOutputThatIsAFileIsNamed() async throws {
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 1)
        for output in [swarm.folder.path("text.txt"), swarm.folder.path("text.txt/run")] {
            let ending = try await Program.gotorrent("run", swarm.folder.path("topology.yaml"), "--output", output)
            #expect(ending.code == 1)
            #expect(ending.errors.contains(swarm.folder.path("text.txt")), "\(ending.errors)")
        }
    }

    @Test(.timeLimit(.minutes(1))) func anOutputThatIsNotEmptyStaysAsItIs() async throws {
        let swarm = try SwarmFolder("GOTORRENT".utf8, peerCount: 1)
        let ending = try await Program.gotorrent(
            "run", swarm.folder.path("topology.yaml"), "--output", swarm.folder.path)
        #expect(ending.code == 1)
        #expect(ending.errors.contains("is not empty"), "\(ending.errors)")
        #expect(!swarm.folder.exists("summary.json"))
    }

    /// What the topology allows and a metafile does not, found before there is a run directory or a process.
    @Test(.timeLimit(.minutes(1))) func aFileThatNoMetafileCanDescribeIsNamed() async throws {
        let folder = try TemporaryFolder()
        try folder.write("three-million", [UInt8](repeating: 0x47, count: 3_000_000))
        try folder.write("back\\slash", "GOTORRENT")
        for (file, complaint) in [
            ("three-million", "choose chunks of at least 2 bytes"),
            ("back\\slash", "it must name one file, without folders"),
        ] {
            let topology = try folder.write(
                "topology.yaml",
                "torrent: {file: '\(file)', chunk-size: 1}\nnodes: {seed: {role: seed}, peer1: {}}\n")
            let ending = try await Program.gotorrent("run", topology, "--output", folder.path("run"))
            #expect(ending.code == 2)
            #expect(ending.errors.contains(folder.path(file)), "\(ending.errors)")
            #expect(ending.errors.contains(complaint), "\(ending.errors)")
            #expect(!folder.exists("run"))
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
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

    @Test(.timeLimit(.minutes(1)), arguments: ["run", "tracker", "create", "seed", "get", "monitor"])
    func everyCommandHasHelp(command: String) async throws {
        let ending = try await Program.gotorrent(command, "--help")
        #expect(ending.code == 0)
        #expect(ending.errors.isEmpty)
        #expect(ending.output.contains("USAGE: gotorrent \(command)"))
    }
}
