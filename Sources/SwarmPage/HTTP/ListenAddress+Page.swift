import HTTPText

/// Where the page is served if nobody says otherwise.
extension ListenAddress {
    package static let standard = ListenAddress(host: loopback, port: 6980)

    /// Reads an address; see `init(_:defaultPort:)`.
    package init?(_ text: String) {
        self.init(text, defaultPort: Self.standard.port)
    }
}
