/// Something that must hold and does not.
package struct FuzzFinding: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Says what must hold of an input's outcome.
func require(_ holds: Bool, _ statement: @autoclosure () -> String) throws(FuzzFinding) {
    if !holds { throw FuzzFinding("it does not hold that " + statement()) }
}
