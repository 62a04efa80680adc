#if os(Linux)
    import Glibc
    import TestSupport
    import Testing

    /// Runs over hosts, as far as one machine can tell.
    @Suite struct HostRunTests {
        @Test(.timeLimit(.patience(minutes: 5))) func aSwarmOverTwoHostsBringsEverythingHome() async throws {
            let hosts = try HostsFolder(chunkCount: 9)
            let ending = try await hosts.run("--trace")
            #expect(ending.code == 0, "\(ending.errors)")
            let text = hosts.folder.read("text.txt")
            for peer in ["peer1", "peer2"] { #expect(hosts.folder.read("run/data/\(peer)/text.txt") == text) }
            for node in ["seed", "peer1", "peer2"] {
                #expect(hosts.folder.read("run/traces/\(node).trace")?.isEmpty == false)
                #expect(hosts.folder.read("run/logs/\(node).log")?.isEmpty == false)
            }
            #expect(hosts.isNothingLeft)
        }

        @Test(.timeLimit(.patience(minutes: 5))) func whatIsNotWantedStaysAway() async throws {
            let hosts = try HostsFolder(chunkCount: 9)
            let ending = try await hosts.run("--collect", "none", "--keep-copies")
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(!hosts.folder.exists("run/data/peer1"))
            #expect(hosts.folder.exists("lab 1/bin") && hosts.folder.exists("lab 1/files"))
            #expect(hosts.folder.exists("lab2/bin") && !hosts.folder.exists("lab2/files"))
            #expect(!hosts.folder.exists("lab 1/runs") && !hosts.folder.exists("lab2/runs"))
        }

        @Test(.timeLimit(.patience(minutes: 5))) func nothingOutlivesALauncherThatIsKilled() async throws {
            let hosts = try HostsFolder(chunkCount: 600)
            let ending = try await hosts.run { program in
                try await program.errors.line(containing: "cycle 2:")
                #expect(!hosts.isNothingLeft)
                program.send(SIGKILL)
            }
            #expect(ending.signal == SIGKILL)
            let deadline = ContinuousClock.now + .seconds(10)
            while !hosts.isNothingLeft, ContinuousClock.now < deadline {
                // Nobody tells us: the agents are nobody's children now.
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(hosts.isNothingLeft)
        }

        @Test(.timeLimit(.patience(minutes: 5))) func aHostThatRefusesIsNamedAndTheOtherLeftAsItWas() async throws {
            let hosts = try HostsFolder(chunkCount: 9, refusing: true)
            let ending = try await hosts.run()
            #expect(ending.code == 1)
            #expect(
                ending.errors.contains("host lab2: it refuses the key (refusing: Permission denied (publickey).)"),
                "\(ending.errors)")
            #expect(
                ending.errors.contains("try by hand: \(hosts.folder.path("ssh")) refusing true"), "\(ending.errors)")
            #expect(hosts.isNothingLeft)
        }

        @Test(.timeLimit(.patience(minutes: 5))) func aRunThatIsLeftIsFoundAgain() async throws {
            let hosts = try HostsFolder(chunkCount: 9)
            let ending = try await hosts.run("--detach")
            #expect(ending.code == 0, "\(ending.errors)")
            let status = try await hosts.gotorrent(["status", hosts.output])
            #expect(status.code == 0, "\(status.errors)")
            let lines = status.output.split(separator: "\n")
            #expect(lines.count == 4 && lines.allSatisfy { $0.contains(" running, process ") }, "\(status.output)")
            // Nobody tells us when it is complete: a file has its name from then on.
            while try hosts.completePeers < 2 { try await Task.sleep(for: .milliseconds(20)) }
            let stopped = try await hosts.gotorrent(["stop", hosts.output])
            #expect(stopped.code == 0, "\(stopped.errors)")
            #expect(hosts.folder.read("run/data/peer2/text.txt") == hosts.folder.read("text.txt"))
            #expect(hosts.folder.read("run/logs/peer2.log")?.isEmpty == false)
            #expect(hosts.isNothingLeft)
            let again = try await hosts.gotorrent(["stop", hosts.output])
            #expect(again.code == 2)
            #expect(again.errors.contains("is not the directory of a run that was started with --detach"))
        }
    }
#endif
