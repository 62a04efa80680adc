/// Arithmetic in GF(2⁸), the field with 256 elements, each a byte.
///
/// Bytes are polynomials over GF(2) modulo x⁸ + x⁴ + x³ + x² + 1 (0x11D), the one usual for erasure codes, in which x
/// generates all elements but 0. (AES has another, 0x11B.) Sums are exclusive or, so subtracting is adding.
package enum GaloisField256 {
    private static let polynomial = 0x11D

    /// a · b at 256 a + b.
    private static let products: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 65_536)
        for left in 1..<256 {
            for right in 1..<256 { table[256 * left + right] = slowProduct(left, right) }
        }
        return table
    }()

    /// 1 / a at a; nothing is 1 / 0.
    private static let inverses: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 256)
        for left in 1..<256 {
            for right in 1..<256 where products[256 * left + right] == 1 { table[left] = UInt8(right) }
        }
        return table
    }()

    package static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
        products[256 * Int(left) + Int(right)]
    }

    /// - Parameter element: not 0.
    package static func inverse(of element: UInt8) -> UInt8 {
        precondition(element != 0, "0 has no inverse")
        return inverses[Int(element)]
    }

    /// Adds a multiple of one row of bytes to another, place by place.
    /// - Parameter source: no longer than `target`.
    package static func add(_ factor: UInt8, times source: UnsafeRawBufferPointer, to target: inout [UInt8]) {
        guard factor != 0 else { return }
        target.withUnsafeMutableBufferPointer { target in
            precondition(source.count <= target.count, "a row is added to a shorter one")
            products.withUnsafeBufferPointer { products in
                let row = 256 * Int(factor)
                for place in 0..<source.count { target[place] ^= products[row + Int(source[place])] }
            }
        }
    }

    /// Adds a multiple of one row to another.
    package static func add(_ factor: UInt8, times source: [UInt8], to target: inout [UInt8]) {
        source.withUnsafeBytes { add(factor, times: $0, to: &target) }
    }

    /// Multiplies a row, place by place.
    package static func scale(_ row: inout [UInt8], by factor: UInt8) {
        for place in row.indices { row[place] = product(factor, row[place]) }
    }

    /// By the definition: shifting, adding, and taking the polynomial away.
    private static func slowProduct(_ left: Int, _ right: Int) -> UInt8 {
        var product = 0
        var shifted = left
        for bit in 0..<8 {
            if right >> bit & 1 == 1 { product ^= shifted }
            shifted <<= 1
            if shifted > 255 { shifted ^= polynomial }
        }
        return UInt8(product)
    }
}
