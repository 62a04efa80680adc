/// The frames of a received message, borrowed from where the socket keeps them.
package struct WireFrames {
    private let frames: UnsafeBufferPointer<UnsafeRawBufferPointer>

    /// - Parameter frames: valid for as long as this value is used.
    package init(_ frames: UnsafeBufferPointer<UnsafeRawBufferPointer>) {
        self.frames = frames
    }

    package var count: Int { frames.count }

    /// The bytes of a frame; none beyond the last one.
    package subscript(index: Int) -> UnsafeRawBufferPointer {
        index < frames.count ? frames[index] : UnsafeRawBufferPointer(start: nil, count: 0)
    }

    package func frame(_ index: Int, equals bytes: [UInt8]) -> Bool {
        let frame = self[index]
        return frame.count == bytes.count && frame.elementsEqual(bytes)
    }

    package func bytes(_ index: Int) -> [UInt8] { Array(self[index]) }

    /// A big-endian integer that fills the frame; nil where the frame is of another size.
    package func integer<Number: FixedWidthInteger & UnsignedInteger>(_ index: Int, as _: Number.Type) -> Number? {
        let frame = self[index]
        guard frame.count == MemoryLayout<Number>.size else { return nil }
        return Number(bigEndian: frame.loadUnaligned(as: Number.self))
    }

    /// Lends an array of frames as a received message.
    package static func with<Result, Failure: Error>(
        _ frames: [[UInt8]], _ body: (WireFrames) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let joined = frames.flatMap { $0 }
        var outcome: Swift.Result<Result, Failure>?
        joined.withUnsafeBytes { bytes in
            var start = 0
            let views = frames.map { frame in
                defer { start += frame.count }
                return UnsafeRawBufferPointer(rebasing: bytes[start..<start + frame.count])
            }
            views.withUnsafeBufferPointer { buffer in
                do throws(Failure) {
                    outcome = .success(try body(WireFrames(buffer)))
                } catch {
                    outcome = .failure(error)
                }
            }
        }
        guard let outcome else { preconditionFailure("the body was not called") }
        return try outcome.get()
    }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    /// The integer as a frame: big-endian, of its own width.
    package var frame: [UInt8] {
        withUnsafeBytes(of: bigEndian) { Array($0) }
    }
}
