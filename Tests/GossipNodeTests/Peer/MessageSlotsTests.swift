import GossipCore
import Testing
import ZeroMQ

@testable import GossipNode

@Suite(.timeLimit(.minutes(5)))
struct MessageSlotsTests {
    private func message(_ sender: String) -> KeptMessage {
        KeptMessage(returnAddress: nil, sender: sender, data: Message())
    }

    @Test func placesAreUsedAgain() {
        var slots = MessageSlots()
        let first = slots.keep(message("a"))
        let second = slots.keep(message("b"))
        #expect(slots.count == 2)
        #expect(slots[first].sender == "a")
        slots.release(first)
        #expect(slots.count == 1)
        let third = slots.keep(message("c"))
        #expect(third == first)
        #expect(slots[third].sender == "c")
        #expect(slots[second].sender == "b")
        slots.release(second)
        slots.release(third)
        #expect(slots.count == 0)
    }

    @Test func aReleasedMessageIsGivenBackAtOnce() {
        var slots = MessageSlots()
        weak var kept: KeptMessage?
        let token: MessageToken
        do {
            let message = message("a")
            kept = message
            token = slots.keep(message)
        }
        #expect(kept != nil)
        slots.release(token)
        #expect(kept == nil)
    }

    @Test func releasingTwiceTraps() async {
        await #expect(processExitsWith: .failure) {
            var slots = MessageSlots()
            let token = slots.keep(KeptMessage(returnAddress: nil, sender: "", data: Message()))
            slots.release(token)
            slots.release(token)
        }
    }

    @Test func usingAReleasedMessageTraps() async {
        await #expect(processExitsWith: .failure) {
            var slots = MessageSlots()
            let token = slots.keep(KeptMessage(returnAddress: nil, sender: "", data: Message()))
            slots.release(token)
            _ = slots[token]
        }
    }
}
