import GossipCore

/// The gnuplot script of a figure. It lies in the run directory, reads the CSV files there and writes SVG and PNG.
struct FigureScript {
    let figure: Figure
    let parameters: RunParameters
    /// The run's nodes in the order of `nodes.csv`.
    let nodes: [RecordedNode]
    let totals: RunTotals
    let lastCycle: Cycle

    /// More peers than this are drawn alike: nobody tells nine colours apart, nor reads nine labels.
    static let mostLabelledPeers = 8

    var script: GnuplotScript {
        GnuplotScript(
            name: figure.rawValue, title: [parameters.name, parameters.title],
            settings: """
                set xlabel 'cycle' offset 0,0.4
                set xrange [0:\(max(1, lastCycle))]
                \(lastCycle <= 20 ? "set xtics 1" : "set xtics autofreq")
                \(figure == .progress ? progressAxis : messagesAxis)
                """,
            plots: figure == .progress ? progressLines : messagesLines)
    }

    private var progressAxis: String {
        """
        set ylabel 'average fraction of the file downloaded'
        set yrange [0:1.02]
        set ytics 0.2
        set mytics 2
        """
    }

    private var progressLines: [String] {
        let average =
            "'cycles.csv' every ::1 using 1:2 with \(marks) linewidth 4 linecolor rgb '#000000' "
            + "pointtype 7 pointsize 0.7 title 'average'"
        return peerLines + [average]
    }

    private var peerLines: [String] {
        let peers = nodes.indices.filter { nodes[$0].role == .peer }
        guard peers.count <= Self.mostLabelledPeers else {
            // One pass over the file for any number of peers: sorted by peer, an empty line between two.
            let command =
                "< LC_ALL=C sort -t, -k2,2 -k1,1n nodes.csv | "
                + "awk -F, '$3 == \"peer\" { if ($2 != p) print \"\"; p = $2; print $1 \",\" $5 }'"
            return [
                "\(GnuplotScript.quoted(command)) using 1:2 with lines linewidth 1 linecolor rgb '#B00072B2' "
                    + "title 'one line a peer'"
            ]
        }
        return peers.enumerated().map { number, index in
            "'nodes.csv' every \(nodes.count)::\(index + 1) using 1:5 with lines linewidth 1.5 "
                + "dashtype \(number % 5 + 1) linecolor rgb '\(GnuplotScript.palette[number])' "
                + "title \(GnuplotScript.quoted(nodes[index].name))"
        }
    }

    private var messagesAxis: String {
        """
        set ylabel 'messages in each cycle, all nodes'
        set yrange [0:*]
        set offsets graph 0, graph 0, graph 0.1, graph 0
        """
    }

    private var messagesLines: [String] {
        var lines = [
            line(column: 5, "useful", color: "#0072B2", mark: 7, dash: 1),
            line(column: 6, "redundant", color: "#D55E00", mark: 9, dash: 2),
        ]
        if totals.messages.missed > 0 {
            lines.append(line(column: 7, "missed", color: "#777777", mark: 4, dash: 3))
        }
        if totals.messages.late > 0 {
            lines.append(line(column: 8, "late", color: "#CC79A7", mark: 13, dash: 4))
        }
        return lines
    }

    private func line(column: Int, _ title: String, color: String, mark: Int, dash: Int) -> String {
        // Where lines go up and down within a dash's length, dashes only smear.
        let pen = lastCycle <= 200 ? "linewidth 2.5 dashtype \(dash)" : "linewidth 1.2 dashtype 1"
        return "'cycles.csv' every ::1 using 1:\(column) with \(marks) \(pen) "
            + "linecolor rgb '\(color)' pointtype \(mark) pointsize 0.9 title \(GnuplotScript.quoted(title))"
    }

    /// Marks where the cycles are far enough apart to see them.
    private var marks: String { lastCycle <= 60 ? "linespoints" : "lines" }
}
