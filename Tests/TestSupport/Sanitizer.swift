import Foundation

/// The sanitizer that the tests run under, if any (`scripts/test.sh --sanitize`).
package enum Sanitizer {
    /// It takes memory and time of its own: what is measured then says nothing of the program.
    package static let isOn = ProcessInfo.processInfo.environment["GOTORRENT_SANITIZED"] != nil
}
