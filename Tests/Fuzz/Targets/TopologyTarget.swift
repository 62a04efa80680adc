import Topology

/// A topology file.
enum TopologyTarget {
    /// Beside the repository's own, so that the files that it may name are there wherever the process runs.
    private static let path =
        String(#filePath.dropLast("Tests/Fuzz/Targets/TopologyTarget.swift".count)) + "topology.yaml"

    static func run(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let bytes = input.rest()
        let description: TopologyDescription
        do throws(TopologyError) {
            description = try TopologyParser.parse(bytes, path: path)
        } catch {
            try require(!error.issues.isEmpty, "what is refused is refused for a reason")
            return false
        }
        guard let again = try? TopologyParser.parse(Array(description.render().utf8), path: path) else {
            throw FuzzFinding("what is written is read again: \(description.render())")
        }
        try require(again == description, "a topology is read as it was written: \(description.render())")
        return true
    }
}
