/// The rows of a CSV file, RFC 4180.
enum CSVRows {
    /// Calls `body` with the fields of each row, the header included, and its number from 1 on.
    /// - Returns: false where a quote is never closed.
    static func forEach(_ text: [UInt8], _ body: (_ row: Int, _ fields: [String]) throws(RunFault) -> Void)
        throws(RunFault)
    {
        var fields: [String] = []
        var field: [UInt8] = []
        var (isQuoted, row, index) = (false, 1, 0)
        let (quote, comma, newline) = (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"))
        func finishField() {
            fields.append(String(decoding: field, as: UTF8.self))
            field.removeAll(keepingCapacity: true)
        }
        while index < text.count {
            let byte = text[index]
            index += 1
            if isQuoted {
                if byte != quote {
                    field.append(byte)
                } else if index < text.count, text[index] == quote {
                    field.append(quote)
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == quote, field.isEmpty {
                isQuoted = true
            } else if byte == comma {
                finishField()
            } else if byte == newline {
                finishField()
                try body(row, fields)
                fields.removeAll(keepingCapacity: true)
                row += 1
            } else {
                field.append(byte)
            }
        }
        // A run that was killed may have left half a row; a whole one ends its line.
    }
}

/// What is wrong with a run directory, for the person who wants it shown.
package struct RunFault: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
