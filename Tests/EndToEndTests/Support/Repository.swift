import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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

    /// The built `gotorrent`: beside the test bundle, whatever the configuration and the scratch folder.
    static let program: String = {
        var folders = CommandLine.arguments.filter { $0.contains(".xctest") } + [CommandLine.arguments[0]]
        #if os(Linux)
            if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
                folders.append(own)
            }
        #endif
        for start in folders {
            var url = URL(fileURLWithPath: start)
            while url.path.count > 1 {
                url.deleteLastPathComponent()
                let candidate = url.appending(path: "gotorrent").path
                if isProgram(candidate) { return candidate }
            }
        }
        return "gotorrent was not built beside the tests"
    }()

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
