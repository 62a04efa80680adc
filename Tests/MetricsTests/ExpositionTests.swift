import TestSupport
import Testing

/// The checker itself: what it lets through would be checked by nothing.
@Suite struct ExpositionTests {
    private static func gauge(_ lines: String...) -> String {
        (["# HELP g A gauge.", "# TYPE g gauge"] + lines).joined(separator: "\n") + "\n"
    }

    private static func histogram(_ lines: String...) -> String {
        (["# HELP h A histogram.", "# TYPE h histogram"] + lines).joined(separator: "\n") + "\n"
    }

    @Test func whatIsRightIsRead() throws {
        let text =
            Self.gauge(#"g{a="x\\y\"z\n",b=""} -1.5e-07"#, #"g{a="",b="é, }"} +Inf"#)
            + Self.histogram(
                #"h_bucket{k="1",le="0.5"} 1"#, #"h_bucket{k="1",le="+Inf"} 3"#, #"h_sum{k="1"} 7.25"#,
                #"h_count{k="1"} 3"#)
        let read = try Exposition(text)
        #expect(read.families.map(\.name) == ["g", "h"])
        #expect(read["g"]?.samples.first?.labels == ["a": "x\\y\"z\n", "b": ""])
        #expect(read.value("g", ["a": "x\\y\"z\n"]) == -1.5e-07)
        #expect(read.value("g", ["b": "é, }"]) == .infinity)
        #expect(read.value("h_bucket", ["le": "0.5"]) == 1)
        #expect(read.value("g") == nil)
        #expect(read.value("nothing") == nil)
    }

    @Test(arguments: [
        ("no end", "# HELP g A gauge.\n# TYPE g gauge\ng 1"),
        ("no HELP", "# TYPE g gauge\ng 1\n"), ("no TYPE", "# HELP g A gauge.\ng 1\n"),
        ("an empty HELP", "# HELP g \n# TYPE g gauge\ng 1\n"),
        ("another's TYPE", "# HELP g A gauge.\n# TYPE f gauge\ng 1\n"), ("no value", Self.gauge()),
        ("no number", Self.gauge("g one")), ("a hexadecimal number", Self.gauge("g 0x10")),
        ("nothing", Self.gauge("g")),
        ("an empty line", Self.gauge("", "g 1")), ("a remark", Self.gauge("# so", "g 1")),
        ("twice the same", Self.gauge("g 1", "g 1")), ("a stranger", Self.gauge("g 1", "f 1")),
        ("no label", Self.gauge("g{} 1")), ("an odd label", Self.gauge(#"g{a-b="1"} 1"#)),
        ("a label without quotes", Self.gauge("g{a=1} 1")), ("a label twice", Self.gauge(#"g{a="1",a="2"} 1"#)),
        ("an odd escape", Self.gauge(#"g{a="\t"} 1"#)), ("an open label", Self.gauge(#"g{a="1} 1"#)),
        ("labels of some only", Self.gauge(#"g{a="1"} 1"#, "g 1")),
        ("a name of digits", "# HELP 9g A gauge.\n# TYPE 9g gauge\n9g 1\n"),
        ("large letters", "# HELP aG A gauge.\n# TYPE aG gauge\naG 1\n"),
        ("no such type", "# HELP g A gauge.\n# TYPE g level\ng 1\n"),
        ("a counter without _total", "# HELP g A gauge.\n# TYPE g counter\ng 1\n"),
        ("a gauge with _total", "# HELP g_total A gauge.\n# TYPE g_total gauge\ng_total 1\n"),
        ("a counter below zero", "# HELP g_total A.\n# TYPE g_total counter\ng_total -1\n"),
        ("no base unit", "# HELP g_milliseconds A gauge.\n# TYPE g_milliseconds gauge\ng_milliseconds 1\n"),
        ("the same again", Self.gauge("g 1") + Self.gauge("g 2")),
        ("no +Inf", Self.histogram(#"h_bucket{le="1"} 1"#, "h_sum 1", "h_count 1")),
        ("buckets down", Self.histogram(#"h_bucket{le="1"} 2"#, #"h_bucket{le="+Inf"} 1"#, "h_sum 1", "h_count 1")),
        (
            "bounds down",
            Self.histogram(
                #"h_bucket{le="2"} 1"#, #"h_bucket{le="1"} 1"#, #"h_bucket{le="+Inf"} 1"#, "h_sum 1", "h_count 1")
        ),
        ("another count", Self.histogram(#"h_bucket{le="+Inf"} 1"#, "h_sum 1", "h_count 2")),
        ("no sum", Self.histogram(#"h_bucket{le="+Inf"} 1"#, "h_count 1")),
    ]) func whatIsWrongIsRefused(_ what: String, _ text: String) {
        #expect(throws: Exposition.Fault.self, "\(what)") { try Exposition(text) }
    }
}
