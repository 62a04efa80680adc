/// Why a topology cannot be written out in a format.
package struct ExportError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
