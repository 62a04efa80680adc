import GossipCore
import TestSupport
import Testing
import ZeroMQ

extension PeerTests {
    /// Links that are closed when they are not used, and those that stay.
    @Suite struct LinkKeeping {
        /// Answers pulls of three neighbours with nothing, while the node counts short cycles, until `isDone` says so.
        /// - Returns: the names by which the node came to each neighbour: one a link.
        private func names(
            _ rig: NodeRig, until isDone: (_ names: [Set<[UInt8]>], _ answers: Int) -> Bool
        ) throws -> [Set<[UInt8]>] {
            var names = rig.neighbours.map { _ in Set<[UInt8]>() }
            var answers = 0
            let deadline = MonotonicTime.now + patience
            while !isDone(names, answers), MonotonicTime.now < deadline {
                for (number, neighbour) in rig.neighbours.enumerated() {
                    guard let message = try neighbour.socket.receive(timeout: .milliseconds(2)) else { continue }
                    names[number].insert(message[0])
                    let none = Frames.text("GT1", "none") + message[3...]
                    _ = try neighbour.socket.send(to: message[0], none)
                    answers += 1
                }
            }
            return names
        }

        private func settings(keptLinks: Int) -> NodeRig.Settings {
            var settings = NodeRig.Settings(role: .peer, neighbourCount: 3)
            settings.keptLinks = keptLinks
            return settings
        }

        @Test func aLinkThatIsNotUsedIsMadeAnewWhenItIs() async throws {
            try await NodeRig.run(settings(keptLinks: 1)) { rig in
                try rig.tick(1, interval: 60)
                let names = try names(rig) { names, _ in names.contains { $0.count > 1 } }
                #expect(names.contains { $0.count > 1 }, "\(names.map(\.count))")
            }
        }

        @Test func whatIsKeptStaysOneLink() async throws {
            try await NodeRig.run(settings(keptLinks: 3)) { rig in
                try rig.tick(1, interval: 60)
                let names = try names(rig) { names, answers in answers >= 20 && names.allSatisfy { !$0.isEmpty } }
                #expect(names.map(\.count) == [1, 1, 1])
            }
        }
    }
}
