/// The image that containers run, and what they find where in it.
enum ContainerImage {
    static let metafiles = "/metafiles"
    static let data = "/data"
    static let downloads = "/downloads"
    static let allowFolder = "/allow"
    static let allowList = "\(allowFolder)/\(ExportedKeys.listName)"
    static let key = "/keys/key"
    /// Every container has an address of its own, so all nodes have one port.
    static let port: UInt16 = 7000
    /// Whoever this is, it is not root.
    static let user = 10_001

    /// Builds the image from the release binary beside it.
    static func dockerfile(_ image: String) -> ExportedFile {
        ExportedFile(
            "Dockerfile",
            """
            # swift build --configuration release --static-swift-stdlib
            # cp .build/release/gotorrent . && docker build --tag \(image) .
            FROM debian:12-slim
            RUN apt-get update && apt-get install --yes --no-install-recommends libzmq5 && rm -rf /var/lib/apt/lists/*
            RUN mkdir \(downloads) && chown \(user) \(downloads)
            COPY gotorrent /usr/local/bin/gotorrent
            USER \(user)
            ENTRYPOINT ["gotorrent"]

            """)
    }
}
