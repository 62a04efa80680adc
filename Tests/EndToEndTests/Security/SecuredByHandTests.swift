import Foundation
import GossipWire
import TestSupport
import Testing
import ZeroMQ

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A tracker, a seed, a peer and a monitor with keys of their own, and those who have none that count.
@Suite struct SecuredByHandTests {

    @Test(.timeLimit(.patience(minutes: 5))) func strangersHearNothingAndMonitorsSayNothing() async throws {
        let keyring = try await Keyring(
            ["tracker": "tracker", "seed": "node", "lab1": "node", "screen": "monitor"], strangers: ["stranger"])
        try await withTracker(keyring) { swarm, tracker in
            let (file, metafile) = try await swarm.create("GOTORRENT".utf8)
            let seedOptions = swarm.nodeOptions + (try keyring.options("seed"))
            let seedArguments = ["seed", metafile, "--data", file, "--name", "seed"] + seedOptions
            _ = try await Program.run(Repository.program, seedArguments) { seed in
                let probe = Probe(ports: try await Self.ports(swarm, seed, keyring))
                let monitorArguments = [
                    "monitor", swarm.busSubscribe, "--json", "--key", keyring.file("screen"), "--tracker-key",
                    try keyring.publicKey("tracker"),
                ]
                _ = try await Program.run(Repository.program, monitorArguments) { monitor in
                    try await monitor.output.line(containing: "\"cycle\"")
                    try await check(probe, keyring)
                    try await checkPublishing(probe, keyring, monitor)
                    monitor.send(SIGTERM)
                }
                try await checkGetting(swarm, metafile, keyring)
                seed.send(SIGTERM)
            }
            tracker.send(SIGTERM)
            // Everyone who was refused is named, once for each port.
            for (name, port) in [
                ("stranger", "gotorrent.tracker"), ("stranger", "gotorrent.bus.subscribe"),
                ("screen", "gotorrent.tracker"), ("screen", "gotorrent.bus.publish"),
            ] {
                let key = try keyring.publicKey(name)
                let lines = await tracker.errors.lines.filter {
                    $0.contains("refused") && $0.contains(key) && $0.contains("port=\(port) ")
                }
                #expect(lines.count == 1, "\(name) at \(port)")
            }
        }
    }

    private func check(_ probe: Probe, _ keyring: Keyring) async throws {
        for keys in [nil, try keyring.pair("stranger")] {
            let heard = try await probe.ask(keys, isPatient: false)
            #expect(heard == (false, false, false), "with \(keys == nil ? "no" : "an unknown") key")
        }
        let monitor = try await probe.ask(try keyring.pair("screen"), isPatient: false)
        #expect(!monitor.tracker && !monitor.peer)
        // The same sockets with a node's key are answered by all three.
        #expect(try await probe.ask(try keyring.pair("lab1"), isPatient: true) == (true, true, true))
    }

    private func checkPublishing(_ probe: Probe, _ keyring: Keyring, _ monitor: Program) async throws {
        for (name, word) in [("screen", "forged"), ("stranger", "forged"), ("lab1", "honest")] {
            try await probe.publish(try keyring.pair(name), as: word, times: 25)
        }
        try await probe.publish(nil, as: "forged", times: 25)
        try await monitor.output.line(containing: "event.00.honest")
        #expect(await !monitor.output.text.contains("forged"))
    }

    private func checkGetting(_ swarm: HandmadeSwarm, _ metafile: String, _ keyring: Keyring) async throws {
        let ending = try await swarm.get(metafile, try keyring.options("lab1") + ["--stay", "0s"])
        #expect(ending.code == 0, "\(ending.errors)")
        #expect(swarm.folder.read("downloads/text.txt") == Array("GOTORRENT".utf8))
        let secret = try keyring.pair("lab1").secretKey.bytes.hex
        #expect(!ending.errors.contains("secret") && !ending.errors.contains(secret))
    }

    private static func ports(_ swarm: HandmadeSwarm, _ seed: Program, _ keyring: Keyring) async throws -> Probe.Ports {
        func word(_ name: String, _ line: String) throws -> Substring {
            try #require(line.split(separator: " ").first { $0.hasPrefix("\(name)=") }).dropFirst(name.count + 1)
        }
        let line = try await seed.errors.line(containing: "listening")
        let reference = try word("peer_ref", line).split(separator: "#")
        #expect(reference.last.map(String.init) == (try keyring.publicKey("seed")))
        return Probe.Ports(
            requests: swarm.tracker, busSubscribe: swarm.busSubscribe, busPublish: swarm.busPublish,
            peer: String(try #require(reference.first)), tracker: try keyring.pair("tracker").publicKey,
            seed: try keyring.pair("seed").publicKey, torrent: Keyring.bytes(try word("torrent", line)))
    }

    private func withTracker(
        _ keyring: Keyring, _ body: @escaping @Sendable (HandmadeSwarm, Program) async throws -> Void
    ) async throws {
        try await HandmadeSwarm.withTracker(["--cycle", "50ms"] + keyring.trackerOptions(), body: body)
    }

    /// A link from `share` tells the tracker's key, and a list that is changed meanwhile lets one more in.
    @Test(.timeLimit(.patience(minutes: 5))) func aShareWithAListThatGrows() async throws {
        let keyring = try await Keyring(["home": "tracker", "lab1": "node"], strangers: ["late"])
        let signed = keyring.folder.path("fleet.signed")
        let signer = try await Program.gotorrent("keys", "new", keyring.file("signer"), "--signer")
            .output.trimmingCharacters(in: .newlines)
        @Sendable func sign(_ serial: Int) async throws {
            let ending = try await Program.gotorrent(
                "keys", "sign", keyring.list, "--key", keyring.file("signer"), "--output", signed, "--serial",
                "\(serial)")
            #expect(ending.code == 0, "\(ending.errors)")
        }
        try await sign(1)
        let folder = try TemporaryFolder()
        let file = try folder.write("big.bin", LargeContent.bytes(1 << 20, seed: 5))
        _ = try await Program.gotorrent(
            "share", file, "--bind", "tcp://127.0.0.1:*", "--no-progress", "--key", keyring.file("home"), "--allow",
            signed, "--signer", signer
        ) { share in
            let line = try await share.output.line(containing: "gotorrent get")
            #expect(line.hasSuffix("--key KEYFILE --allow LIST"))
            #expect(line.contains("#" + (try keyring.publicKey("home")) + " "))
            let words = line.split(separator: " ").map(String.init)
            func get(_ name: String) -> [String] {
                var words = Array(words.dropFirst())
                for (place, option) in zip(words.indices, words).reversed() {
                    if option == "--output" { words[place + 1] = folder.path(name) }
                    if option == "KEYFILE" { words[place] = keyring.file(name) }
                    if option == "LIST" { words[place] = signed }
                }
                return words + ["--signer", signer, "--stay", "0s", "--no-progress", "--advertise", "127.0.0.1"]
            }
            let first = try await Program.run(Repository.program, get("lab1"))
            #expect(first.code == 0, "\(first.errors)")
            // Not listed yet, it asks on; the share takes the new list within seconds.
            let second = try await Program.run(Repository.program, get("late")) { _ in
                try await share.errors.line(containing: "refused")
                let late = String(decoding: try #require(keyring.folder.read("late.key.pub")), as: UTF8.self)
                let list = String(decoding: try #require(keyring.folder.read("fleet.allow")), as: UTF8.self)
                try keyring.folder.write("fleet.allow", list + late)
                try await sign(2)
                try await share.errors.line(containing: "allow-list read again")
            }
            #expect(second.code == 0, "\(second.errors)")
            share.send(SIGTERM)
        }
        for name in ["lab1", "late"] {
            #expect(folder.read("\(name)/big.bin") == (try bytes(file)))
        }
    }
}
