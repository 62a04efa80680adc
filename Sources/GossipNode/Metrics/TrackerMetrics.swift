import Metrics

/// What a tracker tells of itself, its clock and its bus.
enum TrackerMetrics {
    private static func metric(
        _ kind: MetricDescription.Kind, _ name: String, labels: [String] = [], _ help: String
    ) -> MetricDescription {
        MetricDescription(kind, "gotorrent_\(name)", labels: labels, help)
    }

    static let members = metric(.gauge, "tracker_members", "Members of all torrents.")
    static let torrents = metric(.gauge, "tracker_torrents", "Torrents that have a member.")
    static let torrentMembers = metric(
        .gauge, "tracker_torrent_members", labels: ["torrent"],
        "Members of the torrents that have most; those of all others together are under other.")
    static let membersRemoved = metric(
        .counter, "tracker_silent_members_total", "Members that were removed because they fell silent.")
    static let requests = metric(
        .counter, "tracker_requests_total", labels: ["verb"], "Requests by their verb; other could not be read.")
    static let errors = metric(
        .counter, "tracker_errors_total", labels: ["code"], "Requests that were answered by an error, by its code.")
    static let links = metric(.gauge, "tracker_links", labels: ["socket"], "Links that others have, by socket.")
    static let linksCut = metric(
        .counter, "tracker_links_cut_total", labels: ["socket"], "Links that were cut for breaking a bound.")
    static let busMessages = metric(
        .counter, "bus_messages_total", labels: ["outcome"], "Messages of publishers, passed on or refused.")
    static let cycle = metric(.gauge, "clock_cycle", "The number of the last tick; 0 before the first.")
    static let interval = metric(.gauge, "clock_interval_seconds", "The length of a cycle.")
    static let ticks = metric(.counter, "clock_ticks_total", "Ticks that were sent.")
    static let lateness = metric(
        .histogram, "clock_lateness_seconds", "How long after it was due each tick was sent.")
}
