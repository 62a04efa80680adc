import Foundation
import TestSupport
import Testing

/// What is written about metrics, and drawn from them, is what the program tells.
@Suite struct MetricsDocumentTests {
    private struct Row: Hashable, CustomStringConvertible {
        let name: String
        let kind: String
        let labels: Set<String>
        var description: String { "\(name) \(kind) \(labels.sorted())" }
    }

    /// The rows of the page's tables, `| name | kind | labels | meaning |`.
    private static func documented() throws -> [Row] {
        var own: Set<String> = []
        return try Repository.text("docs/metrics.md").split(separator: "\n").compactMap { line -> Row? in
            if line.hasPrefix("## ") { own = line == "## Of a seed or a peer" ? ["node", "torrent"] : [] }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard line.hasPrefix("| `"), cells.count == 6, cells[1].wholeMatch(of: /`[a-z_]+`/) != nil else {
                return nil
            }
            #expect(!cells[4].isEmpty, "\(cells[1]) has no meaning")
            let labels = cells[3].matches(of: /`([a-z]+)`/).map { String($0.1) }
            return Row(
                name: cells[1].trimmingCharacters(in: ["`"]), kind: cells[2], labels: own.union(labels))
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func thePagesTablesAreWhatIsTold() async throws {
        let documented = try Self.documented()
        #expect(documented.count == Set(documented.map(\.name)).count, "each is there once")
        let told = try await ScrapedSwarm.scrape().families().values.map { family in
            Row(
                name: family.name, kind: family.kind,
                labels: Set(family.samples.first?.labels.keys.filter { $0 != "le" } ?? []))
        }
        var expected = Set(documented)
        #if !os(Linux)
            let linuxAlone = ["process_resident_memory_bytes", "process_open_fds"]
            expected = expected.filter { !linuxAlone.contains($0.name) }
        #endif
        let (missing, unknown) = (expected.subtracting(told), Set(told).subtracting(expected))
        #expect(missing.isEmpty, "on the page, and not told")
        #expect(unknown.isEmpty, "told, and not on the page")
    }

    /// The expressions of the dashboard.
    private static func dashboard() throws -> [String] {
        struct Dashboard: Decodable {
            struct Panel: Decodable {
                struct Target: Decodable { let expr: String }
                let title: String
                let targets: [Target]?
            }
            struct Templating: Decodable {
                struct Variable: Decodable {
                    struct Query: Decodable { let query: String }
                    let name: String
                    let query: Query?

                    enum CodingKeys: CodingKey { case name, query }

                    init(from decoder: any Decoder) throws {
                        let values = try decoder.container(keyedBy: CodingKeys.self)
                        name = try values.decode(String.self, forKey: .name)
                        query = try? values.decode(Query.self, forKey: .query)
                    }
                }
                let list: [Variable]
            }
            let panels: [Panel]
            let templating: Templating
        }
        let text = try Repository.text("Samples/grafana-dashboard.json")
        let dashboard = try JSONDecoder().decode(Dashboard.self, from: Data(text.utf8))
        let expressions = dashboard.panels.flatMap { ($0.targets ?? []).map(\.expr) }
        #expect(expressions.count > 30)
        return expressions + dashboard.templating.list.compactMap { $0.query?.query }
    }

    /// The expressions of the table of alerts.
    private static func alerts() throws -> [String] {
        let text = try Repository.text("docs/operations.md")
        let section = text.components(separatedBy: "### Alerts").last?.components(separatedBy: "\n## ").first ?? ""
        let alerts = section.split(separator: "\n").compactMap {
            $0.firstMatch(of: /^\| `([^`]+)`/).map { String($0.1) }
        }
        #expect(alerts.count >= 8)
        return alerts
    }

    /// Every metric that an expression names is told, with every label and every value of one that it asks for.
    @Test(.timeLimit(.patience(minutes: 5))) func theDashboardAndTheAlertsAskForWhatIsTold() async throws {
        let families = try await ScrapedSwarm.scrape().families()
        for expression in try Self.dashboard() + Self.alerts() {
            let names = expression.matches(of: /\b(?:gotorrent|process)_[a-z_]+/).map { String($0.0) }
            #expect(!names.isEmpty || expression.hasPrefix("up"), "\(expression)")
            for name in names {
                let family = families[name] ?? families[name.replacing(/_(bucket|sum|count)$/, with: "")]
                #expect(family != nil, "\(expression) names \(name), which nobody tells")
            }
            for selector in expression.matches(of: /\b((?:gotorrent|process)_[a-z_]+)\{([^}]*)\}/) {
                let family = families[String(selector.1).replacing(/_bucket$/, with: "")]
                for matcher in selector.2.matches(of: /([a-z]+)(=~|=)"([^"]*)"/) where matcher.1 != "job" {
                    let values = Set(family?.samples.compactMap { $0.labels[String(matcher.1)] } ?? [])
                    #expect(!values.isEmpty, "\(expression): \(selector.1) has no label \(matcher.1)")
                    guard !matcher.3.contains("$") else { continue }
                    for value in matcher.3.split(separator: "|") where value != "other" {
                        #expect(values.contains(String(value)), "\(expression): no \(matcher.1) is \(value)")
                    }
                }
            }
        }
    }

    @Test(.timeLimit(.patience(minutes: 5)), .enabled(Promtool.absence) { await Promtool.isThere() })
    func prometheusTakesEveryExpression() async throws {
        let expressions = try Self.dashboard().filter { !$0.hasPrefix("label_values(") } + Self.alerts()
        var rules = "groups:\n- name: all\n  rules:\n"
        for (number, expression) in expressions.enumerated() {
            let text = expression.replacing("$__rate_interval", with: "1m").replacing("'", with: "''")
            rules += "  - record: expression:number\(number)\n    expr: '\(text)'\n"
        }
        let folder = try TemporaryFolder()
        let path = try folder.write("rules.yaml", rules)
        let ending = try await Program.run("/usr/bin/env", ["promtool", "check", "rules", path])
        #expect(ending.code == 0, "\(ending.errors)")
        #expect(ending.output.contains("\(expressions.count) rules found"), "\(ending.output)")
    }
}
