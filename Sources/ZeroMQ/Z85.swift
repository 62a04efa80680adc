import CZeroMQ

/// ZeroMQ's text for binary keys: five printable characters for four bytes (RFC 32).
public enum Z85 {
    /// Characters in a key's text, and the final zero.
    static let keyTextSize = 41

    private static let alphabet = Set(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#".utf8)

    /// The text for `bytes`, whose count must be a multiple of four.
    public static func encode(_ bytes: [UInt8]) -> String {
        precondition(bytes.count % 4 == 0, "Z85 takes four bytes at a time")
        guard !bytes.isEmpty else { return "" }
        var characters = [CChar](repeating: 0, count: bytes.count / 4 * 5 + 1)
        let result = zmq_z85_encode(&characters, bytes, bytes.count)
        precondition(result != nil, "Z85 takes every multiple of four bytes")
        return text(characters)
    }

    /// The bytes of `text`; nil if it is no such text.
    public static func decode(_ text: String) -> [UInt8]? {
        // Checked here: libzmq's own check of the characters is not the same in every release.
        guard !text.isEmpty, text.utf8.count % 5 == 0, text.utf8.allSatisfy(alphabet.contains) else { return nil }
        var bytes = [UInt8](repeating: 0, count: text.utf8.count / 5 * 4)
        return zmq_z85_decode(&bytes, text) == nil ? nil : bytes
    }

    /// What a C function wrote, up to its zero.
    static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.lazy.map { UInt8(bitPattern: $0) }.prefix { $0 != 0 }, as: UTF8.self)
    }
}
