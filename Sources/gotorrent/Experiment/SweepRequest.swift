import GossipCore
import GossipSimulation
import Topology

/// A parameter to vary and its values, as `--sweep` gives them: `fanout=1..5`, `peers=5,10,100`, `style=push,pull`.
struct SweepRequest: Sendable {
    enum Value: Equatable, Sendable {
        case fanout(Int)
        case peers(Int)
        case chunks(Int)
        case style(GossipStyle)
        case chunkSelection(ChunkSelection)
        case view(ViewOptions.View, PeerView, PeerSampling.Sizes)
        case peerChoice(PartnerChoice)
        /// In thousandths of the messages.
        case loss(Int)
        case delay(TimeSpan)

        func apply(to parameters: inout SimulationParameters) {
            switch self {
            case .fanout(let fanout): parameters.gossip.fanout = fanout
            case .peers(let peers): parameters.peers = peers
            case .chunks(let chunks): parameters.chunks = UInt32(chunks)
            case .style(let style): parameters.gossip.style = style
            case .chunkSelection(let selection): parameters.gossip.chunkSelection = selection
            case .view(_, let view, let sizes): parameters.setView(view, sizes)
            case .peerChoice(let choice): parameters.gossip.peerChoice = choice
            case .loss(let permille): parameters.simulatedNetwork.conditions.lossPermille = permille
            case .delay(let span): parameters.simulatedNetwork.conditions.delay = span
            }
        }

        var text: String {
            switch self {
            case .fanout(let number), .peers(let number), .chunks(let number): "\(number)"
            case .style(let style): style.rawValue
            case .chunkSelection(let selection): selection.rawValue
            case .view(let view, _, _): view.rawValue
            case .peerChoice(let choice): choice.rawValue
            case .loss(let permille): PercentText.format(permille)
            case .delay(let span): "\(span.milliseconds)"
            }
        }
    }

    static let numbers = 1...(1 << 30)
    static let numbersText = "from 1 to \(1 << 30)"
    private static let mostValues = 200
    private static let parameters = [
        "fanout", "peers", "chunks", "style", "chunk-selection", "view", "peer-choice", "loss", "delay",
    ]

    let parameter: String
    /// What its numbers are of; empty where they are numbers of something.
    var unit: String {
        switch parameter {
        case "loss": "%"
        case "delay": "ms"
        default: ""
        }
    }
    /// In the order given, each once.
    let values: [Value]

    /// - Parameter options: what else is known of the graphs that a view may be.
    /// - Throws: `UsageError`, which says what would be right.
    init(_ text: String, views options: ViewOptions) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw UsageError("--sweep is \(text); it must be PARAMETER=VALUES, such as fanout=1..5 or peers=5,10,100")
        }
        parameter = parts[0]
        guard Self.parameters.contains(parameter) else {
            let hint = WordList.nearest(to: parameter, among: Self.parameters).map { " (\($0)?)" } ?? ""
            throw UsageError(
                "--sweep varies \(parameter.isEmpty ? "nothing" : parameter); "
                    + "it must vary \(WordList.choice(Self.parameters))\(hint)")
        }
        var values: [Value] = []
        for word in parts[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
            for word in try Self.range(word, parameter) ?? [word] {
                let value = try Self.value(word, parameter, options)
                if !values.contains(value) { values.append(value) }
            }
        }
        guard values.count <= Self.mostValues else {
            throw UsageError("--sweep \(parameter) has \(values.count) values; it must have at most \(Self.mostValues)")
        }
        self.values = values
    }

    /// The views that are swept over.
    var views: [ViewOptions.View] {
        values.compactMap { value in
            if case .view(let view, _, _) = value { view } else { nil }
        }
    }

    /// The numbers of `2..5`; nil of anything that is no range.
    private static func range(_ text: String, _ parameter: String) throws -> [String]? {
        let dots = Array(text.utf8).indices.dropLast().first { index in
            Array(text.utf8)[index...(index + 1)] == Array("..".utf8)[...]
        }
        guard let dots else { return nil }
        let ends = [text.utf8.prefix(dots), text.utf8.dropFirst(dots + 2)].map { Int(String(Substring($0))) }
        guard let first = ends[0], let last = ends[1] else {
            throw UsageError("--sweep \(parameter) is \(text); a range must be of two numbers, such as 1..5")
        }
        guard first <= last else {
            throw UsageError(
                "--sweep \(parameter) is \(text), which is empty; a range must go upwards, such as \(last)..\(first)")
        }
        guard last - first < mostValues else {
            throw UsageError(
                "--sweep \(parameter) is \(text); a range must have at most \(mostValues) values, "
                    + "others can be listed, such as 5,10,100")
        }
        return (first...last).map { "\($0)" }
    }

    private static func value(_ text: String, _ parameter: String, _ options: ViewOptions) throws -> Value {
        if parameter == "view" {
            let words = ViewOptions.View.allCases.map(\.rawValue)
            guard let view = ViewOptions.View(rawValue: text) else {
                let hint = WordList.nearest(to: text, among: words).map { " (\($0)?)" } ?? ""
                throw UsageError("--sweep view is \(text); it must be \(WordList.choice(words))\(hint)")
            }
            return .view(view, try options.peerView(view), try options.sizes(SimulationParameters()))
        }
        do throws(InvalidText) {
            switch parameter {
            case "fanout": return .fanout(try TopologyFields.fanout.parse(text))
            case "style": return .style(try TopologyFields.style.parse(text))
            case "chunk-selection": return .chunkSelection(try TopologyFields.chunkSelection.parse(text))
            case "peer-choice": return .peerChoice(try TopologyFields.peerChoice.parse(text))
            case "loss": return .loss(try PercentText.parse(text, upTo: 999))
            case "delay": return .delay(try delay(text))
            case "peers": return .peers(try number(text))
            default: return .chunks(try number(text))
            }
        } catch {
            throw UsageError(error.described(as: "--sweep \(parameter)"))
        }
    }

    private static func delay(_ text: String) throws(InvalidText) -> TimeSpan {
        text == "0" ? .milliseconds(0) : .milliseconds(try DurationText.parse(text).wholeMilliseconds)
    }

    private static func number(_ text: String) throws(InvalidText) -> Int {
        guard let number = Int(text), numbers.contains(number) else {
            throw InvalidText(text, "it must be a whole number \(numbersText)")
        }
        return number
    }
}

extension SimulationParameters {
    /// The network of an event-driven run, one that delivers at once where there was none.
    fileprivate var simulatedNetwork: NetworkParameters {
        get { network ?? NetworkParameters() }
        set { network = newValue }
    }
}
