"""Keys for a secured swarm, made anew for each transfer by `gotorrent keys new`."""

import os
import subprocess

from prepare import run


class Keyring:
    """Key files and the allow-list in a transfer's folder, and the options that name them."""

    def __init__(self, tools):
        self.tools = tools

    def make(self, folder, nodes):
        """nodes: the names of all but the tracker and the listener, whose keys are made as well."""
        self.folder = folder
        lines = []
        roles = {"tracker": "tracker", "listener": "monitor", **{name: "node" for name in nodes}}
        for name, role in roles.items():
            run([self.tools.gotorrent, "keys", "new", self.file(name), "--role", role],
                stderr=subprocess.DEVNULL)
            with open(self.file(name) + ".pub") as public:
                lines.append(public.read())
        self.tracker_key = lines[0].split()[0]
        with open(self.list, "w") as file:
            file.writelines(lines)

    @property
    def list(self):
        return os.path.join(self.folder, "swarm.allow")

    def file(self, name):
        return os.path.join(self.folder, f"{name}.key")

    def tracker_words(self):
        return ["--key", self.file("tracker"), "--allow", self.list]

    def node_words(self, name):
        return ["--key", self.file(name), "--allow", self.list, "--tracker-key", self.tracker_key]

    def listener_words(self):
        return [self.file("listener"), self.tracker_key]
