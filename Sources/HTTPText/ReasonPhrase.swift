/// What stands behind the code of an answer, for people.
package enum ReasonPhrase {
    private static let phrases = [
        200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed",
        408: "Request Timeout", 421: "Misdirected Request", 431: "Request Header Fields Too Large",
        503: "Service Unavailable", 505: "HTTP Version Not Supported",
    ]

    package static func of(_ code: Int) -> String { phrases[code] ?? "Error" }
}
