import GossipCore
import HTTPText
import SwarmPage
import Testing

@Suite struct ClockRequestTests {
    private func decide(_ request: String, _ fields: String = "X-GoTorrent: clock\r\n") throws -> ClockRequest.Decision
    {
        ClockRequest.decide(try #require(RequestHead("\(request) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(fields)")))
    }

    @Test func thePageCommands() throws {
        #expect(try decide("POST /clock?do=pause") == .command(.pause))
        #expect(try decide("POST /clock?do=step") == .command(.step))
        #expect(try decide("POST /clock?do=resume") == .command(.resume))
    }

    @Test(arguments: [
        ("GET /clock?do=pause", "X-GoTorrent: clock\r\n", 405), ("POST /clock?do=pause", "", 403),
        ("POST /clock?do=pause", "X-GoTorrent: no\r\n", 403), ("POST /clock?do=faster", "X-GoTorrent: clock\r\n", 400),
        ("POST /clock", "X-GoTorrent: clock\r\n", 400),
    ])
    func nobodyElseDoes(request: String, fields: String, code: Int) throws {
        guard case .refused(let answered, let reason) = try decide(request, fields) else {
            Issue.record("\(request) was taken")
            return
        }
        #expect(answered == code && !reason.isEmpty)
    }
}
