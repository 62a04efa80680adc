import Topology

/// A topology file.
enum TopologyTarget {
    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let bytes = input.rest()
        let description: TopologyDescription
        do throws(TopologyError) {
            description = try TopologyParser.parse(bytes, path: "topology.yaml")
        } catch {
            try require(!error.issues.isEmpty, "what is refused is refused for a reason")
            return false
        }
        guard let again = try? TopologyParser.parse(Array(description.render().utf8), path: "topology.yaml") else {
            throw FuzzFinding("what is written is read again: \(description.render())")
        }
        try require(again == description, "a topology is read as it was written: \(description.render())")
        return true
    }
}
