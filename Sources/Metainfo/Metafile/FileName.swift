/// The check that a name from a metafile is safe to create in a folder of ours.
package enum FileName {
    /// What file systems allow for one name, in bytes.
    package static let maximumByteCount = 255

    /// Passes a name that is one path component and nothing else: it cannot leave the folder it is created in, and
    /// cannot move a terminal's cursor when it is printed.
    ///
    /// - Throws: `MetafileError` that says what is wrong with it.
    package static func check(_ name: String) throws(MetafileError) {
        if let fault = fault(of: name) {
            throw MetafileError(.malformed, "the file's name \(fault)")
        }
    }

    /// What makes a name unsafe, to be said after what the name is of; `nil` where it is safe.
    static func fault(of name: String) -> String? {
        if name.isEmpty {
            "is empty"
        } else if name == "." || name == ".." {
            "is \"\(name)\", which means a folder"
        } else if name.utf8.count > maximumByteCount {
            "is \(name.utf8.count) bytes long; \(maximumByteCount) are the most"
        } else if let separator = name.unicodeScalars.first(where: { $0 == "/" || $0 == "\\" }) {
            "contains \"\(separator)\"; it must name one file, without folders"
        } else if let control = name.unicodeScalars.first(where: { $0.properties.generalCategory == .control }) {
            "contains the control character \(control.value)"
        } else {
            nil
        }
    }

    /// What two names have in common that some file system takes for one: those that differ in case alone, or in how
    /// their accents are encoded. To be compared with `==`, which knows of the latter.
    static func folded(_ name: String) -> String {
        // Over upper case, so that ß and ss, or ς and σ, meet.
        name.utf8.allSatisfy { $0 < 0x80 } ? name.lowercased() : name.uppercased().lowercased()
    }
}
