/// A line with a value: `name{label="value",…} 12.5`.
enum SampleLine {
    static func read(_ line: Substring) throws(Exposition.Complaint) -> Exposition.Sample {
        var rest = line
        let name = rest.prefix { $0 != "{" && $0 != " " }
        guard isName(name) else { throw Exposition.Complaint(text: "\(name) is no name") }
        rest = rest.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" { labels = try self.labels(&rest) }
        guard rest.first == " ", let value = value(rest.dropFirst()) else {
            throw Exposition.Complaint(text: "\(name) has no value")
        }
        return Exposition.Sample(name: String(name), labels: labels, value: value)
    }

    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "_")
        }
    }

    private static func value(_ text: Substring) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: text.allSatisfy { "0123456789+-.eE".contains($0) } ? Double(text) : nil
        }
    }

    private static func labels(_ rest: inout Substring) throws(Exposition.Complaint) -> [String: String] {
        var labels: [String: String] = [:]
        repeat {
            rest = rest.dropFirst()
            let name = rest.prefix { $0 != "=" }
            rest = rest.dropFirst(name.count)
            guard isName(name), rest.hasPrefix("=\"") else { throw Exposition.Complaint(text: "\(name) is no label") }
            rest = rest.dropFirst(2)
            guard labels.updateValue(try quoted(&rest), forKey: String(name)) == nil else {
                throw Exposition.Complaint(text: "the label \(name) is there twice")
            }
        } while rest.first == ","
        guard rest.first == "}" else { throw Exposition.Complaint(text: "labels without an end") }
        rest = rest.dropFirst()
        return labels
    }

    private static func quoted(_ rest: inout Substring) throws(Exposition.Complaint) -> String {
        var text = ""
        while let character = rest.popFirst() {
            if character == "\"" { return text }
            guard character == "\\" else {
                text.append(character)
                continue
            }
            switch rest.popFirst() {
            case "n": text.append("\n")
            case "\\": text.append("\\")
            case "\"": text.append("\"")
            default: throw Exposition.Complaint(text: "a label's value has an escape that there is not")
            }
        }
        throw Exposition.Complaint(text: "a label's value does not end")
    }
}
