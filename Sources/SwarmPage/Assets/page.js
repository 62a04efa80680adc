// The page: takes frames, live or of a recorded run, and draws the newest. A frame that came while another was drawn is
// forgotten with the next, so a slow browser is behind by one and no more.

import { drawCurve, drawMessages, percent } from "./charts.js";
import { drawLinks } from "./links.js";
import { drawMap } from "./map.js";
import { drawEvents, drawNodes, rate } from "./table.js";

const element = (id) => document.getElementById(id);
const many = 60;
let frame = null;
let waiting = null;
let isPlanned = false;
let tableDrawnAt = 0;
let tableTimer = null;

function take(text) {
  waiting = text;
  if (isPlanned) return;
  isPlanned = true;
  requestAnimationFrame(() => {
    isPlanned = false;
    frame = JSON.parse(waiting);
    draw();
  });
}

function draw() {
  if (!frame) return;
  drawFacts();
  drawMap(frame.map);
  drawCurve(frame.series);
  drawMessages(frame.series);
  drawLinks(frame.links, frame.replay ? frame.replay.cycle : frame.clock.cycle - 1);
  drawEvents(frame.events);
  drawTableInTime();
  document.documentElement.dataset.frames = Number(document.documentElement.dataset.frames ?? 0) + 1;
}

/// A long table twice a second: nobody reads faster, and the map is to stay smooth.
function drawTableInTime() {
  const wait = frame.nodes.name.length > many ? 500 - (performance.now() - tableDrawnAt) : 0;
  if (wait > 0) {
    tableTimer ??= setTimeout(() => { tableTimer = null; drawTable(); }, wait);
    return;
  }
  drawTable();
}

function drawTable() {
  tableDrawnAt = performance.now();
  drawNodes(frame.nodes, frame.totals.chunks, Boolean(frame.replay));
}

const number = (value) => value.toLocaleString("en");

function drawFacts() {
  const { clock, totals } = frame;
  element("name").textContent = frame.name ?? "GoTorrent";
  document.title = `${percent(fraction(totals))} – ${frame.name ?? "GoTorrent"}`;
  element("cycle").textContent = frame.replay ? frame.replay.cycle : clock.cycle;
  element("interval").textContent = clock.interval_milliseconds === undefined ? "–" : interval(clock.interval_milliseconds);
  const others = frame.other_torrents > 0 ? ` (and ${frame.other_torrents} others on this bus)` : "";
  element("torrent").textContent = frame.torrent ? `${frame.torrent.slice(0, 12)}…${others}` : "";
  element("torrent").title = frame.torrent ?? "";
  drawClock(clock);
  drawControl(frame.control);
  element("average").textContent = percent(fraction(totals));
  fill("complete", number(totals.complete), ` of ${number(totals.peers)}`);
  element("rate").textContent = frame.replay ? "–" : rate(totals.bytes_per_second);
  const valid = totals.useful + totals.redundant;
  element("useful").textContent = number(totals.useful);
  fill("redundant", number(totals.redundant), valid > 0 ? ` ${percent(totals.redundant / valid)} of what came` : "");
  element("missed").textContent = number(totals.missed);
  element("late").textContent = number(totals.late);
  drawStalls();
}

const fraction = (totals) => (totals.wanted === 0 ? (totals.seeds > 0 && totals.peers === 0 ? 0 : 0) : totals.held / totals.wanted);

function fill(id, text, small) {
  const line = document.createElement("small");
  line.textContent = small;
  element(id).replaceChildren(text, line);
}

function drawClock(clock) {
  const place = element("clock");
  let text = "";
  if (!frame.replay && clock.cycle === 0) text = "the clock has not ticked yet";
  if (clock.is_silent) text = `no tick for ${Math.round((clock.tick_age_milliseconds ?? 0) / 1000)} s`;
  if (clock.is_silent && clock.holdover > 0) text += `; ${clock.holdover} nodes go on by their own time (holdover), up to cycle ${clock.newest_report + 1}`;
  place.textContent = text;
  place.className = clock.is_silent ? "warn" : "dim";
}

/// A held cycle is an hour long, by the clock's tick: so the nodes wait for its end.
const held = 3_600_000;

function drawControl(control) {
  element("control").hidden = !control;
  if (!control) return;
  element("hold").setAttribute("aria-pressed", control.is_paused);
  element("hold").textContent = control.is_paused ? "Go on" : "Hold the clock";
  element("step").disabled = !control.is_paused;
  if (frame.clock.interval_milliseconds !== held) return;
  element("interval").textContent = "held";
  if (!frame.clock.is_silent) element("clock").textContent = "";
}

/// Tells the swarm's clock to pause, step or resume; what became of it comes with the next frame.
async function tell(command) {
  try {
    const answer = await fetch(`/clock?do=${command}`, { method: "POST", headers: { "X-GoTorrent": "clock" } });
    if (!answer.ok) setLink(await answer.text(), "lost");
  } catch {
    setLink("connection lost", "lost");
  }
}

function drawStalls() {
  const { nodes } = frame;
  const stalled = nodes.name.map((name, index) => [name, nodes.state[index], nodes.note[index]]).filter(([, state]) => state === "stalled");
  const place = element("stalls");
  place.hidden = stalled.length === 0;
  const shown = stalled.slice(0, 3).map(([name, , note]) => `${name} is stalled: ${note}`).join(" · ");
  place.textContent = stalled.length > 3 ? `${shown} · and ${stalled.length - 3} more` : shown;
}

const interval = (milliseconds) => milliseconds < 1000 ? `${milliseconds} ms` : `${milliseconds / 1000} s`;

// Where frames come from.

function setLink(text, kind) {
  element("link").textContent = text;
  element("link").className = `badge ${kind}`;
}

function follow() {
  const events = new EventSource("/events");
  events.addEventListener("open", () => setLink("live", "live"));
  events.addEventListener("frame", (event) => take(event.data));
  events.addEventListener("end", () => {
    events.close();
    setLink("ended; this is the last that was seen", "lost");
  });
  events.addEventListener("error", () => setLink("connection lost; trying again", "lost"));
}

let isAsking = false;
let asked = null;

/// Asks for one cycle at a time; of those that the slider passed meanwhile the last.
async function show(cycle) {
  asked = cycle;
  if (isAsking) return;
  isAsking = true;
  while (asked !== null) {
    const next = asked;
    asked = null;
    try {
      take(await (await fetch(`/frame?cycle=${next}`)).text());
      setLink("recorded run", "replay");
    } catch {
      setLink("connection lost", "lost");
    }
  }
  isAsking = false;
}

function replay(range) {
  const slider = element("slider"), button = element("play");
  let timer = null;
  element("replay").hidden = false;
  [slider.min, slider.max, slider.value] = [range.first, range.last, range.last];
  setLink("recorded run", "replay");
  const move = (cycle) => {
    slider.value = cycle;
    element("slider-value").textContent = slider.value;
    show(slider.value);
  };
  const hold = () => {
    clearInterval(timer);
    timer = null;
    button.textContent = "Play";
    button.setAttribute("aria-pressed", "false");
  };
  const play = () => {
    if (Number(slider.value) >= range.last) move(range.first);
    button.textContent = "Hold";
    button.setAttribute("aria-pressed", "true");
    // At most half a minute, however long the run was.
    const step = Math.max(1, Math.ceil((range.last - range.first) / 150));
    timer = setInterval(() => {
      move(Number(slider.value) + step);
      if (Number(slider.value) >= range.last) hold();
    }, Math.max(200, Math.min(600, 12_000 / Math.max(1, range.last - range.first))));
  };
  element("slider-value").textContent = range.last;
  slider.addEventListener("input", () => { hold(); move(slider.value); });
  button.addEventListener("click", () => (timer === null ? play() : hold()));
  addEventListener("keydown", (event) => {
    if (event.target.matches("input, button")) return;
    if (event.key === " ") { event.preventDefault(); button.click(); }
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) { hold(); move(Number(slider.value) + step); }
  });
}

// Colours and keys.

const themes = ["auto", "light", "dark"];
const system = matchMedia("(prefers-color-scheme: dark)");
let theme = themes.includes(localStorage.getItem("theme")) ? localStorage.getItem("theme") : "auto";

function applyTheme() {
  document.documentElement.dataset.theme = theme === "auto" ? (system.matches ? "dark" : "light") : theme;
  element("theme").textContent = `theme: ${theme}`;
  draw();
}

function nextTheme() {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length];
  localStorage.setItem("theme", theme);
  applyTheme();
}

element("theme").addEventListener("click", nextTheme);
element("hold").addEventListener("click", () => tell(frame.control.is_paused ? "resume" : "pause"));
element("step").addEventListener("click", () => tell("step"));
element("filter").form?.addEventListener("submit", (event) => event.preventDefault());
element("replay").addEventListener("submit", (event) => event.preventDefault());
system.addEventListener("change", applyTheme);
addEventListener("keydown", (event) => {
  if (event.target.matches("input[type=search]") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "t" || event.key === "T") nextTheme();
  if (frame?.control && !event.target.matches("button, canvas")) {
    if (event.key === " ") { event.preventDefault(); element("hold").click(); }
    if (event.key === "ArrowRight") element("step").click();
  }
  if (event.key === "/") { event.preventDefault(); element("filter").focus(); }
});
new ResizeObserver(() => draw()).observe(document.querySelector("main"));

async function begin() {
  applyTheme();
  // The cookie does from here on; the token need not stay where others read it.
  if (location.search.includes("token=")) history.replaceState(null, "", "/");
  try {
    const text = await (await fetch("/frame")).text();
    take(text);
    const first = JSON.parse(text);
    if (first.replay) replay(first.replay);
    else follow();
  } catch {
    setLink("no connection", "lost");
    setTimeout(begin, 2000);
  }
}

begin();
