#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A node as the agent starts it: in a process group of its own, its three standard files pipes or a log.
struct ChildProcess {
    let identifier: pid_t
    /// The other ends of its standard input, output and error; the last is nil where that is a file.
    let input: Int32
    let output: Int32
    let error: Int32?

    /// Starts a program.
    /// - Parameter log: the file that its standard error goes to; nil for a pipe.
    /// - Throws: `LaunchError` with the system's reason.
    static func start(_ executable: String, _ arguments: [String], log: String?) throws(LaunchError) -> ChildProcess {
        let input = try Pipe.make()
        let output = try Pipe.make()
        let error: (read: Int32?, write: Int32)
        if let log {
            let file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard file >= 0 else { throw LaunchError("cannot write \(log): \(lastError)") }
            error = (nil, file)
        } else {
            let pipe = try Pipe.make()
            error = (pipe.read, pipe.write)
        }
        defer { for descriptor in [input.read, output.write, error.write] { close(descriptor) } }
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #else
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input.read, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.write, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, error.write, STDERR_FILENO)
        // What the agent ignores a node must not.
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGPIPE, SIGHUP, SIGTERM, SIGINT] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF))
        var identifier = pid_t()
        let words = ([executable] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        let code = posix_spawn(&identifier, executable, &actions, &attributes, words + [nil], environ)
        guard code == 0 else {
            for descriptor in [input.write, output.read, error.read].compactMap({ $0 }) { close(descriptor) }
            throw LaunchError("cannot start \(executable): \(String(cString: strerror(code)))")
        }
        return ChildProcess(identifier: identifier, input: input.write, output: output.read, error: error.read)
    }

    /// Writes to its standard input, at once: what does not fit the pipe is too much.
    ///
    /// Of one that has ended meanwhile its end says more than that nobody reads.
    func hand(_ text: String) throws(LaunchError) {
        let bytes = Array(text.utf8)
        #if canImport(Glibc)
            // F_SETPIPE_SZ of fcntl.h, which Swift's Glibc module leaves out. A pipe has room for 64 KiB otherwise, and
            // a list of a thousand nodes is longer.
            if bytes.count > 64 << 10 { _ = fcntl(input, 1031, Int32(clamping: bytes.count)) }
        #endif
        _ = fcntl(input, F_SETFL, O_NONBLOCK)
        let count = write(input, bytes, bytes.count)
        if count < 0, errno == EPIPE { return }
        guard count == bytes.count else {
            throw LaunchError("cannot hand it \(bytes.count) bytes: \(count < 0 ? Self.lastError : "the pipe is full")")
        }
    }

    /// How it ended; nil while it runs. Once told, not told again.
    func ending() -> String? {
        var status: Int32 = 0
        guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? "exited(\((status >> 8) & 0xFF))" : "signaled(\(signal))"
    }

    private static var lastError: String { String(cString: strerror(errno)) }

    /// Two ends that children do not inherit, other than by the names that they are given.
    private enum Pipe {
        static func make() throws(LaunchError) -> (read: Int32, write: Int32) {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw LaunchError("cannot make a pipe: \(lastError)") }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return (ends[0], ends[1])
        }
    }
}
