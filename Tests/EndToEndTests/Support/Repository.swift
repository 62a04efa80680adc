import Foundation
import TestSupport

/// Where things lie: the sources, and the program that was built with these tests.
enum Repository {
    /// The folder of Package.swift.
    static let path: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { url.deleteLastPathComponent() }
        return url.path
    }()

    static func path(_ relative: String) -> String { path + "/" + relative }

    static func text(_ relative: String) throws -> String {
        try String(contentsOfFile: path(relative), encoding: .utf8)
    }

    /// The built `gotorrent`.
    static let program = BuiltProgram.path("gotorrent")
}
