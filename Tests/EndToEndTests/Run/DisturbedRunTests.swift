#if os(Linux)
    import Glibc
    import TestSupport
    import Testing

    /// Runs that something happens to. Whatever it is, no process stays behind.
    ///
    /// Children are found in /proc, so these tests are for Linux.
    @Suite struct DisturbedRunTests {
        /// A swarm that takes some hundred cycles, so that it is under way for as long as a test needs.
        private static func longSwarm() throws -> SwarmFolder {
            try SwarmFolder((0..<600).map { UInt8(truncatingIfNeeded: $0 % 26 + 97) }, peerCount: 3)
        }

        /// What is left of the run's children once the run is over, given as long as it may take.
        private actor Family {
            var members: [Int32] = []
            var endingBegan: ContinuousClock.Instant?

            func note(_ children: [Int32]) { members = children }

            func endingBegins() { endingBegan = .now }

            var elapsed: Duration { endingBegan.map { ContinuousClock.now - $0 } ?? .zero }
        }

        @Test(.timeLimit(.patience(minutes: 5)), arguments: [SIGINT, SIGTERM])
        func anInterruptedRunStopsEveryNode(signal: Int32) async throws {
            let swarm = try Self.longSwarm()
            let family = Family()
            let ending = try await swarm.run { program in
                try await program.errors.line(containing: "cycle 2:")
                await family.note(ProcessTable.children(of: program.processIdentifier))
                await family.endingBegins()
                program.send(signal)
            }
            let elapsed = await family.elapsed
            #expect(ending.code == 130)
            #expect(elapsed < .seconds(Sanitizer.isOn ? 10 : 2))
            #expect(ending.output.isEmpty)
            #expect(ending.errors.contains("interrupted"), "\(ending.errors)")
            // All had ended before the run did.
            let members = await family.members
            #expect(members.count == 5)
            #expect(members.filter(ProcessTable.isAlive) == [])
            let record = try swarm.record()
            #expect(!record.summary.completed && record.cycles.count >= 3)
            for node in ["seed"] + swarm.peers {
                #expect(try !swarm.log(of: node).contains("rror"), "\(node) left in good order")
            }
        }

        @Test(.timeLimit(.patience(minutes: 5))) func noNodeOutlivesARunThatIsKilled() async throws {
            let swarm = try Self.longSwarm()
            let family = Family()
            let ending = try await swarm.run { program in
                try await program.errors.line(containing: "cycle 2:")
                await family.note(ProcessTable.children(of: program.processIdentifier))
                program.send(SIGKILL)
            }
            #expect(ending.signal == SIGKILL)
            let members = await family.members
            #expect(members.count == 5)
            #expect(try await ProcessTable.survivors(of: members, after: .seconds(2)) == [])
        }

        @Test(.timeLimit(.patience(minutes: 5)), arguments: ["peer2", "seed"])
        func aNodeThatDiesEndsTheRun(node: String) async throws {
            let swarm = try Self.longSwarm()
            let family = Family()
            let ending = try await swarm.run { program in
                try await program.errors.line(containing: "cycle 2:")
                await family.note(ProcessTable.children(of: program.processIdentifier))
                let victim = try #require(ProcessTable.child(of: program.processIdentifier, named: node))
                kill(victim, SIGKILL)
            }
            #expect(ending.code == 1)
            #expect(ending.output.isEmpty)
            #expect(ending.errors.contains("\(node) ended"), "\(ending.errors)")
            // The last lines of its log.
            #expect(ending.errors.contains("\(swarm.output)/logs/\(node).log"), "\(ending.errors)")
            #expect(ending.errors.contains("listening"), "\(ending.errors)")
            #expect(await family.members.filter(ProcessTable.isAlive) == [])
            #expect(try !swarm.record().summary.completed)
            let events = try swarm.record().events
            #expect(events.filter { $0["event"] == "joined" }.count == 4)
            #expect(events.last?["event"] == "run-failed")
            #expect(events.last?["detail"]?.contains("\(node) ended") == true, "\(events)")
        }

        @Test(.timeLimit(.patience(minutes: 5))) func aSwarmWhoseSeedIsFrozenIsGivenUp() async throws {
            let swarm = try Self.longSwarm()
            let family = Family()
            let ending = try await swarm.run("--cycle", "50ms", "--stall-timeout", "100") { program in
                try await program.errors.line(containing: "cycle 1:")
                await family.note(ProcessTable.children(of: program.processIdentifier))
                let seed = try #require(ProcessTable.child(of: program.processIdentifier, named: "seed"))
                kill(seed, SIGSTOP)
            }
            #expect(ending.code == 1)
            #expect(ending.errors.contains("no peer got a chunk for more than 100 cycles"), "\(ending.errors)")
            #expect(ending.errors.contains("peer1 holds"), "\(ending.errors)")
            #expect(ending.errors.contains("seed said nothing since cycle"), "\(ending.errors)")
            #expect(ending.errors.contains("\(swarm.output)/logs/seed.log"), "\(ending.errors)")
            #expect(await family.members.filter(ProcessTable.isAlive) == [])
        }
    }
#endif
