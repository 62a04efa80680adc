import ArgumentParser
import Reporting
import Topology

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is done with the hosts of a topology that are reached by ssh.
struct HostOptions: ParsableArguments {
    @Option(
        help: """
            none, records or all: what is fetched from hosts at the end: nothing but the logs, which come meanwhile, \
            traces as well, or the peers' copies as well. Copies are compared on the hosts anyway.
            """)
    var collect = HostFleet.Collection.all

    @Flag(help: "Leave the program and the seeds' files on the hosts, so that the next run need not copy them.")
    var keepCopies = false

    @Flag(
        help: """
            Leave when the swarm is under way; it goes on, and `gotorrent status DIR` and `gotorrent stop DIR` find it \
            by its run directory.
            """)
    var detach = false

    /// - Parameters:
    ///   - directory: where logs go.
    ///   - run: names the run's folder on the hosts.
    func settings(_ directory: RunDirectory, run: DetachedRun) throws -> HostSettings {
        var settings = try Self.settings(directory, run: run)
        settings.keepsCopies = keepCopies
        settings.isDetached = detach
        return settings
    }

    static func settings(_ directory: RunDirectory, run: DetachedRun) throws -> HostSettings {
        let folder = directory.logs + "/ssh"
        if mkdir(folder, 0o755) != 0, errno != EEXIST {
            throw LaunchError("cannot create the folder \(folder): \(String(cString: strerror(errno)))")
        }
        return HostSettings(
            ssh: getenv("GOTORRENT_SSH").map { String(cString: $0) } ?? "ssh", run: run.identifier,
            program: try HostProgram(ExecutablePath.current), log: { directory.log(of: $0) },
            sshLog: { "\(folder)/\($0).log" })
    }
}

extension HostFleet.Collection: ExpressibleByArgument {}
