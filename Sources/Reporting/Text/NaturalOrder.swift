/// The order of names in which `peer2` comes before `peer10`.
enum NaturalOrder {
    /// Compares digit runs by value and everything else by bytes; a total order, for names that differ at all.
    static func comesBefore(_ left: String, _ right: String) -> Bool {
        var left = Substring(left).utf8
        var right = Substring(right).utf8
        let whole = (left, right)
        while let one = left.first, let other = right.first {
            if isDigit(one), isDigit(other) {
                let oneNumber = takeNumber(&left)
                let otherNumber = takeNumber(&right)
                if oneNumber.count != otherNumber.count { return oneNumber.count < otherNumber.count }
                if !oneNumber.elementsEqual(otherNumber) { return oneNumber.lexicographicallyPrecedes(otherNumber) }
            } else {
                if one != other { return one < other }
                left.removeFirst()
                right.removeFirst()
            }
        }
        if left.isEmpty != right.isEmpty { return left.isEmpty }
        // Alike but for leading zeros.
        return whole.0.lexicographicallyPrecedes(whole.1)
    }

    /// Takes a run of digits off, and gives it without leading zeros.
    private static func takeNumber(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
        let digits = text.prefix(while: isDigit)
        text = text.dropFirst(digits.count)
        return digits.drop { $0 == UInt8(ascii: "0") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
