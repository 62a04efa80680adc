import Foundation

/// Programs that were built with the tests.
package enum BuiltProgram {
    /// Where a program is: beside the test bundle, whatever the configuration and the scratch folder.
    package static func path(_ name: String) -> String {
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
                let candidate = url.appending(path: name).path
                if isProgram(candidate) { return candidate }
            }
        }
        return "\(name) was not built beside the tests"
    }

    private static func isProgram(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
