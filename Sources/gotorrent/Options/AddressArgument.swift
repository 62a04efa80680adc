/// Lets `--web` and `--metrics` stand with an address and without: the parser knows options with a value, and flags, and
/// nothing between.
enum AddressArgument {
    /// What the option without an address stands for: that of whoever serves.
    static let standard = "standard"

    private static let options = ["--web", "--metrics"]

    /// The arguments, each of the options with a value.
    ///
    /// What follows is its address if it looks like one: `PORT`, `HOST:PORT`, or an address in digits. A bus has `//` in
    /// it, and a topology's file is hardly called `127.0.0.1`.
    static func completed(_ arguments: [String]) -> [String] {
        var completed: [String] = []
        for (index, argument) in arguments.enumerated() {
            let isFollowed = index + 1 < arguments.count && isAddress(arguments[index + 1])
            completed.append(options.contains(argument) && !isFollowed ? "\(argument)=\(standard)" : argument)
        }
        return completed
    }

    private static func isAddress(_ text: String) -> Bool {
        guard !text.contains("/"), text.first != "-" else { return false }
        if UInt16(text) != nil || text == "localhost" || text.hasPrefix("[") { return true }
        if let colon = text.lastIndex(of: ":"), UInt16(text[text.index(after: colon)...]) != nil { return true }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
