import Foundation

/// Holds values against a JSON Schema, as far as the two vendored ones go.
struct JSONSchema {
    /// A keyword that this does not know: passing it over would be to check less than the schema says.
    struct UnknownKeyword: Error {
        let keyword: String
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Schemas")
    /// What says nothing of the value. A `format` is for readers: `int32`, `byte`, `duration`.
    private static let silent: Set = [
        "$schema", "$id", "id", "title", "format", "deprecated", "definitions", "default",
    ]

    let root: JSONValue

    init(_ root: JSONValue) {
        self.root = root
    }

    init(file: String) throws {
        let data = try Data(contentsOf: Self.folder.appendingPathComponent(file))
        root = try JSONDecoder().decode(JSONValue.self, from: data)
    }

    /// What is wrong with a value, each fault with its place; nothing where it satisfies the schema.
    func faults(of value: JSONValue) throws -> [String] { try faults(of: value, by: root, at: "") }

    /// The same by one of the schema's kinds.
    func faults(of value: JSONValue, kind: String) throws -> [String] {
        guard let schema = root["kinds"]?[kind] else { return ["there is no kind \(kind)"] }
        return try faults(of: value, by: schema, at: kind)
    }

    private func faults(of value: JSONValue, by schema: JSONValue, at place: String) throws -> [String] {
        guard case .object(let keywords) = schema else {
            return schema == .flag(false) ? ["\(place) is not allowed"] : []
        }
        return try keywords.flatMap { keyword, rule -> [String] in
            switch keyword {
            case "$ref": try faults(of: value, by: definition(rule), at: place)
            case "type": (rule.text.map { [$0] } ?? rule.texts).contains(where: value.isOf) ? [] : ["\(place): type"]
            case "enum": rule.contains(value) ? [] : ["\(place): enum"]
            case "required": rule.texts.filter { value[$0] == nil }.map { "\(place) has no \($0)" }
            case "properties", "patternProperties": []
            case "additionalProperties", "unevaluatedProperties": []
            case "items": try items(of: value, by: rule, at: place)
            case "minimum": value.isBelow(rule) ? ["\(place): minimum"] : []
            case "maximum": rule.isBelow(value) ? ["\(place): maximum"] : []
            case "uniqueItems": value.hasTwins ? ["\(place): uniqueItems"] : []
            case "oneOf": try matches(value, rule, place) == 1 ? [] : ["\(place): oneOf"]
            case "anyOf": try matches(value, rule, place) > 0 ? [] : ["\(place): anyOf"]
            case _ where Self.silent.contains(keyword): []
            default: throw UnknownKeyword(keyword: keyword)
            }
        } + members(of: value, by: schema, at: place)
    }

    private func members(of value: JSONValue, by schema: JSONValue, at place: String) throws -> [String] {
        guard case .object(let members) = value else { return [] }
        return try members.flatMap { name, member -> [String] in
            let inner = "\(place).\(name)"
            var rules = schema["properties"]?[name].map { [$0] } ?? []
            if case .object(let patterns)? = schema["patternProperties"] {
                for (pattern, rule) in patterns where name.range(of: pattern, options: .regularExpression) != nil {
                    rules.append(rule)
                }
            }
            if rules.isEmpty, let rule = schema["additionalProperties"] { rules.append(rule) }
            return try rules.flatMap { try faults(of: member, by: $0, at: inner) }
        }
    }

    private func items(of value: JSONValue, by rule: JSONValue, at place: String) throws -> [String] {
        guard case .list(let items) = value else { return [] }
        return try items.enumerated().flatMap { try faults(of: $0.element, by: rule, at: "\(place)[\($0.offset)]") }
    }

    private func matches(_ value: JSONValue, _ rule: JSONValue, _ place: String) throws -> Int {
        guard case .list(let choices) = rule else { return 0 }
        return try choices.count { try faults(of: value, by: $0, at: place).isEmpty }
    }

    private func definition(_ reference: JSONValue) -> JSONValue {
        let name = reference.text?.split(separator: "/").last.map(String.init) ?? ""
        return root["definitions"]?[name] ?? .flag(false)
    }
}

extension JSONValue {
    fileprivate func contains(_ value: JSONValue) -> Bool {
        guard case .list(let items) = self else { return false }
        return items.contains(value)
    }

    fileprivate func isBelow(_ other: JSONValue) -> Bool {
        guard case .number(let number) = self, case .number(let bound) = other else { return false }
        return number < bound
    }

    fileprivate var hasTwins: Bool {
        guard case .list(let items) = self else { return false }
        return items.indices.contains { index in items[..<index].contains(items[index]) }
    }
}
