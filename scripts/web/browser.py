"""A headless Chromium, driven over its own protocol (Chrome DevTools Protocol) by the standard library alone."""

import base64
import json
import os
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request


class Browser:
    """Starts Chromium with one tab; a context manager that ends it again."""

    def __init__(self, program="chromium"):
        self.program = program
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)

    def __enter__(self):
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
                   "--remote-debugging-port=0", f"--user-data-dir={self.folder.name}", "about:blank"]
        self.process = subprocess.Popen([self.program, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = self.wait(self.debugging_port, "Chromium's debugging port")
        tabs = self.wait(lambda: self.tabs(port), "a tab of Chromium")
        self.tab = Channel(tabs[0]["webSocketDebuggerUrl"])
        self.tab.call("Page.enable")
        self.tab.call("Runtime.enable")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        self.folder.cleanup()

    def debugging_port(self):
        try:
            with open(os.path.join(self.folder.name, "DevToolsActivePort"), encoding="ascii") as file:
                return int(file.readline())
        except (OSError, ValueError):
            return None

    @staticmethod
    def tabs(port):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=5) as answer:
                return [tab for tab in json.load(answer) if tab["type"] == "page"]
        except OSError:
            return None

    @staticmethod
    def wait(look, what, patience=30):
        """Looks again and again until there is something."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = look()
            if found:
                return found
            time.sleep(0.05)
        raise SystemExit(f"{what} did not come within {patience} s")

    def size(self, width, height, dark=False):
        self.tab.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                      mobile=width < 600)
        scheme = "dark" if dark else "light"
        self.tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, address):
        self.tab.call("Page.navigate", url=address)

    def value(self, expression):
        """What a JavaScript expression is in the page."""
        answer = self.tab.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise SystemExit(f"{expression}: {json.dumps(answer['exceptionDetails'])[:500]}")
        return answer["result"].get("value")

    def until(self, expression, patience=30):
        return self.wait(lambda: self.value(expression), expression, patience)

    def key(self, key, code=None, text=None):
        for kind in ("keyDown", "keyUp"):
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.tab.call("Input.dispatchKeyEvent", type=kind, key=key, code=code or key, **extra)

    def screenshot(self, path, whole=True):
        answer = self.tab.call("Page.captureScreenshot", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(answer["data"]))

    def errors(self):
        """Exceptions and errors that the page's console got."""
        return self.tab.errors


class Channel:
    """The client's side of a WebSocket (RFC 6455) that speaks the protocol's JSON."""

    def __init__(self, address):
        place, path = address.removeprefix("ws://").split("/", 1)
        host, port = place.split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=60)
        self.buffer = b""
        self.number = 0
        self.errors = []
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /{path} HTTP/1.1\r\nHost: {place}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(4096)
        self.buffer = self.buffer.split(b"\r\n\r\n", 1)[1]

    def call(self, method, **parameters):
        self.number += 1
        self.send(json.dumps({"id": self.number, "method": method, "params": parameters}).encode())
        while True:
            message = json.loads(self.receive())
            if message.get("method") == "Runtime.exceptionThrown":
                self.errors.append(message["params"]["exceptionDetails"])
            if message.get("method") == "Runtime.consoleAPICalled" and message["params"]["type"] == "error":
                self.errors.append(message["params"]["args"])
            if message.get("id") == self.number:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]

    def send(self, data):
        mask = os.urandom(4)
        size = len(data)
        length = bytes([0x80 | size]) if size < 126 else struct.pack(">BH", 0xFE, size) if size < 1 << 16 else \
            struct.pack(">BQ", 0xFF, size)
        self.socket.sendall(b"\x81" + length + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(data)))

    def receive(self):
        message = b""
        while True:
            first, size = self.read(2)
            if size == 126:
                size = struct.unpack(">H", self.read(2))[0]
            elif size == 127:
                size = struct.unpack(">Q", self.read(8))[0]
            message += self.read(size)
            if first & 0x80:
                return message

    def read(self, size):
        while len(self.buffer) < size:
            data = self.socket.recv(1 << 16)
            if not data:
                raise SystemExit("Chromium closed the connection")
            self.buffer += data
        taken, self.buffer = self.buffer[:size], self.buffer[size:]
        return taken
