import Testing

@testable import Topology

@Suite struct ByteSizeTests {
    @Test(arguments: [
        ("0", 0), ("1", 1), ("1B", 1), ("256KiB", 262_144), ("1MiB", 1_048_576), ("1.5MiB", 1_572_864),
        ("1GiB", 1_073_741_824), ("10MB", 10_000_000), ("2.5KB", 2500), ("1 MiB", 1_048_576), ("1mib", 1_048_576),
        ("18446744073709551615", UInt64.max),
    ])
    func reads(text: String, bytes: UInt64) throws {
        #expect(try ByteSize.parse(text) == bytes)
    }

    @Test(arguments: [
        ("", "the value is empty; it must be a number of bytes, such as 1, 256KiB, 1MiB or 10MB"),
        ("-1", "the value is -1; it must be a number of bytes, such as 1, 256KiB, 1MiB or 10MB"),
        ("1.5", "the value is 1.5; it must be a whole number of bytes"),
        ("1.0000001KiB", "the value is 1.0000001KiB; it must be a whole number of bytes below 16 EiB"),
        ("1XiB", "the value is 1XiB; its unit must be B, KB, MB, GB, KiB, MiB or GiB"),
        (
            "18446744073709551616",
            "the value is 18446744073709551616; "
                + "it must be a number of bytes, such as 1, 256KiB, 1MiB or 10MB"
        ),
        ("17179869184GiB", "the value is 17179869184GiB; it must be a whole number of bytes below 16 EiB"),
        ("1.2.3", "the value is 1.2.3; it must be a number of bytes, such as 1, 256KiB, 1MiB or 10MB"),
        (".5KiB", "the value is .5KiB; it must be a number of bytes, such as 1, 256KiB, 1MiB or 10MB"),
        ("1 ", "the value is \"1 \"; it must be a number of bytes, such as 1, 256KiB, 1MiB or 10MB"),
    ])
    func refuses(text: String, message: String) {
        let error = #expect(throws: InvalidText.self) { try ByteSize.parse(text) }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        (0, "0"), (1, "1"), (1023, "1023"), (1024, "1KiB"), (1_048_576, "1MiB"), (1_048_577, "1048577"),
        (3 << 30, "3GiB"), (UInt64.max, "18446744073709551615"),
    ])
    func writesWhatItReads(bytes: UInt64, text: String) throws {
        #expect(ByteSize.format(bytes) == text)
        #expect(try ByteSize.parse(text) == bytes)
    }
}
