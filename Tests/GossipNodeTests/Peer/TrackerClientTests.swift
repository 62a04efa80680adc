import GossipCore
import GossipWire
import Testing
import ZeroMQ

@testable import GossipNode

extension PeerTests {
    @Suite struct Client {
        /// Lives on the client's loop, and asks what the test wants asked.
        private actor Asker {
            private nonisolated let loop: EventLoop
            private let context: Context
            private var client: TrackerClient?
            nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

            init(_ runtime: Runtime) {
                loop = runtime.loop
                context = runtime.context
            }

            func open(_ endpoint: String, timeout: Duration) throws {
                client = try TrackerClient(in: context, on: loop, endpoint: endpoint, timeout: timeout)
            }

            func ask(_ request: TrackerRequest) async -> TrackerReply? {
                await withCheckedContinuation { answer in
                    client?.send(request) { answer.resume(returning: $0) }
                }
            }

            func close() { client?.close() }
        }

        private func request(_ number: Int) throws -> TrackerRequest {
            let torrent = try #require(TorrentID([1]))
            return .announce(torrent, try #require(PeerReference("tcp://10.0.0.1:\(number)")))
        }

        @Test func anAnswerMayNameHundredsOfMembers() async throws {
            try await Runtime.with { runtime in
                var configuration = TrackerNodeConfiguration(
                    bindEndpoint: "tcp://127.0.0.1:*", interval: .seconds(1), randomSeed: 1)
                configuration.membership.sampleSize = 300
                let tracker = TrackerNode(
                    configuration, context: runtime.context, loop: runtime.loop, log: CapturedLog().logger)
                let asker = Asker(runtime)
                try await asker.open(tracker.start().requests, timeout: patience)
                for number in 1...400 { _ = await asker.ask(try request(number)) }
                let reply = await asker.ask(.getPeers(try #require(TorrentID([1]))))
                await asker.close()
                await tracker.stop()
                guard case .peers(let members) = reply else {
                    Issue.record("answered \(String(describing: reply))")
                    return
                }
                #expect(Set(members).count == 300)
            }
        }

        @Test func aLateAnswerIsNotTakenForThatOfTheNextQuestion() async throws {
            try await Runtime.with { runtime in
                let asker = Asker(runtime)
                let questions = (try request(1), try request(2))
                try await runtime.stage { stage in
                    let (server, endpoint) = try stage.bound(.router)
                    let answers = Watched<[TrackerReply?]>([])
                    Task {
                        try await asker.open(endpoint, timeout: .milliseconds(100))
                        for question in [questions.0, questions.1] {
                            let answer = await asker.ask(question)
                            answers.update { $0.append(answer) }
                        }
                    }
                    let first = try #require(try server.next())
                    let second = try #require(try server.next())
                    // Identity, number of the request, delimiter: what the REQ and the ROUTER put before the message.
                    #expect(Array(first.dropFirst(3)) == questions.0.frames)
                    try server.send(Array(first.prefix(3)) + Frames.text("GT1", "peers"))
                    try server.send(Array(second.prefix(3)) + Frames.text("GT1", "ok"))
                    #expect(answers.wait { $0.count == 2 })
                    #expect(answers.current == [nil, .left])
                }
                await asker.close()
            }
        }

        @Test func everyQuestionIsAnsweredOrGivenUp() async throws {
            try await Runtime.with { runtime in
                let asker = Asker(runtime)
                let endpoint = try await runtime.stage { try $0.vacantEndpoint() }
                try await asker.open(endpoint, timeout: .milliseconds(5))
                let request = try request(1)
                let answers = await withTaskGroup { group in
                    for _ in 0..<30 { group.addTask { await asker.ask(request) } }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(answers == [TrackerReply?](repeating: nil, count: 30))
                await asker.close()
            }
        }
    }
}
