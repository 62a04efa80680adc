import Foundation
import GossipCore
import GossipNode
import GossipWire
import TestSupport
import Testing
import ZeroMQ

extension PeerTests {
    @Suite struct Failure {
        private func error(_ ending: Result<PeerNode.Ending, any Error>) -> NodeError? {
            guard case .failure(let error) = ending else { return nil }
            return error as? NodeError
        }

        @Test func aFileThatShrinksWhileItIsServedIsNamed() async throws {
            let ending = try await NodeRig.run(.init()) { rig in
                try rig.tick(1)
                #expect(truncate(rig.folder.path + "/" + Samples.name, 5) == 0)
                let client = try rig.client()
                try client.send(rig.pull(1, 4))
                #expect(try client.next()?[1] == Array("chunk".utf8))
                try client.send(rig.pull(1, 5))
                var event = try rig.bus.nextEvent()
                if event.kind == .joined { event = try rig.bus.nextEvent() }
                #expect(event.kind == .failed)
                #expect(event.reason?.contains("/\(Samples.name) became shorter while it was served") == true)
            }
            #expect(error(ending)?.code == .contents)
            #expect(error(ending)?.description.contains("chunk 5") == true)
        }

        @Test func aNodeThatFailsLeavesTheTracker() async throws {
            try await NodeRig.run(.init()) { rig in
                try rig.tick(1)
                #expect(truncate(rig.folder.path + "/" + Samples.name, 5) == 0)
                try rig.client().send(rig.pull(1, 5))
                #expect(rig.tracker.wait { $0.leaves == 1 })
            }
        }

        #if os(Linux)
            /// The last chunk is the one that must not make the file look whole.
            @Test(arguments: ["GOTORREN", "GO"], BrokenDisk.allCases)
            func aDiskThatTakesNothingEndsTheNodeAndLeavesWhatIsThere(held: String, disk: BrokenDisk) async throws {
                var settings = NodeRig.Settings(role: .peer)
                settings.files = [Samples.name + ".part": Array(held.utf8)]
                let ending = try await NodeRig.run(settings) { rig in
                    #expect(try rig.bus.nextEvent().kind == .joined)
                    try rig.tick(1)
                    try disk.strike(rig.folder.path + "/" + Samples.name + ".part")
                    try rig.client().send(rig.push(1, 8, Array("T".utf8)))
                    let event = try rig.bus.nextEvent()
                    #expect(event.kind == .failed)
                    let reason = disk == .full ? "No space left on device" : "Bad file descriptor"
                    #expect(event.reason?.hasSuffix("\(Samples.name).part: \(reason)") == true)
                    #expect(try rig.folder.names == [".\(Samples.name).journal", Samples.name + ".part"])
                    #expect(rig.folder.read(Samples.name + ".part")?.starts(with: held.utf8) == true)
                }
                #expect(error(ending)?.code == .storage)
            }
        #endif

        @Test func aPortInUseIsNamed() async throws {
            try await Runtime.with { runtime in
                let folder = try TemporaryFolder()
                try folder.write(Samples.name, Samples.text)
                try await runtime.stage { stage in
                    let endpoint = try stage.bound(.router).endpoint
                    let outcome = Watched<Result<PeerNode.Ending, any Error>?>(nil)
                    var configuration = PeerNodeConfiguration(
                        name: "node", role: .seed, metafile: try Samples.metafile(), gossip: .init(), randomSeed: 1)
                    configuration.bindEndpoint = endpoint
                    let node = PeerNode(
                        configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers,
                        log: CapturedLog().logger)
                    Task {
                        let result: Result<PeerNode.Ending, any Error>
                        do { result = .success(try await node.run(dataPath: folder.path)) } catch {
                            result = .failure(error)
                        }
                        outcome.update { $0 = result }
                    }
                    try #require(outcome.wait { $0 != nil })
                    let error = error(try #require(outcome.current))
                    #expect(error?.code == .network)
                    #expect(error?.description == "bind \(endpoint): Address already in use")
                }
            }
        }

        @Test(arguments: [NodeRole.seed, .peer])
        func whatCannotBeOpenedIsNamedBeforeAnySocketIs(role: NodeRole) async throws {
            try await Runtime.with { runtime in
                let folder = try TemporaryFolder()
                let path = try folder.write("file", Array("not a folder".utf8)) + "/below"
                let configuration = PeerNodeConfiguration(
                    name: "node", role: role, metafile: try Samples.metafile(), gossip: .init(), randomSeed: 1)
                let node = PeerNode(
                    configuration, context: runtime.context, loop: runtime.loop, workers: runtime.workers,
                    log: CapturedLog().logger)
                let error = await #expect(throws: NodeError.self) { try await node.run(dataPath: path) }
                #expect(error?.code == .storage)
                #expect(error?.description.contains(folder.path) == true)
            }
        }
    }
}
