import Foundation
import TestSupport
import Testing

/// Whom the page's server answers, and what it does with those whom it does not.
@Suite struct WebServerTests {
    /// A bus that is not there: the page waits for it.
    private static let bus = "tcp://127.0.0.1:1"

    @Test(.timeLimit(.patience(minutes: 2))) func oddRequestsAreAnsweredAndDoNoHarm() async throws {
        let ending = try await WebPage.serve(Self.bus) { address in
            let host = "Host: 127.0.0.1\\r\\n"
            let codes = try await WebPage.raw(
                address,
                [
                    "GET / HTTP/1.1\\r\\n\(host)\\r\\n", "GET / HTTP/1.1\\r\\nHost: evil.example\\r\\n\\r\\n",
                    "GET /nothing HTTP/1.1\\r\\n\(host)\\r\\n", "POST / HTTP/1.1\\r\\n\(host)\\r\\n",
                    "nonsense\\r\\n\\r\\n", "\\xff\\xfe\\r\\n\\r\\n",
                    "GET / HTTP/1.1\\r\\nX: " + String(repeating: "x", count: 20_000) + "\\r\\n\\r\\n",
                    "GET /frame HTTP/1.1\\r\\n\(host)\\r\\n",
                ])
            #expect(codes == [200, 421, 404, 405, 400, 400, 431, 200])
            let page = try await WebPage.get(address)
            #expect(page.body.contains("<title>GoTorrent</title>"))
            #expect(page.policy?.hasPrefix("default-src 'none'") == true)
        }
        #expect(ending.code == 130, "\(ending.errors)")
    }

    @Test(.timeLimit(.patience(minutes: 2))) func beyondLoopbackNothingIsSeenWithoutTheToken() async throws {
        try await WebPage.serve(Self.bus, listen: "0.0.0.0:0") { address in
            let parts = address.split(separator: "?token=")
            let (bare, token) = (String(parts[0]), String(parts[1]))
            #expect(token.count == 32)
            let page = try await WebPage.get(address)
            #expect(page.code == 200)
            #expect(page.cookie?.hasPrefix("gotorrent-token=\(token);") == true)
            for path in ["", "frame", "events", "page.js", "?token=\(token.dropLast())0x"] {
                let refused = try await WebPage.get(bare + path)
                #expect(refused.code == 401, "\(path)")
            }
            let cookie = "GET /frame HTTP/1.1\\r\\nCookie: gotorrent-token=\(token)\\r\\n\\r\\n"
            let codes = try await WebPage.raw(bare, [cookie])
            #expect(codes == [200])
        }
    }

    @Test(.timeLimit(.patience(minutes: 2))) func browsersAreBoundedAndNoneWaitsForAnother() async throws {
        try await WebPage.serve(Self.bus) { address in
            // All but the first read nothing after their answer's head.
            let crowd = try await WebPage.crowd(address, 34)
            #expect(crowd.codes == Array(repeating: 200, count: 32) + [503, 503])
            #expect(crowd.frames >= 3)
        }
    }

    @Test(.timeLimit(.patience(minutes: 2))) func whatCannotBeShownIsSaid() async throws {
        let nothing = try await Program.run(WebPage.program, ["/nowhere"])
        #expect(nothing.code == 2)
        #expect(nothing.errors == "gotorrent-web: /nowhere is no run directory: there is no nodes.csv in it\n")
        let address = try await Program.run(WebPage.program, [Self.bus, "--listen", "somewhere:80"])
        #expect(address.code == 64)
        #expect(address.errors.contains("--listen is somewhere:80; it must be HOST:PORT, HOST or PORT"))
        try await WebPage.serve(Self.bus) { address in
            let place = address.dropFirst("http://".count).dropLast()
            let taken = try await Program.run(WebPage.program, [Self.bus, "--listen", String(place)])
            #expect(taken.code == 2)
            #expect(taken.errors.contains("cannot serve the page at \(place): Address already in use"))
        }
        let detached = try await Program.gotorrent("run", "topology.yaml", "--web", "--detach")
        #expect(detached.code == 64 && detached.errors.contains("--web shows a run as long as"))
        // Without an address before the file, too: the file is not taken for one.
        let ahead = try await Program.gotorrent("run", "--web", "topology.yaml", "--detach")
        #expect(ahead.code == 64 && ahead.errors.contains("--web shows a run as long as"))
    }

    @Test(.timeLimit(.patience(minutes: 2))) func withoutTheServersProgramThePageIsRefusedBeforeAnythingStarts()
        async throws
    {
        let folder = try TemporaryFolder()
        let alone = folder.path("gotorrent")
        do {
            try FileManager.default.linkItem(atPath: Repository.program, toPath: alone)
        } catch {
            try FileManager.default.copyItem(atPath: Repository.program, toPath: alone)
        }
        let ending = try await Program.run(alone, ["run", Repository.path("topology.yaml"), "--web"], in: folder.path)
        #expect(ending.code == 2)
        #expect(
            ending.errors.contains("--web needs gotorrent-web, which is not beside this program, at \(alone)-web"))
        #expect(!folder.exists("runs"))
    }
}
