import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A tracker, a seed and a peer that tell their metrics, in a secured swarm, which has the most to tell.
struct ScrapedSwarm {
    /// What they told when the peer was complete: the tracker, the seed, the peer.
    let texts: [String]

    static func scrape() async throws -> ScrapedSwarm {
        let keyring = try await Keyring(["tracker": "tracker", "seed": "node", "lab1": "node"])
        let collected = Collected()
        let options = ["--cycle", "50ms", "--metrics", "127.0.0.1:0"] + keyring.trackerOptions()
        try await HandmadeSwarm.withTracker(options) { swarm, tracker in
            let (file, metafile) = try await swarm.create("GOTORRENT".utf8)
            let metrics = ["--metrics=0"]
            let seed = ["seed", metafile, "--data", file] + swarm.nodeOptions + (try keyring.options("seed")) + metrics
            _ = try await Program.run(Repository.program, seed) { seed in
                try await seed.errors.line(containing: "listening")
                let options = try keyring.options("lab1") + metrics + ["--stay", "forever"]
                _ = try await swarm.get(metafile, options) { peer in
                    try await peer.errors.line(containing: "complete")
                    for program in [tracker, seed, peer] { await collected.add(try await text(of: program)) }
                    peer.send(SIGTERM)
                }
                seed.send(SIGTERM)
            }
            tracker.send(SIGTERM)
        }
        return ScrapedSwarm(texts: await collected.texts)
    }

    private actor Collected {
        private(set) var texts: [String] = []

        func add(_ text: String) { texts.append(text) }
    }

    /// What a program tells at the address that its log names.
    static func text(of program: Program) async throws -> String {
        let line = try await program.errors.line(containing: "metrics are served")
        let address = try #require(line.firstMatch(of: /at=(http:\/\/[^ ]*\/metrics)/)?.1)
        let answer = try await WebPage.get(String(address))
        #expect(answer.code == 200, "\(answer.body)")
        return answer.body
    }

    /// The metrics of all of them, each once.
    func families() throws -> [String: Exposition.Family] {
        let all = try texts.flatMap { try Exposition($0).families }
        return Dictionary(all.map { ($0.name, $0) }) { first, second in
            var both = first
            both.samples += second.samples
            return both
        }
    }
}

/// Prometheus' own checker, where it is installed.
enum Promtool {
    static let absence = Comment(rawValue: "no promtool here; the package prometheus has it")

    static func isThere() async -> Bool {
        let ending = try? await Program.run("/usr/bin/env", ["promtool", "--version"])
        return ending?.code == 0
    }
}
