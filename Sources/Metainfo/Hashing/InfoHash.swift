/// The identity of a torrent: the SHA-256 of the bencoded `info` dictionary, byte for byte as in its metafile.
///
/// Two torrents with one content and different names, or chunk sizes, have different info hashes; one torrent at two
/// trackers has one.
package struct InfoHash: Hashable, Sendable, CustomStringConvertible {
    private let digest: Digest256

    package init(_ digest: Digest256) {
        self.digest = digest
    }

    /// Reads the 32 bytes that messages carry; `nil` for any other number of bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard let digest = Digest256(bytes: bytes) else { return nil }
        self.init(digest)
    }

    /// Reads 64 hexadecimal digits of either case; `nil` for anything else.
    package init?(hex: some StringProtocol) {
        guard let digest = Digest256(hex: hex) else { return nil }
        self.init(digest)
    }

    /// The 32 bytes that messages carry.
    package var bytes: [UInt8] { digest.bytes }

    /// 64 lower-case hexadecimal digits.
    package var description: String { digest.description }
}
