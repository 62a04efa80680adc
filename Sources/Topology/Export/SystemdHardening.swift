/// What a node's unit takes from the process, which opens sockets, reads its file and writes to its state folder at most.
///
/// The units of the Debian package (`packaging/systemd`) hold the same lines; a test compares them.
enum SystemdHardening {
    static let lines = [
        "NoNewPrivileges=yes", "PrivateTmp=yes", "ProtectSystem=strict", "ProtectHome=read-only", "PrivateDevices=yes",
        "ProtectControlGroups=yes", "ProtectKernelModules=yes", "ProtectKernelTunables=yes",
        // Netlink tells the machine's own addresses.
        "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK", "RestrictNamespaces=yes",
        "RestrictRealtime=yes", "RestrictSUIDSGID=yes", "LockPersonality=yes", "CapabilityBoundingSet=",
        "SystemCallArchitectures=native",
    ]
}
