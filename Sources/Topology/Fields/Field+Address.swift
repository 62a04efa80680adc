import HTTPText

extension Field where Value == ListenAddress {
    /// Where something is served over HTTP.
    static func listenAddress(defaultPort: UInt16) -> Field<ListenAddress> {
        let expects =
            "an address to listen at, such as \(defaultPort), 127.0.0.1:\(defaultPort) or 0.0.0.0:\(defaultPort)"
        return Field(expects: expects) { text throws(InvalidText) in
            guard let address = ListenAddress(text, defaultPort: defaultPort) else {
                throw InvalidText(text, "it must be \(expects)")
            }
            return address
        }
    }
}
