import GossipCore

/// Unit files: a folder a host, with a target that starts what runs there.
struct SystemdExport {
    let export: TopologyExport

    private static let target = "gotorrent.target"
    private static let metafiles = "/etc/gotorrent"
    private static let state = "/var/lib/gotorrent"
    private static let (unitPrefix, unitSuffix) = ("gotorrent-", ".service")

    private var topology: TopologyDescription { export.topology }

    var files: [ExportedFile] {
        topology.hosts.flatMap { host in
            var units: [(name: String, text: String)] = []
            if topology.tracker.host == host.name { units.append(tracker) }
            units += topology.nodes.filter { $0.host == host.name }.map(unit)
            guard !units.isEmpty else { return [ExportedFile]() }
            let metafile =
                topology.tracker.host == host.name
                ? [ExportedFile("\(host.name)/\(export.metafileName)", export.torrent.metafile)] : []
            let all = units + [(Self.target, target(host, units.map(\.name)))]
            let list = [export.allowList(in: "\(host.name)/")].compactMap { $0 }
            return metafile + list + all.map { ExportedFile("\(host.name)/\($0.name)", $0.text) }
        }
    }

    private var trackerAddress: String { topology.host(named: topology.tracker.host)?.address ?? "127.0.0.1" }

    private var tracker: (name: String, text: String) {
        (
            "\(Self.unitPrefix)\(NodeCommand.trackerName)\(Self.unitSuffix)",
            service(
                "tracker", about: "# Reads \(Self.metafiles)/\(export.metafileName), which lies beside this unit.",
                topology.unattendedTracker(metafiles: Self.metafiles))
        )
    }

    private func unit(_ node: NodeDescription) -> (name: String, text: String) {
        let isSeed = node.role == .seed
        let dataPath = isSeed ? topology.torrent.file : "\(Self.state)/\(node.name)"
        let about =
            isSeed
            ? "# Serves \(topology.torrent.file), which everyone must be allowed to read."
            : "# The file is \(dataPath)/\(export.fileName) once it is whole."
        return (
            "\(Self.unitPrefix)\(node.name)\(Self.unitSuffix)",
            service(
                node.name, about: about,
                topology.unattended(node, link: export.link(trackerHost: trackerAddress), dataPath: dataPath),
                state: isSeed ? nil : "gotorrent/\(node.name)")
        )
    }

    /// - Parameter state: the folder below /var/lib that the unit may write to.
    private func service(_ node: String, about: String, _ arguments: [String], state: String? = nil) -> String {
        let words = ([export.settings.program] + arguments).map(Self.quoted) + keyOptions
        let command = words.joined(separator: " ")
        // A path may hold whatever a name may, and a comment ends with its line.
        let comment = String(String.UnicodeScalarView(about.unicodeScalars.map { $0.value < 0x20 ? "?" : $0 }))
        var lines = [
            comment, "[Unit]", "Description=GoTorrent: \(node) of \(topology.name)", "Wants=network-online.target",
            "After=network-online.target", "PartOf=\(Self.target)", "", "[Service]", "ExecStart=\(command)",
            // A node that starts before the tracker finds no metafile there, and tries again.
            "Restart=on-failure", "RestartSec=2", "# Stopped by a signal, it says goodbye and ends so.",
            "SuccessExitStatus=130", "LimitNOFILE=65536", "DynamicUser=yes",
        ]
        if let state { lines.append("StateDirectory=\(state)") }
        // Root's file, of mode 0600; the unit's user is shown a copy that nobody else can read.
        if export.settings.keys != nil { lines.append("LoadCredential=key:\(Self.keyPath(node))") }
        lines += SystemdHardening.lines + ["", "[Install]", "WantedBy=\(Self.target)", ""]
        return lines.joined(separator: "\n")
    }

    private static func keyPath(_ node: String) -> String { "\(metafiles)/\(ExportedKeys.file(of: node))" }

    /// Words as systemd reads them: %d is the unit's folder of credentials.
    private var keyOptions: [String] {
        guard export.settings.keys != nil else { return [] }
        return ExportedKeys.options(key: "%d/key", list: "\(Self.metafiles)/\(ExportedKeys.listName)")
    }

    /// What else is to be done on a host of a secured swarm.
    /// - Parameter units: what runs there.
    private func keyRemarks(_ units: [String]) -> [String] {
        guard export.settings.keys != nil else { return [] }
        let names = units.map { String($0.dropFirst(Self.unitPrefix.count).dropLast(Self.unitSuffix.count)) }
        return [
            "#   install -D -m 644 \(ExportedKeys.listName) \(Self.metafiles)/\(ExportedKeys.listName)",
            "# and with the key files of what runs here, which are secret and needed on no other machine:",
        ] + names.map { "#   install -D -m 600 \(ExportedKeys.file(of: $0)) \(Self.keyPath($0))" } + ["# and then:"]
    }

    private func target(_ host: HostDescription, _ units: [String]) -> String {
        let copy =
            topology.tracker.host == host.name
            ? ["#   install -D -m 644 \(export.metafileName) \(Self.metafiles)/\(export.metafileName)"] : []
        let lines =
            [
                "# On \(host.name), from the folder of this file, as root:"
            ] + copy + keyRemarks(units) + [
                "#   cp gotorrent*.service \(Self.target) /etc/systemd/system/",
                "#   systemctl daemon-reload && systemctl enable --now gotorrent*.service \(Self.target)",
                "[Unit]", "Description=GoTorrent: what \(topology.name) runs on \(host.name)",
            ] + units.map { "Wants=\($0)" } + ["", "[Install]", "WantedBy=multi-user.target", ""]
        return lines.joined(separator: "\n")
    }

    /// A word of a command line as systemd.service(5) reads it: % begins a specifier, $ a variable.
    static func quoted(_ word: String) -> String {
        let doubled = word.replacing("%", with: "%%").replacing("$", with: "$$")
        let isPlain = doubled.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "-_./:*+=@%,$[]".utf8.contains(byte)
        }
        if isPlain, !doubled.isEmpty { return doubled }
        var quoted = ""
        for scalar in doubled.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\n": quoted += "\\n"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return "\"\(quoted)\""
    }
}
