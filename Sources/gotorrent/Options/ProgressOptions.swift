import ArgumentParser

/// How a command shows how far it is.
struct ProgressOptions: ParsableArguments {
    @Flag(
        help: """
            Print progress as one JSON object a line on standard output, each second: torrent, node, name, path, state \
            (joining, downloading, stalled, complete), reason, chunks_held, chunk_count, bytes, total_bytes, \
            rate_bytes_per_second, eta_seconds, peers, sent_bytes, copies_sent; null where it is not known.
            """)
    var json = false

    @Flag(inversion: .prefixedNo, help: "Show progress: a bar on a terminal, a line every ten seconds elsewhere.")
    var progress = true

    var mode: ProgressDisplay.Mode { json ? .json : progress ? .text : .none }
}
