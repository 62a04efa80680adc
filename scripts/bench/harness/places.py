"""Where nodes run: all on loopback, or each in a network namespace of its own with an uplink of its own."""

import json
import os
import re
import subprocess

from prepare import fail, install, run


# Packets that TCP hands to the interface at a time, at least: as many as fit 64 KiB, the most that it can. tbf takes them
# as one where its burst has room for them, and counts every packet's headers. By the kernel's own choice they are two at
# these rates, and a virtual machine spends most of its time on tbf's timers and on single packets, for whichever
# contender: 16 nodes on two cores are then held up by the cores, and not by their uplinks.
SEGMENTS = 44
BURST = "96kb"


def set_kernel(namespace, name, value):
    """Sets a kernel's parameter for a namespace, where this kernel has it."""
    subprocess.run(["ip", "netns", "exec", namespace, "sysctl", "-q", "-w", f"{name}={value}"],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Spot:
    """A place for one node: its address, and what goes before a command to run it there."""

    def __init__(self, address, prefix=(), namespace=None):
        self.address, self.prefix, self.namespace = address, list(prefix), namespace


class Loopback:
    """Everybody on 127.0.0.1."""

    is_shaped = False

    def __init__(self, nodes):
        self.hub = Spot("127.0.0.1")
        self.nodes = [Spot("127.0.0.1") for _ in range(nodes)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def sent_on_wire(self):
        return None


class Shaping:
    """What `tc tbf` is told. rate: as tc writes it; burst: bytes that may go at once; latency: the longest that a
    packet waits in the queue before it is dropped. tbf counts whole Ethernet frames."""

    def __init__(self, rate, burst, latency):
        self.rate, self.burst, self.latency = rate, burst, latency

    def arguments(self, rate=None):
        return ["tbf", "rate", rate or self.rate, "burst", self.burst, "latency", self.latency]


class Namespaces:
    """A namespace a node, and one with a bridge between them, in which the tracker runs. Nothing is made outside of
    these namespaces, and their names have the process number in them: two benchmarks do not meet.

    uplink: the Shaping of each node's way out; rates: another rate for some of them, by their place, the seed's being 0;
    downlink: a Shaping of the way in, or none.
    """

    is_shaped = True

    def __init__(self, nodes, uplink, rates=None, downlink=None):
        need_namespaces()
        self.uplink, self.rates, self.downlink = uplink, rates or {}, downlink
        stem = f"gotorrent-bench-{os.getpid()}"
        self.hub = self._spot(f"{stem}-hub", 1)
        self.nodes = [self._spot(f"{stem}-{index}", 2 + index) for index in range(nodes)]

    @staticmethod
    def _spot(name, number):
        return Spot(f"10.71.{number // 250}.{number % 250 + 1}", ["ip", "netns", "exec", name], name)

    def __enter__(self):
        remove_leftovers()
        try:
            self._make()
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(self, *_):
        self._remove()

    def _make(self):
        hub = self.hub.namespace
        run(["ip", "netns", "add", hub])
        for command in (["link", "set", "lo", "up"], ["link", "add", "bridge", "type", "bridge"],
                        ["link", "set", "bridge", "up"], ["address", "add", f"{self.hub.address}/16", "dev", "bridge"]):
            run(["ip", "-n", hub, *command])
        # A switch has no firewall.
        set_kernel(hub, "net.bridge.bridge-nf-call-iptables", 0)
        for index, spot in enumerate(self.nodes):
            name, port = spot.namespace, f"port{index}"
            run(["ip", "netns", "add", name])
            run(["ip", "-n", hub, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", name])
            run(["ip", "-n", hub, "link", "set", port, "master", "bridge", "up"])
            for command in (["link", "set", "lo", "up"], ["link", "set", "eth0", "up"],
                            ["address", "add", f"{spot.address}/16", "dev", "eth0"]):
                run(["ip", "-n", name, *command])
            set_kernel(name, "net.ipv4.tcp_min_tso_segs", SEGMENTS)
            shaping = self.uplink.arguments(self.rates.get(index))
            run(["tc", "-n", name, "qdisc", "add", "dev", "eth0", "root", *shaping])
            if self.downlink:
                run(["tc", "-n", hub, "qdisc", "add", "dev", port, "root", *self.downlink.arguments()])

    def _remove(self):
        for spot in [*self.nodes, self.hub]:
            # Whoever is still in there was started by us and has been told to end; the namespace goes with the last.
            subprocess.run(["ip", "netns", "delete", spot.namespace], stderr=subprocess.DEVNULL)

    def sent_on_wire(self):
        """The bytes that left each node as its interface counted them: the headers of packets sent as one count once."""
        counts = []
        for spot in self.nodes:
            link = json.loads(run(["ip", "-n", spot.namespace, "-s", "-j", "link", "show", "eth0"]))
            counts.append(link[0]["stats64"]["tx"]["bytes"])
        return counts


def need_namespaces():
    if os.geteuid() != 0:
        fail("Network namespaces need root. Run this again as root.")
    install("ip", "iproute2")


def remove_leftovers():
    """Removes the namespaces of benchmarks that were killed before they could."""
    listing = subprocess.run(["ip", "netns", "list"], stdout=subprocess.PIPE, text=True).stdout
    for name in re.findall(r"^(gotorrent-bench-\d+-\w+)", listing, re.MULTILINE):
        if not os.path.exists(f"/proc/{name.split('-')[2]}"):
            subprocess.run(["ip", "netns", "delete", name], stderr=subprocess.DEVNULL)


def bits_a_second(rate):
    """The number behind a rate as tc writes it: 100mbit, 1gbit, 12500kbit."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([kmg]?)bit", rate.lower())
    if not match:
        fail(f"'{rate}' is no rate; write 100mbit, 1gbit or 500kbit.")
    return float(match[1]) * {"": 1, "k": 1e3, "m": 1e6, "g": 1e9}[match[2]]
