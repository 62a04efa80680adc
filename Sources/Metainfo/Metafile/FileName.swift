/// The check that a name from a metafile is safe to create in a folder of ours.
package enum FileName {
    /// What file systems allow for one name, in bytes.
    package static let maximumByteCount = 255

    /// Passes a name that is one path component and nothing else: it cannot leave the folder it is created in, and
    /// cannot move a terminal's cursor when it is printed.
    ///
    /// - Throws: `MetafileError` that says what is wrong with it.
    package static func check(_ name: String) throws(MetafileError) {
        let reason: String? =
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
        if let reason {
            throw MetafileError(.malformed, "the file's name \(reason)")
        }
    }
}
