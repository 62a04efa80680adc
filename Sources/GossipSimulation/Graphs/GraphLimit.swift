/// What holds for the graphs of every kind.
enum GraphLimit {
    /// Ends of edges are counted in 32 bits.
    private static let largestEndCount = Int(UInt32.max)

    /// - Throws: `GraphError` where the nodes are too few for the degree, or the edges too many for this machine.
    static func check(_ kind: String, nodeCount: Int, degree: Int) throws(GraphError) {
        guard degree >= 1 else { throw GraphError("the degree is \(degree); it must be at least 1") }
        guard degree < nodeCount else {
            throw GraphError(
                "a \(kind) graph of degree \(degree) needs at least \(degree + 1) nodes, and there are \(nodeCount)")
        }
        guard degree <= largestEndCount / nodeCount else {
            throw GraphError(
                "degree \(degree) and \(nodeCount) nodes are too many edges; the degree may be up to "
                    + "\(largestEndCount / nodeCount)")
        }
    }

    /// - Throws: `GraphError` where the degree is odd in a graph whose nodes have as many neighbours on either side.
    static func checkEven(_ kind: String, degree: Int) throws(GraphError) {
        guard !degree.isMultiple(of: 2) else { return }
        throw GraphError(
            "a \(kind) graph has an even degree, and \(degree) is odd; take \(max(2, degree - 1)) or \(degree + 1)")
    }
}
