/// A type that a socket option can have: it knows the bytes libzmq wants.
public protocol SocketOptionValue: Sendable {
    /// Reads what libzmq returned; nil when it makes no sense as this type.
    init?(optionBytes bytes: UnsafeRawBufferPointer)

    /// Calls `body` with what libzmq is to be given for an option of `size` bytes.
    ///
    /// A value that cannot be expressed is passed as no bytes, which libzmq refuses as an invalid argument.
    func withOptionBytes<Result>(size: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result
}

/// C `int` or `int64_t`, by the option's size.
extension Int: SocketOptionValue {
    public init?(optionBytes bytes: UnsafeRawBufferPointer) {
        switch bytes.count {
        case 4: self = Int(bytes.loadUnaligned(as: Int32.self))
        case 8: self = Int(bytes.loadUnaligned(as: Int64.self))
        default: return nil
        }
    }

    public func withOptionBytes<Result>(size: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if size == 8 { return withUnsafeBytes(of: Int64(self), body) }
        guard let value = Int32(exactly: self) else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return withUnsafeBytes(of: value, body)
    }
}

/// C `int`, 0 or 1.
extension Bool: SocketOptionValue {
    public init?(optionBytes bytes: UnsafeRawBufferPointer) {
        guard let value = Int(optionBytes: bytes) else { return nil }
        self = value > 0
    }

    public func withOptionBytes<Result>(size: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        (self ? 1 : 0).withOptionBytes(size: size, body)
    }
}

/// Milliseconds in a C `int`, rounded up.
extension Duration: SocketOptionValue {
    public init?(optionBytes bytes: UnsafeRawBufferPointer) {
        guard let value = Int(optionBytes: bytes), value >= 0 else { return nil }
        self = .milliseconds(value)
    }

    public func withOptionBytes<Result>(size: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        // A negative duration must not become libzmq's -1, which is nil here.
        guard self >= .zero else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return Int(millisecondsRoundedUp).withOptionBytes(size: size, body)
    }
}

/// Milliseconds in a C `int`; nil is -1.
extension Duration?: SocketOptionValue {
    public init?(optionBytes bytes: UnsafeRawBufferPointer) {
        guard let value = Int(optionBytes: bytes) else { return nil }
        self = value < 0 ? Self.none : .milliseconds(value)
    }

    public func withOptionBytes<Result>(size: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        switch self {
        case .some(let duration): duration.withOptionBytes(size: size, body)
        case .none: (-1).withOptionBytes(size: size, body)
        }
    }
}

/// The bytes themselves.
extension [UInt8]: SocketOptionValue {
    public init?(optionBytes bytes: UnsafeRawBufferPointer) {
        self = Array(bytes)
    }

    public func withOptionBytes<Result>(size: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(body)
    }
}

/// UTF-8; libzmq ends it with a zero on reading and wants none on setting.
extension String: SocketOptionValue {
    public init?(optionBytes bytes: UnsafeRawBufferPointer) {
        self = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    public func withOptionBytes<Result>(size: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Array(utf8).withUnsafeBytes(body)
    }
}
