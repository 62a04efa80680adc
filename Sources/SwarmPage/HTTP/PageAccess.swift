import HTTPText

/// Who may see the page.
///
/// On loopback whoever is on this machine, but not a page of somebody else's that had its name lead here (DNS
/// rebinding): the request must name this machine. Beyond loopback whoever has the token.
package struct PageAccess: Sendable {
    package static let cookieName = "gotorrent-token"

    package enum Decision: Equatable, Sendable {
        /// - Parameter cookie: to be set, so that the address need not hold the token any longer; nil where it need not.
        case granted(cookie: String?)
        /// - Parameter reason: for the person who sees it.
        case refused(code: Int, reason: String)
    }

    /// Nil on loopback.
    private let token: String?

    package init(token: String?) {
        self.token = token
    }

    package func decide(_ head: RequestHead) -> Decision {
        guard let token else {
            guard head.isForLoopback else {
                return .refused(code: 421, reason: "this page is served to this machine alone; ask for it as 127.0.0.1")
            }
            return .granted(cookie: nil)
        }
        if let given = head.query("token"), Self.isSame(given, token) {
            return .granted(cookie: "\(Self.cookieName)=\(token); Path=/; HttpOnly; SameSite=Strict")
        }
        if let given = head.cookie(Self.cookieName), Self.isSame(given, token) { return .granted(cookie: nil) }
        return .refused(
            code: 401, reason: "the token is missing or wrong; open the address that gotorrent-web printed, as it is")
    }

    /// Compares in a time that tells nothing but the length, which is no secret.
    static func isSame(_ given: String, _ token: String) -> Bool {
        let (given, token) = (Array(given.utf8), Array(token.utf8))
        guard given.count == token.count else { return false }
        return zip(given, token).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
