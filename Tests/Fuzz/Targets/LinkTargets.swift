import Metainfo

/// Links that someone sends, and patterns for the files of a torrent that someone else named.
enum LinkTargets {
    static func link(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let text = String(decoding: input.rest(), as: UTF8.self)
        guard let link = try? TorrentLink(text) else { return false }
        for form in [link.description, link.magnet] {
            guard let again = try? TorrentLink(form) else { throw FuzzFinding("\(form) is not read again") }
            try require(
                again.infoHash == link.infoHash && again.tracker == link.tracker, "\(form) names the same torrent")
        }
        try require(
            (try? TorrentLink(link.magnet))?.name == link.name, "a magnet link keeps the name \(link.name ?? "")")
        try require(TorrentLink.isMeant(by: text), "what is read as a link is meant as one")
        return true
    }

    private static let folder: Metafile? = {
        func file(_ name: String) -> [UInt8] {
            Array("\(name.utf8.count):\(name)d0:d6:lengthi1e11:pieces root32:".utf8) + Array(repeating: 7, count: 32)
                + Array("ee".utf8)
        }
        let info =
            Array("d9:file treed1:ad".utf8) + file("aa.txt") + file("b*") + Array("1:cd".utf8) + file("\u{e9}t\u{e9}")
            + Array("ee".utf8) + file("z") + Array("e12:meta versioni2e4:name1:f12:piece lengthi16384ee".utf8)
        guard let info = try? TorrentInfo(decoding: info), let tracker = try? TrackerURI("tcp://127.0.0.1:1") else {
            return nil
        }
        return Metafile(info, tracker: tracker)
    }()

    /// Two patterns, the second beginning behind the first line.
    static func selection(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        guard let folder else { throw FuzzFinding("the folder of this target is no metafile") }
        let lines = String(decoding: input.rest().prefix(256), as: UTF8.self).split(
            separator: "\n", maxSplits: 1, omittingEmptySubsequences: false
        ).map(String.init)
        let only = FileSelection(only: [lines[0]], excluded: [])
        let meant = try? only.files(of: folder)
        let others = FileSelection(only: [], excluded: [lines[0]])
        if let meant = meant ?? nil, let left = (try? others.files(of: folder)) ?? nil {
            try require(
                meant.isDisjoint(with: left) && meant.union(left).count == folder.files.count,
                "what a pattern chooses and what it leaves are all files, each once: \(lines[0])")
        }
        guard lines.count == 2 else { return meant != nil }
        let both = (try? FileSelection(only: [lines[0]], excluded: [lines[1]]).files(of: folder)) ?? nil
        try require(both.map { !$0.isEmpty } ?? true, "a selection that is taken chooses something")
        return both != nil
    }
}
