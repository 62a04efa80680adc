/// What a node measures only where somebody may ask for it; all else is read from what it counts anyway.
struct NodeMeasures {
    var latencies = ChunkLatencies()
    var punctuality = TickPunctuality()
}
