import CZeroMQ

extension Socket {
    /// Sets an option, as in `socket.set(.immediate, to: true)`.
    ///
    /// Most options concern later binds and connects only. Throws `invalidArgument` for a value out of range.
    public func set<Value>(_ option: SocketOption<Value>, to value: Value) throws(ZeroMQError) {
        let socket = pointer
        let code = value.withOptionBytes(size: option.size) { bytes -> ZeroMQError.Code? in
            while zmq_setsockopt(socket, option.code, bytes.baseAddress, bytes.count) == -1 {
                let code = ZeroMQError.Code.last
                if code != .interrupted { return code }
            }
            return nil
        }
        if let code { throw ZeroMQError(code: code, operation: "set \(option.name) to \(value)") }
    }

    /// The value of an option.
    public func get<Value>(_ option: SocketOption<Value>) throws(ZeroMQError) -> Value {
        let socket = pointer
        let result = withUnsafeTemporaryAllocation(byteCount: option.size, alignment: 8) {
            buffer -> Result<Value, ZeroMQError> in
            var size = option.size
            while zmq_getsockopt(socket, option.code, buffer.baseAddress, &size) == -1 {
                let code = ZeroMQError.Code.last
                if code != .interrupted {
                    return .failure(ZeroMQError(code: code, operation: "get \(option.name)"))
                }
            }
            guard let value = Value(optionBytes: UnsafeRawBufferPointer(rebasing: buffer[..<size])) else {
                return .failure(ZeroMQError(code: .invalidArgument, operation: "read \(option.name)"))
            }
            return .success(value)
        }
        return try result.get()
    }
}
