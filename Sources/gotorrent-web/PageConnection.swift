import GossipCore
import FlyingSocks
import HTTPText
import SwarmPage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One connection of a browser: one request, one answer.
struct PageConnection: Sendable {
    /// What a browser has to say what it wants, and to take each part of the answer.
    private static let patience = Duration.seconds(15)

    private let socket: AsyncSocket
    private let source: any PageSource
    private let access: PageAccess

    init(_ socket: AsyncSocket, source: any PageSource, access: PageAccess) {
        self.socket = socket
        self.source = source
        self.access = access
    }

    /// Answers and closes. Who vanishes is nobody's fault, so nothing is thrown.
    func serve() async {
        defer { try? socket.close() }
        do {
            switch try await withPatience({ try await readHead() }) {
            case .success(let head): try await answer(head)
            case .failure(let refusal): try await write(refusal.response.bytes)
            }
        } catch {
            return
        }
    }

    private struct Refusal: Error {
        let response: PageResponse
    }

    private func readHead() async throws -> Result<RequestHead, Refusal> {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while true {
            bytes += try await socket.read(atMost: 4_096)
            if let range = bytes.firstRange(of: end) {
                let text = String(validating: bytes[..<range.lowerBound], as: UTF8.self)
                guard let head = text.flatMap({ RequestHead($0) }) else {
                    return .failure(Refusal(response: PageResponse(400, "this is no HTTP request")))
                }
                return .success(head)
            }
            guard bytes.count <= RequestHead.sizeLimit else {
                let text = "the request's head is longer than \(RequestHead.sizeLimit) bytes"
                return .failure(Refusal(response: PageResponse(431, text)))
            }
        }
    }

    private func answer(_ head: RequestHead) async throws {
        var fields: [(name: String, value: String)] = []
        switch access.decide(head) {
        case .refused(let code, let reason): return try await write(PageResponse(code, reason).bytes)
        case .granted(let cookie?): fields = [("Set-Cookie", cookie)]
        case .granted(nil): break
        }
        if head.path == ClockRequest.path { return try await write(await tellClock(head), fields) }
        guard head.method == "GET" else {
            var response = PageResponse(405, "this server answers GET alone")
            response.fields = [("Allow", "GET")]
            return try await write(response.bytes)
        }
        switch head.path {
        case "/events": try await sendEvents(fields)
        case "/frame":
            let frame = await source.frame(after: head.query("cycle").flatMap { UInt64($0) })
            try await write(PageResponse(200, type: "application/json", frame), fields)
        default:
            try await write(PageAssets.response(head.path) ?? PageResponse(404, "there is no \(head.path)"), fields)
        }
    }

    private func tellClock(_ head: RequestHead) async -> PageResponse {
        switch ClockRequest.decide(head) {
        case .refused(let code, let reason): PageResponse(code, reason)
        case .command(let command):
            await source.tell(command)
                ? PageResponse(200, command.rawValue)
                : PageResponse(404, "only the page of gotorrent run holds the clock")
        }
    }

    /// Sends frames as they come, each as soon as the browser has taken the one before.
    private func sendEvents(_ fields: [(name: String, value: String)]) async throws {
        guard let hub = source.hub else {
            return try await write(
                PageResponse(404, "a run that is over has no events; ask for /frame?cycle=N"), fields)
        }
        guard let (client, frames) = await hub.enter(await source.frame(after: nil)) else {
            let text = "\(FrameHub.mostClients) pages are open, as many as may be; close one of them"
            return try await write(PageResponse(503, text), fields)
        }
        do {
            try await write(PageResponse.eventsHead(fields))
            for await frame in frames {
                try await write(Array("event: frame\ndata: ".utf8) + frame + Array("\n\n".utf8))
            }
            try await write(Array("event: end\ndata: {}\n\n".utf8))
        } catch {
            await hub.leave(client)
            throw error
        }
        await hub.leave(client)
    }

    private func write(_ response: PageResponse, _ fields: [(name: String, value: String)]) async throws {
        var response = response
        response.fields += fields
        try await write(response.bytes)
    }

    private func write(_ bytes: [UInt8]) async throws {
        try await withPatience { try await socket.write(Data(bytes)) }
    }

    private func withPatience<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws
        -> Value
    {
        try await withThrowingTaskGroup { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: Self.patience)
                throw CancellationError()
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
