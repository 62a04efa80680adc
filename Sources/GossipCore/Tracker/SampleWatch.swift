/// Tells from the answers of `get_peers` whether the tracker still knows the node that asks.
///
/// A tracker that was restarted between two questions answers the second one, and no failure tells of its loss of
/// memory. But it names everyone that it knows, up to its sample size; and the sample size is at least the longest
/// answer so far. So a shorter answer names all members, and a node that is not among them is none.
public struct SampleWatch: Equatable, Sendable {
    private var longest = 0

    public init() {}

    /// Takes in an answer that came after the node had announced itself.
    /// - Parameters:
    ///   - count: the members that it names, this node included.
    ///   - namesUs: whether this node is among them.
    /// - Returns: whether the tracker has forgotten this node; of more members than a sample holds nobody can tell.
    public mutating func isForgotten(count: Int, namesUs: Bool) -> Bool {
        let isForgotten = !namesUs && (count == 0 || count < longest)
        // The tracker may have come back with smaller samples.
        longest = isForgotten ? count : max(longest, count)
        return isForgotten
    }
}
