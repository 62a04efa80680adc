/// Why a graph does not exist, and what would.
package struct GraphError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
