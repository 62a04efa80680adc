import CZeroMQ

/// A 32-byte CURVE key; of which kind, its role says.
///
/// Two types of one shape, so that a secret key cannot be set, sent or logged where a public one belongs.
public protocol CurveKey: Hashable, Sendable, SocketOptionValue {
    var bytes: [UInt8] { get }

    /// Nil unless there are exactly 32 bytes.
    init?(bytes: [UInt8])
}

extension CurveKey {
    /// Reads libzmq's 40-character text; nil if it is none.
    public init?(z85: String) {
        guard let bytes = Z85.decode(z85) else { return nil }
        self.init(bytes: bytes)
    }

    /// libzmq's 40-character text for the key.
    public var z85: String { Z85.encode(bytes) }

    public init?(optionBytes bytes: UnsafeRawBufferPointer) {
        self.init(bytes: Array(bytes))
    }

    public func withOptionBytes<Result>(size: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes(body)
    }
}

/// The key that others know an end by.
public struct CurvePublicKey: CurveKey, CustomStringConvertible {
    public let bytes: [UInt8]

    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    public var description: String { z85 }
}

/// The key that never leaves its end.
public struct CurveSecretKey: CurveKey, CustomStringConvertible, CustomReflectable {
    public let bytes: [UInt8]

    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Not the key: descriptions end up in logs.
    public var description: String { "secret key" }

    /// Not the key either: `dump` and failed expectations look here.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
