#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The two outputs: results for programs on standard output, all that people read on standard error.
package enum Console {
    package static func result(_ line: String) {
        write(line + "\n", to: STDOUT_FILENO)
    }

    package static func note(_ line: String) {
        write(line + "\n", to: STDERR_FILENO)
    }

    /// - Parameter program: that says so.
    package static func error(_ message: String, of program: String = "gotorrent") {
        write("\(program): \(message)\n", to: STDERR_FILENO)
    }

    /// Ends the program, with a word on why, where Swift does not know its arguments: on Linux it reads them in /proc. The
    /// argument parser would trap.
    package static func requireArguments(of program: String = "gotorrent") {
        guard CommandLine.arguments.isEmpty else { return }
        error("the command line cannot be read: /proc is not mounted here, and must be", of: program)
        exit(1)
    }

    /// Writes at once, without a buffer that another process would wait for.
    /// - Returns: false where nobody reads any more.
    @discardableResult
    package static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var done = 0
            while done < bytes.count {
                #if canImport(Glibc)
                    let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
                #else
                    let count = Darwin.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
                #endif
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }
}
