import Foundation
import HTTPText
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Somebody who collects metrics, on a plain TCP connection of the system's: no line in common with what answers.
final class Scraper {
    private let descriptor: Int32
    private var received: [UInt8] = []
    private(set) var isClosed = false

    struct Answer {
        let code: Int
        let head: String
        let body: String
    }

    /// Connects to a server on 127.0.0.1.
    init(_ address: ListenAddress) throws {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        descriptor = socket(AF_INET, kind, 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = address.port.bigEndian
        place.sin_addr.s_addr = inet_addr(address.host)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &place) { place in
            place.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        try #require(result == 0, "\(address) takes no connection")
    }

    deinit { close() }

    func close() {
        guard !isClosed else { return }
        isClosed = true
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #else
            _ = Darwin.close(descriptor)
        #endif
    }

    /// - Returns: false where the other end is gone, or takes nothing for now.
    @discardableResult
    func send(_ text: String) -> Bool {
        var text = text
        #if canImport(Glibc)
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        #else
            let flags = MSG_DONTWAIT
        #endif
        return text.withUTF8 { systemSend(descriptor, $0.baseAddress, $0.count, flags) == $0.count }
    }

    /// The whole answer, by its length; nil where the connection is closed before, or nothing comes for so long.
    func answer(timeout: Duration = patience) -> Answer? {
        while taken == nil, receive(timeout) {}
        return taken
    }

    /// Whether the other end closes within a time.
    func waitForEnd(_ timeout: Duration = patience) -> Bool {
        while receive(timeout) {}
        return isClosed
    }

    /// Takes what comes next; false where nothing does in time, or the other end has closed.
    private func receive(_ timeout: Duration) -> Bool {
        guard !isClosed else { return false }
        var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&item, 1, Int32(timeout / .milliseconds(1))) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
            close()
            return false
        }
        received += buffer.prefix(count)
        return true
    }

    private var taken: Answer? {
        let text = String(decoding: received, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let head = String(text[..<end.lowerBound])
        let body = String(text[end.upperBound...])
        guard let length = head.firstMatch(of: /\r\nContent-Length: ([0-9]+)/).flatMap({ Int($0.1) }),
            let code = head.split(separator: " ").dropFirst().first.flatMap({ Int($0) }), body.utf8.count >= length
        else { return nil }
        return Answer(code: code, head: head, body: body)
    }

    static let request = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

    /// Asks once, and checks what comes.
    static func metrics(_ address: ListenAddress) throws -> Exposition {
        let scraper = try Scraper(address)
        scraper.send(request)
        let answer = try #require(scraper.answer())
        #expect(answer.code == 200)
        return try Exposition(answer.body)
    }
}

private func systemSend(_ descriptor: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int, _ flags: Int32) -> Int {
    #if canImport(Glibc)
        Glibc.send(descriptor, bytes, count, flags)
    #else
        Darwin.send(descriptor, bytes, count, flags)
    #endif
}
