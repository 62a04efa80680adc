import Testing

/// A check that cannot fail would pass everything.
@Suite struct JSONSchemaTests {
    private func faults(_ yaml: String, by schema: String) throws -> [String] {
        let root = try JSONValue(yaml: schema)
        return try JSONSchema(root).faults(of: JSONValue(yaml: yaml)).sorted()
    }

    @Test(arguments: [
        ("{type: string}", "a", []), ("{type: string}", "1", [": type"]), ("{type: string}", "\"1\"", []),
        ("{type: integer}", "1.5", [": type"]), ("{type: [integer, boolean]}", "true", []),
        ("{enum: [a, b]}", "c", [": enum"]), ("{required: [a, b]}", "{a: 1}", [" has no b"]),
        ("{properties: {a: {type: string}}}", "{a: 1, b: 2}", [".a: type"]),
        ("{properties: {a: {}}, additionalProperties: false}", "{a: 1, b: 2}", [".b is not allowed"]),
        (
            "{patternProperties: {\"^x\": {type: string}}, additionalProperties: false}", "{x1: a, y: b}",
            [".y is not allowed"]
        ),
        ("{items: {type: string}}", "[a, 1]", ["[1]: type"]), ("{minimum: 2, maximum: 3}", "4", [": maximum"]),
        ("{uniqueItems: true}", "[a, b, a]", [": uniqueItems"]),
        ("{oneOf: [{type: string}, {enum: [a]}]}", "a", [": oneOf"]),
        ("{anyOf: [{type: string}, {type: integer}]}", "true", [": anyOf"]),
        ("{\"$ref\": \"#/definitions/x\", definitions: {x: {type: string}}}", "1", [": type"]),
        ("{\"$ref\": \"#/definitions/y\"}", "1", [" is not allowed"]),
    ])
    func tellsWhatIsWrong(schema: String, yaml: String, expected: [String]) throws {
        #expect(try faults(yaml, by: schema) == expected)
    }

    @Test func aKeywordThatItDoesNotKnowIsNotPassedOver() {
        #expect(throws: JSONSchema.UnknownKeyword.self) { try faults("1", by: "{multipleOf: 2}") }
    }

    @Test func thePublishedSchemasRefuseWhatTheirReadersWould() throws {
        let kubernetes = try JSONSchema(file: "kubernetes.json")
        let service = try JSONValue(yaml: "{kind: Service, spec: {ports: [{prot: 1}]}}")
        let faults = try kubernetes.faults(of: service, kind: "Service").sorted()
        #expect(faults == ["Service.spec.ports[0] has no port", "Service.spec.ports[0].prot is not allowed"])
        let compose = try JSONSchema(file: "compose.json")
        let file = try JSONValue(yaml: "{services: {a: {imag: x}}}")
        #expect(try compose.faults(of: file) == [".services.a.imag is not allowed"])
    }
}
