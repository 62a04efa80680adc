/// Why a swarm could not be started, or did not go on.
package struct LaunchError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
