#!/usr/bin/env python3
"""Runs a small swarm with its page open in headless Chromium, and compares what the page shows with what the bus said.

usage: check_page.py --gotorrent PROGRAM [--chromium PROGRAM] [--pictures FOLDER]

It looks at the page while the swarm works and when it is over, in light and dark, at the width of a phone, by keyboard,
at a clock that is held and goes on, and at the recorded run with its slider. With --pictures it leaves screenshots. Exits 1 where anything differs.
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time

from browser import Browser

ROWS = """[...document.querySelectorAll('#nodes tr')].map(row => ({
    node: row.dataset.node, cycle: Number(row.dataset.cycle), held: Number(row.dataset.held),
    useful: Number(row.querySelector('.useful').textContent),
    redundant: Number(row.querySelector('.redundant').textContent),
    missed: Number(row.querySelector('.missed').textContent), text: row.innerText}))"""
TOPOLOGY = """name: page
torrent: {{file: text.txt, chunk-size: 1}}
gossip: {{cycle: 200ms, style: push-pull}}
tracker: {{port: 0}}
nodes:
  seed: {{role: seed}}
{peers}
"""
failures = []


def check(is_right, what):
    print(("ok   " if is_right else "FAIL ") + what)
    if not is_right:
        failures.append(what)


class Lines(threading.Thread):
    """Everything that a program writes to a pipe."""

    def __init__(self, pipe):
        super().__init__(daemon=True)
        self.pipe, self.lines = pipe, []
        self.start()

    def run(self):
        for line in self.pipe:
            self.lines.append(line)

    def find(self, pattern):
        return next((found for found in (re.search(pattern, line) for line in list(self.lines)) if found), None)


def reports(lines):
    """What each node said of each cycle, by the bus."""
    said = {}
    for line in lines:
        message = json.loads(line)
        if message["topic"].startswith("progress."):
            counts = message["messages"]
            said[message["node"], message["cycle"]] = (
                message["chunks_held"], counts["useful"], counts["redundant"], counts["missed"])
    return said


def compare(rows, said):
    """How many reports were shown and heard as well, and what was shown otherwise than heard."""
    shown = {(row["node"], row["cycle"], row["held"], row["useful"], row["redundant"], row["missed"]) for row in rows}
    known = [row for row in shown if row[:2] in said]
    return len({row[:2] for row in known}), [row for row in known if said[row[:2]] != row[2:]]


def newest_arrows(lines):
    """Who sent to whom, by each node's newest report on the bus."""
    newest = {}
    for line in lines:
        message = json.loads(line)
        if message["topic"].startswith("progress."):
            newest[message["node"]] = message
    names = {message["peer_ref"]: node for node, message in newest.items()}
    return {f"{node}>{names[peer]}:{count}" for node, message in newest.items()
            for peer, count in message["sent_to"].items()}


def search(path, pattern):
    """What matches in a file; None where it is not there yet."""
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return re.search(pattern, file.read())


def look_at_run(options, browser, folder):
    with open(f"{folder}/text.txt", "w", encoding="ascii") as file:
        file.write("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    with open(f"{folder}/topology.yaml", "w", encoding="ascii") as file:
        file.write(TOPOLOGY.format(peers="\n".join(f"  peer{number}: {{}}" for number in range(1, 6))))
    command = [options.gotorrent, "run", f"{folder}/topology.yaml", "--output", f"{folder}/run", "--no-figures",
               "--trace", "--web", "127.0.0.1:0"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    errors = Lines(run.stderr)
    address = Browser.wait(lambda: errors.find(r"http://\S+"), "the page's address").group()
    log = f"{folder}/run/logs/tracker.log"
    bus = Browser.wait(lambda: search(log, r"bus_subscribe=(\S+)"), "the bus in the tracker's log").group(1)
    monitor = subprocess.Popen([options.gotorrent, "monitor", bus, "--json"], stdout=subprocess.PIPE, text=True)
    heard = Lines(monitor.stdout)
    browser.size(1280, 800)
    browser.open(address)
    seen = []
    browser.until("document.getElementById('link')?.textContent === 'live'")
    while run.poll() is None:
        seen += browser.value(ROWS)
        if options.pictures and "4" == browser.value("document.getElementById('cycle').textContent"):
            browser.screenshot(f"{options.pictures}/live.png")
    browser.until("document.getElementById('link').textContent.startsWith('ended')")
    check(run.returncode == 0, "the run with a page open ends as one without")
    monitor.terminate()
    monitor.wait()
    said = reports(heard.lines)
    count, wrong = compare(seen, said)
    check(count >= 30 and not wrong, f"{count} reports in the table are what the bus said {wrong[:2] or ''}")
    last = browser.value(ROWS)
    check(len(last) == 6 and all(row["held"] == 62 for row in last), "in the end every node is shown as whole")
    check(browser.value("document.getElementById('average').textContent") == "100 %", "the average is 100 %")
    check(browser.value("document.getElementById('complete').textContent") == "5 of 5", "5 of 5 peers are complete")
    arrows = set(browser.value("document.getElementById('links').dataset.arrows").split())
    told = newest_arrows(heard.lines)
    check(arrows == told and len(told) >= 6, f"{len(told)} arrows lead from who sent to who was sent to {arrows ^ told or ''}")
    label = browser.value("document.getElementById('map').getAttribute('aria-label')")
    check(label.startswith("Chunk map: 6 nodes, 62 chunks."), "the map says what it shows")


def hold_the_clock(options, browser, folder):
    """A class holds the swarm, goes on by a cycle, and lets it run."""
    command = [options.gotorrent, "run", f"{folder}/topology.yaml", "--output", f"{folder}/held", "--no-figures",
               "--web", "127.0.0.1:0"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    errors = Lines(run.stderr)
    browser.size(1280, 800)
    browser.open(Browser.wait(lambda: errors.find(r"http://\S+"), "the page's address").group())
    browser.until("document.getElementById('link')?.textContent === 'live' && "
                  "!document.getElementById('control').hidden")
    browser.value("document.getElementById('hold').click(); 1")
    browser.until("document.getElementById('interval').textContent === 'held'")
    cycle = browser.value("Number(document.getElementById('cycle').textContent)")
    # Longer than the three intervals after which nodes take a silent clock for a lost one.
    time.sleep(2)
    check(browser.value("Number(document.getElementById('cycle').textContent)") == cycle,
          f"the swarm stays in cycle {cycle} while the clock is held")
    check(browser.value("document.getElementById('hold').textContent") == "Go on", "and the button says how to go on")
    if options.pictures:
        browser.screenshot(f"{options.pictures}/held.png")
    browser.value("document.activeElement.blur(); 1")
    browser.key("ArrowRight")
    browser.until(f"document.getElementById('cycle').textContent === '{cycle + 1}' && "
                  f"[...document.querySelectorAll('#nodes tr')].every(row => row.dataset.cycle === '{cycle}')")
    time.sleep(1)
    check(browser.value("Number(document.getElementById('cycle').textContent)") == cycle + 1,
          "a step is one cycle, after which the table tells the one before")
    stranger = browser.value("fetch('/clock?do=step', {method: 'POST'}).then(answer => answer.status)")
    check(stranger == 403, f"another page's command is refused: {stranger}")
    browser.key(" ", "Space", " ")
    browser.until("document.getElementById('interval').textContent === '200 ms'")
    check(run.wait(timeout=60) == 0, "and then the swarm runs to its end")
    with open(f"{folder}/held/cycles.csv", encoding="utf-8") as file:
        cycles = [int(row["cycle"]) for row in csv.DictReader(file)]
    check(cycles == list(range(len(cycles))) and len(cycles) > cycle + 2, f"its {len(cycles)} cycles are all recorded")


def look_at_record(options, browser, folder):
    command = [options.gotorrent, "monitor", f"{folder}/run", "--web", "127.0.0.1:0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as replay:
        errors = Lines(replay.stderr)
        address = Browser.wait(lambda: errors.find(r"http://\S+"), "the page's address").group()
        with open(f"{folder}/run/nodes.csv", encoding="utf-8") as file:
            table = list(csv.DictReader(file))
        with open(f"{folder}/run/cycles.csv", encoding="utf-8") as file:
            cycles = list(csv.DictReader(file))
        with open(f"{folder}/run/links.csv", encoding="utf-8") as file:
            links = list(csv.DictReader(file))
        browser.open(address)
        browser.until("document.getElementById('link')?.textContent === 'recorded run' "
                      "&& document.querySelectorAll('#nodes tr').length === 6")
        for cycle in (1, len(cycles) // 2, len(cycles) - 1):
            move(browser, cycle)
            shown = {row["node"]: row["held"] for row in browser.value(ROWS)}
            expected = {row["node"]: int(row["chunks_held"]) for row in table if int(row["cycle"]) == cycle}
            check(shown == expected, f"after cycle {cycle} the slider shows what nodes.csv says")
            percent = int(float(cycles[cycle]["average_fraction"]) * 1000 + 1e-6) / 10
            average = browser.value("document.getElementById('average').textContent")
            expected = "100 %" if percent >= 100 else f"{percent:.1f} %"
            check(average == expected, f"and the average of cycles.csv, {average}")
            arrows = set(browser.value("document.getElementById('links').dataset.arrows").split())
            told = {f"{row['from']}>{row['to']}:{row['messages']}" for row in links if int(row["cycle"]) == cycle}
            check(arrows == told and told, f"and the {len(told)} arrows of links.csv {arrows ^ told or ''}")
        try_keys(browser)
        for name, width, dark in [("light", 1280, False), ("dark", 1280, True), ("phone", 390, False)]:
            browser.size(width, 844, dark)
            move(browser, len(cycles) // 2)
            theme = "dark" if dark else "light"
            browser.until(f"document.documentElement.dataset.theme === '{theme}'")
            check(True, f"{name}: the page is {theme}, as the system is")
            fits = browser.value("document.documentElement.scrollWidth <= innerWidth")
            check(fits, f"{name}: nothing is wider than the screen")
            if options.pictures:
                browser.screenshot(f"{options.pictures}/{name}.png")
        check(not browser.errors(), f"no script failed {browser.errors()[:1] or ''}")
        replay.terminate()


def move(browser, cycle):
    browser.value(f"document.getElementById('slider').value = {cycle}; "
                  "document.getElementById('slider').dispatchEvent(new Event('input')); 1")
    browser.until(f"document.getElementById('cycle').textContent === '{cycle}' && "
                  f"[...document.querySelectorAll('#nodes tr')].every(row => row.dataset.cycle === '{cycle}')")


def try_keys(browser):
    browser.value("document.activeElement.blur(); 1")
    browser.key("ArrowLeft")
    before = browser.value("Number(document.getElementById('slider').max)")
    browser.until(f"document.getElementById('cycle').textContent === '{before - 1}'")
    check(True, "the left arrow goes back by a cycle")
    browser.key("t", "KeyT", "t")
    theme = browser.value("document.getElementById('theme').textContent")
    check(theme == "theme: light", "T changes the colours")
    for _ in range(2):
        browser.key("t", "KeyT", "t")
    browser.key("/", "Slash", "/")
    check(browser.value("document.activeElement.id") == "filter", "/ leads to the filter")
    browser.value("document.getElementById('filter').value = 'peer2'; "
                  "document.getElementById('filter').dispatchEvent(new Event('input')); 1")
    check(browser.value("document.querySelectorAll('#nodes tr').length") == 1, "the filter leaves one row")
    browser.value("document.getElementById('filter').value = ''; "
                  "document.getElementById('filter').dispatchEvent(new Event('input')); "
                  "document.getElementById('map').focus(); 1")
    browser.key("ArrowDown")
    reading = browser.value("document.getElementById('map-reading').textContent")
    check(reading.startswith("peer1: ") and "chunk 0" in reading, f"in the map the arrows read cells: {reading}")
    browser.value("document.activeElement.blur(); 1")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gotorrent", required=True)
    parser.add_argument("--chromium", default="chromium")
    parser.add_argument("--pictures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Browser(options.chromium) as browser:
        look_at_run(options, browser, folder)
        hold_the_clock(options, browser, folder)
        look_at_record(options, browser, folder)
    if failures:
        sys.exit(f"{len(failures)} of the page's checks failed")


if __name__ == "__main__":
    main()
