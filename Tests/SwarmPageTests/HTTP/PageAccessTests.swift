import HTTPText
import Testing

@testable import SwarmPage

@Suite struct PageAccessTests {
    private func decide(_ access: PageAccess, _ target: String, _ fields: String...) throws -> PageAccess.Decision {
        try access.decide(#require(RequestHead((["GET \(target) HTTP/1.1"] + fields).joined(separator: "\r\n"))))
    }

    private func code(_ decision: PageAccess.Decision) -> Int {
        switch decision {
        case .granted: 200
        case .refused(let code, _): code
        }
    }

    @Test(arguments: [
        ("127.0.0.1:6980", 200), ("localhost:6980", 200), ("LOCALHOST", 200), ("[::1]:6980", 200), ("127.1.2.3:1", 200),
        ("evil.example:6980", 421), ("127.0.0.1.evil.example", 421), ("127.evil.example", 421), ("[::2]:6980", 421),
        ("", 421),
    ]) func onLoopbackTheRequestMustNameThisMachine(_ host: String, _ expected: Int) throws {
        #expect(try code(decide(PageAccess(token: nil), "/", "Host: \(host)")) == expected)
    }

    @Test func withoutAHostNothingIsGrantedOnLoopback() throws {
        #expect(try code(decide(PageAccess(token: nil), "/")) == 421)
    }

    @Test func beyondLoopbackTheTokenDecides() throws {
        let access = PageAccess(token: "0123456789abcdef")
        #expect(try code(decide(access, "/", "Host: a.example")) == 401)
        #expect(try code(decide(access, "/?token=", "Host: a.example")) == 401)
        #expect(try code(decide(access, "/?token=0123456789abcdee")) == 401)
        #expect(try code(decide(access, "/?token=0123456789abcde")) == 401)
        #expect(try code(decide(access, "/", "Cookie: gotorrent-token=wrong")) == 401)
        #expect(
            try decide(access, "/?token=0123456789abcdef")
                == .granted(cookie: "gotorrent-token=0123456789abcdef; Path=/; HttpOnly; SameSite=Strict"))
        #expect(
            try decide(access, "/events", "Cookie: x=y; gotorrent-token=0123456789abcdef") == .granted(cookie: nil))
    }
}
