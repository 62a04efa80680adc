/// Numbers as files and tables give them, the same in every locale.
enum NumberText {
    /// A number with so many decimals, rounded to the nearest; ties away from zero.
    ///
    /// - Parameters:
    ///   - value: Finite and within ±10^12; anything else becomes `nan`.
    ///   - decimals: 0 to 6.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, abs(value) <= 1e12 else { return "nan" }
        let power = (0..<decimals).reduce(into: Int64(1)) { power, _ in power *= 10 }
        let scaled = Int64((abs(value) * Double(power)).rounded(.toNearestOrAwayFromZero))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scaled % power)
        return "\(sign)\(scaled / power)." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }

    /// A share from 0 to 1 that says 1 only of the whole and 0 only of nothing.
    static func share(_ part: UInt64, of whole: UInt64, decimals: Int = 6) -> String {
        guard part < whole else { return fixed(1, decimals) }
        let rounded = fixed(Double(part) / Double(whole), decimals)
        if rounded.first == "1" { return "0." + String(repeating: "9", count: decimals) }
        return rounded
    }

    /// A share in percent, such as `64.4 %`, that says 100 only of the whole.
    static func percent(_ part: UInt64, of whole: UInt64) -> String {
        guard part < whole else { return "100 %" }
        let tenths = part.multipliedFullWidth(by: 1000)
        let (quotient, _) = whole.dividingFullWidth(tenths)
        return "\(quotient / 10).\(quotient % 10) %"
    }

    /// A number with a comma after each three digits, such as `12,345`.
    static func grouped(_ value: UInt64) -> String {
        var groups = Substring(String(value))
        var text = ""
        while groups.count > 3 {
            text = "," + groups.suffix(3) + text
            groups = groups.dropLast(3)
        }
        return groups + text
    }

    /// A number of bytes for people, such as `9 bytes` or `1.5 MiB`.
    static func bytes(_ bytes: UInt64) -> String {
        guard bytes >= 1024 else { return bytes == 1 ? "1 byte" : "\(bytes) bytes" }
        var value = Double(bytes) / 1024
        var unit = "KiB"
        for larger in ["MiB", "GiB", "TiB", "PiB", "EiB"] where value >= 1024 {
            value /= 1024
            unit = larger
        }
        let text = fixed(value, 1)
        return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " " + unit
    }

    /// A number and its noun, such as `1 peer` or `5 peers`.
    static func count(_ value: UInt64, _ noun: String) -> String {
        "\(grouped(value)) \(noun)\(value == 1 ? "" : "s")"
    }

    /// Δ for people, such as `100 ms`, `1 s`, `2.5 s`.
    static func interval(milliseconds: UInt64) -> String {
        guard milliseconds >= 1000 else { return "\(milliseconds) ms" }
        var text = fixed(Double(milliseconds) / 1000, 3)
        while text.hasSuffix("0") { text.removeLast() }
        return (text.hasSuffix(".") ? String(text.dropLast()) : text) + " s"
    }
}
