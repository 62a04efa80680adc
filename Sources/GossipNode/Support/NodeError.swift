/// Why a node cannot start or go on, in words for the person who runs it.
package struct NodeError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Code: Sendable {
        /// A socket could not be bound or connected.
        case network
        /// A file or folder could not be read or written.
        case storage
        /// A file's bytes are not those that the metafile describes.
        case contents
        /// The system has no more threads or descriptors.
        case resources
        /// The tracker refused this node.
        case tracker
        /// A key or an allow-list is not what it must be.
        case security
    }

    package let code: Code
    package let description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
