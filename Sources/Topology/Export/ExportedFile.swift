/// A file of an export.
package struct ExportedFile: Equatable, Sendable {
    /// Below the folder that the export goes to.
    package let path: String
    package let bytes: [UInt8]

    init(_ path: String, _ text: String) {
        self.init(path, Array(text.utf8))
    }

    init(_ path: String, _ bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
