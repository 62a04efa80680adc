import Testing

@testable import HTTPText

@Suite struct RequestHeadTests {
    @Test func aRequestIsReadFromItsHead() throws {
        let head = try #require(
            RequestHead("GET /frame?cycle=12&token=ab HTTP/1.1\r\nHost: 127.0.0.1:6980\r\nCookie: a=b; c=d \r\n"))
        #expect(head.method == "GET")
        #expect(head.path == "/frame")
        #expect(head.query("cycle") == "12")
        #expect(head.query("token") == "ab")
        #expect(head.query("other") == nil)
        #expect(head.field("host") == "127.0.0.1:6980")
        #expect(head.cookie("c") == "d")
        #expect(head.cookie("x") == nil)
    }

    @Test(arguments: [
        "", "GET", "GET /", "GET / HTTP/2.0", "GET / x HTTP/1.1", "GET http://other/ HTTP/1.1",
        "GET / HTTP/1.1\r\nno colon", "GET / HTTP/1.1\r\n: no name",
    ]) func whatIsNoHeadIsRefused(_ text: String) {
        #expect(RequestHead(text) == nil)
    }

    @Test(arguments: ["/?", "/?=", "/?&&", "/?a", "/?a=b=c"]) func oddQueriesDoNoHarm(_ target: String) throws {
        let head = try #require(RequestHead("GET \(target) HTTP/1.1"))
        #expect(head.path == "/")
        #expect(head.query("a") == (target == "/?a" ? "" : target == "/?a=b=c" ? "b=c" : nil))
    }
}
