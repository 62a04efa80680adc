import GossipCore
import HTTPText

/// A page's command to the clock: `POST /clock?do=pause`, `step` or `resume`, with the field `X-GoTorrent: clock`.
///
/// The field keeps others' pages out: a browser asks first whether it may send such a field elsewhere, and is not
/// answered. Source: the Fetch standard, "CORS-preflight request".
package enum ClockRequest {
    package static let path = "/clock"
    static let field = "x-gotorrent"

    package enum Decision: Equatable, Sendable {
        case command(ClockCommand)
        /// - Parameter reason: for the person who sees it.
        case refused(code: Int, reason: String)
    }

    /// - Parameter head: of a request for `path`, from somebody who may see the page.
    package static func decide(_ head: RequestHead) -> Decision {
        guard head.method == "POST" else {
            return .refused(code: 405, reason: "the clock is told by POST")
        }
        guard head.field(field) == "clock" else {
            return .refused(code: 403, reason: "the clock is told by its own page, which sends X-GoTorrent: clock")
        }
        guard let command = head.query("do").flatMap({ ClockCommand(rawValue: $0) }) else {
            let known = ClockCommand.allCases.map(\.rawValue).joined(separator: ", ")
            return .refused(code: 400, reason: "do must be one of \(known)")
        }
        return .command(command)
    }
}
