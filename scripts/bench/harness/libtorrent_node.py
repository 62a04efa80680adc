"""One libtorrent session with one torrent: a node of the swarm that libtorrent_swarm.py measures.

    libtorrent_node.py METAFILE FOLDER ADDRESS best|defaults [NAME=VALUE …]

It answers lines on its standard input with lines on its standard output:

    (start)               port N, once it listens and has checked what is in FOLDER
    connect HOST PORT …   connects to each
    connected N           tells once N connections have shaken hands
    limit N               downloads N bytes a second at most; the session's limit would not hold among private addresses
    go                    begins to ask for pieces; until then it only connects
    stat                  {"sent": payload bytes, "received": …, "redundant": …, "failed": …, "complete": …}

and says `complete SECONDS`, on the system's monotonic clock, when the torrent is finished. Before `go` it is in upload
mode: connected, greeted, unchoked, and not asking for anything.
"""

import json
import sys
import threading
import time

import libtorrent as lt

# What a swarm on one machine, or in namespaces of one, needs so that it can be measured at all: several nodes behind an
# address, nobody found by other ways than ours, and nobody dropped for not asking before the start.
ALWAYS = {
    "allow_multiple_connections_per_ip": True,
    "close_redundant_connections": False,
    "enable_dht": False,
    "enable_lsd": False,
    "enable_natpmp": False,
    "enable_upnp": False,
    "alert_mask": int(lt.alert.category_t.status_notification) | int(lt.alert.category_t.error_notification),
}

# The high-performance preset and what helps on a fast wire besides: TCP alone, in clear, no waiting before connections.
BEST = {
    "aio_threads": 4,
    "hashing_threads": 4,
    "enable_incoming_utp": False,
    "enable_outgoing_utp": False,
    "in_enc_policy": int(lt.enc_policy.disabled),
    "out_enc_policy": int(lt.enc_policy.disabled),
    "connection_speed": 500,
    "smooth_connects": False,
    "rate_limit_ip_overhead": False,
}


def value_of(text):
    """A setting's value as it was typed: true, false, a whole number, or text."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.lstrip("-").isdigit() else text


def settings(preset, address, changes):
    chosen = dict(lt.default_settings())
    if preset == "best":
        chosen.update(lt.high_performance_seed())
        chosen.update(BEST)
    chosen.update(ALWAYS)
    for change in changes:
        name, _, text = change.partition("=")
        if name not in chosen:
            sys.exit(f"libtorrent has no setting '{name}'")
        chosen[name] = value_of(text)
    chosen["listen_interfaces"] = f"{address}:0"
    return chosen


def say(line):
    """One write a line: two threads speak."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def tell_completion(session, handle):
    """Says when the torrent is finished, and ends the process where libtorrent gave up on it."""
    while True:
        session.wait_for_alert(1000)
        for alert in session.pop_alerts():
            if isinstance(alert, lt.torrent_finished_alert) and handle.status().is_seeding:
                say(f"complete {time.monotonic():.6f}")
            elif isinstance(alert, (lt.torrent_error_alert, lt.file_error_alert)):
                say(f"error {alert.message()}")


def wait_until(condition):
    while not condition():
        time.sleep(0.01)


def shaken_hands(handle):
    busy = lt.peer_info.handshake | lt.peer_info.connecting
    return sum(1 for peer in handle.get_peer_info() if not peer.flags & busy)


def answer(handle, line):
    words = line.split()
    if words[0] == "connect":
        for host, port in zip(words[1::2], words[2::2]):
            handle.connect_peer((host, int(port)))
    elif words[0] == "connected":
        wait_until(lambda: shaken_hands(handle) >= int(words[1]))
        say("connected")
    elif words[0] == "limit":
        handle.set_download_limit(int(words[1]))
    elif words[0] == "go":
        handle.unset_flags(lt.torrent_flags.upload_mode)
    elif words[0] == "stat":
        status = handle.status()
        say(json.dumps({
            "sent": status.total_payload_upload, "received": status.total_payload_download,
            "redundant": status.total_redundant_bytes, "failed": status.total_failed_bytes,
            "complete": status.is_seeding,
        }))


def main():
    metafile, folder, address, preset = sys.argv[1:5]
    info = lt.torrent_info(metafile)
    if not info.info_hashes().has_v2() or info.info_hashes().has_v1():
        sys.exit(f"{metafile} is not a v2 torrent")
    session = lt.session(settings(preset, address, sys.argv[5:]))
    parameters = lt.add_torrent_params()
    parameters.ti = info
    parameters.save_path = folder
    parameters.flags = lt.torrent_flags.upload_mode | lt.torrent_flags.disable_dht | lt.torrent_flags.disable_lsd \
        | lt.torrent_flags.disable_pex
    handle = session.add_torrent(parameters)
    checked = (lt.torrent_status.states.downloading, lt.torrent_status.states.finished,
               lt.torrent_status.states.seeding)
    wait_until(lambda: handle.status().state in checked and session.listen_port() > 0)
    threading.Thread(target=tell_completion, args=(session, handle), daemon=True).start()
    say(f"port {session.listen_port()}")
    for line in sys.stdin:
        answer(handle, line)


main()
