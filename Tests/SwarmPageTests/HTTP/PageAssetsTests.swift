import Testing

@testable import SwarmPage

@Suite struct PageAssetsTests {
    /// Everything that the page names is there, and is ours: it works without a network.
    @Test func whateverThePageAsksForIsInTheBinary() throws {
        let page = String(decoding: try #require(PageAssets.response("/")).body, as: UTF8.self)
        let named = page.matches(of: /(?:src|href)="([^"#]+)"/).map { String($0.1) }
        #expect(Set(named) == ["/page.js", "/page.css", "/icon.svg"])
        let paths = ["/page.js", "/palette.js", "/map.js", "/charts.js", "/links.js", "/table.js"]
        for path in paths {
            let script = String(decoding: try #require(PageAssets.response(path)).body, as: UTF8.self)
            for name in script.matches(of: /from "\.([^"]+)"/).map({ String($0.1) }) {
                #expect(paths.contains(name), "\(path) asks for \(name)")
            }
            #expect(!script.contains("http://") && !script.contains("https://"), "\(path) names an outside address")
        }
    }

    @Test(arguments: ["/../Package.swift", "/index.html", "", "/page.js/", "/PAGE.js"]) func nothingElseIsServed(
        _ path: String
    ) {
        #expect(PageAssets.response(path) == nil)
    }

    @Test func anAnswerAllowsNothingFromElsewhere() throws {
        let text = String(decoding: try #require(PageAssets.response("/icon.svg")).bytes, as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\n"))
        #expect(text.contains("\r\nContent-Security-Policy: default-src 'none'; script-src 'self';"))
        let size = try #require(PageAssets.response("/icon.svg")).body.count
        #expect(text.contains("\r\nContent-Length: \(size)\r\n\r\n<svg"))
    }
}
