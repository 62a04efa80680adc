"""Repeats what a tracker's bus says, each message with the moment at which it was heard.

    bus_listener.py ENDPOINT [KEYFILE TRACKERKEY]

In a secured swarm with the listener's own key file and the tracker's public key in hex. Prints `ready` once the bus has our subscription, then a line a message: seconds on the system's monotonic clock, the
topic, and the body. Needs pyzmq.
"""

import sys
import time

import zmq
from zmq.utils import z85
from zmq.utils.monitor import recv_monitor_message

context = zmq.Context()
bus = context.socket(zmq.SUB)
bus.setsockopt(zmq.RCVHWM, 0)
bus.setsockopt(zmq.SUBSCRIBE, b"")
if len(sys.argv) > 2:
    with open(sys.argv[2]) as file:
        words = file.read().split()
    bus.curve_secretkey = z85.encode(bytes.fromhex(words[words.index("secret") + 1]))
    bus.curve_publickey = z85.encode(bytes.fromhex(words[words.index("public") + 1]))
    bus.curve_serverkey = z85.encode(bytes.fromhex(sys.argv[3]))
monitor = bus.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED)
bus.connect(sys.argv[1])
recv_monitor_message(monitor)
print("ready", flush=True)
while True:
    topic, body = bus.recv_multipart()[:2]
    moment = time.monotonic()
    print(f"{moment:.6f} {topic.decode()} {body.decode()}", flush=True)
