import CBuildInfo
import ZeroMQ

/// What `--version` says.
package enum Version {
    /// The one place of the number: `scripts/version.sh` reads it here for packages and manual pages.
    package static let number = "0.9.0"

    /// The commit that was built, ten digits; `-dirty` follows where the sources were not quite that commit's. A build
    /// that was not told it (`scripts/version.sh` tells those of the scripts) says `unknown`.
    package static var commit: String { String(cString: gotorrent_commit()) }

    /// - Parameter program: its name.
    /// - Returns: such as `gotorrent 0.9.0 (commit 1a2b3c4d5e, libzmq 4.3.4)`.
    package static func description(of program: String) -> String {
        "\(program) \(number) (commit \(commit), libzmq \(LibraryVersion.current))"
    }
}
