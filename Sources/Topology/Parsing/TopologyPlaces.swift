/// The lines of what only the whole topology can show to be wrong.
struct TopologyPlaces {
    struct Node {
        /// Where the node begins.
        var name: Int
        var host: Int
        var port: Int
    }

    var file = 1
    var chunkSize = 1
    var trackerHost = 1
    var trackerPort = 1
    var peerTimeout = 1
    var nodes = 1
    var metrics = 1
    /// Hosts, or nodes and their roles, were reported already, so nothing is to be concluded from what is left of them.
    var hasWrongHosts = false
    var hasWrongNodes = false
    /// By name.
    var node: [String: Node] = [:]
}
