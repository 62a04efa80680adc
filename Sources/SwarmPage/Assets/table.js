// The table of nodes, and what happened. Only what changed is written, so that five hundred rows stay light.

import { percent } from "./charts.js";

const body = document.getElementById("nodes");
const filter = document.getElementById("filter");
const columns = ["name", "held", "rate", "useful", "redundant", "missed", "late", "state"];
let sort = { key: null, direction: 1 };
let last = null;

/// Bytes a second for people.
export function rate(bytes) {
  if (bytes < 1000) return `${bytes} B/s`;
  for (const [unit, size] of [["GB/s", 1e9], ["MB/s", 1e6], ["kB/s", 1e3]]) {
    if (bytes >= size) return `${(bytes / size).toFixed(1)} ${unit}`;
  }
  return "";
}

export function drawNodes(nodes, chunks, isReplay) {
  last = { nodes, chunks, isReplay };
  const rows = nodes.name.map((name, index) => ({
    name, index, held: nodes.held[index], rate: nodes.bytes_per_second[index], useful: nodes.useful[index],
    redundant: nodes.redundant[index], missed: nodes.missed[index], late: nodes.late[index],
    state: nodes.state[index], note: nodes.note[index], cycle: nodes.cycle[index],
  })).filter(isWanted);
  if (sort.key) rows.sort((one, other) => compare(one[sort.key], other[sort.key]) * sort.direction || one.index - other.index);
  while (body.rows.length > rows.length) body.deleteRow(-1);
  while (body.rows.length < rows.length) addRow();
  rows.forEach((row, index) => fill(body.rows[index], row, chunks, isReplay));
  const hidden = nodes.hidden > 0 ? `${nodes.name.length} that hold least of ${nodes.name.length + nodes.hidden}` : String(nodes.name.length);
  write(document.getElementById("nodes-hidden"), hidden);
}

const compare = (one, other) => typeof one === "string" ? one.localeCompare(other, "en", { numeric: true }) : one - other;

function isWanted(row) {
  const text = filter.value.trim().toLowerCase();
  return text === "" || row.name.toLowerCase().includes(text) || row.state.includes(text);
}

function addRow() {
  const row = body.insertRow();
  for (const column of columns) {
    const cell = row.insertCell();
    cell.className = ["name", "held", "state"].includes(column) ? column : `number ${column}`;
    if (column === "held") {
      const bar = document.createElement("span");
      bar.className = "bar";
      bar.append(document.createElement("i"));
      cell.append(bar, document.createElement("span"));
    }
  }
}

function fill(line, row, chunks, isReplay) {
  if (line.className !== row.state) line.className = row.state;
  line.dataset.node = row.name;
  line.dataset.held = row.held;
  line.dataset.cycle = row.cycle;
  const share = chunks === 0 ? 1 : row.held / chunks;
  columns.forEach((column, index) => {
    const cell = line.cells[index];
    if (column === "held") {
      cell.firstChild.firstChild.style.transform = `scaleX(${share})`;
      write(cell.lastChild, percent(share));
    } else if (column === "rate") {
      write(cell, isReplay || ["seed", "left"].includes(row.state) ? "–" : rate(row.rate));
    } else if (column === "state") {
      write(cell, row.note ? `${row.state}: ${row.note}` : row.state);
    } else {
      write(cell, String(row[column]));
      if (column === "name" && cell.title !== row.name) cell.title = row.name;
    }
  });
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/// What happens to many at once is one line: a class that joins is not to push everything else away.
function gathered(events) {
  const lines = [];
  for (const event of events) {
    const last = lines.at(-1);
    const isSame = last && last.event === event.event && last.cycle === event.cycle && event.node !== "";
    if (isSame && ["joined", "seen", "completed", "left"].includes(event.event)) last.nodes.push(event.node);
    else lines.push({ ...event, nodes: [event.node] });
  }
  return lines.map((line) => {
    const count = line.nodes.length;
    if (count <= 3) return { ...line, node: line.nodes.join(", "), detail: count === 1 ? line.detail : "" };
    return { ...line, node: `${line.nodes[0]}, ${line.nodes[1]} and ${count - 2} more`, detail: "" };
  });
}

export function drawEvents(events) {
  const list = document.getElementById("events");
  const key = events.length === 0 ? "" : JSON.stringify([events.length, events[0], events[events.length - 1]]);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...gathered(events).toReversed().map((event) => {
    const item = document.createElement("li"), when = document.createElement("span"), what = document.createElement("span");
    item.className = event.event;
    when.className = "when";
    when.textContent = event.cycle;
    when.title = `cycle ${event.cycle}, ${event.seconds.toFixed(1)} s after the record began`;
    const kind = document.createElement("b");
    kind.textContent = event.event.replace("-", " ");
    what.append(event.node ? `${event.node} ` : "", kind, event.detail ? `: ${event.detail}` : "");
    item.append(when, what);
    return item;
  }));
}

document.querySelector("thead").addEventListener("click", (event) => {
  const head = event.target.closest("th");
  if (!head) return;
  const key = head.dataset.key;
  sort = sort.key === key ? { key, direction: -sort.direction } : { key, direction: ["name", "state"].includes(key) ? 1 : -1 };
  for (const other of document.querySelectorAll("th")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", sort.direction > 0 ? "ascending" : "descending");
  if (last) drawNodes(last.nodes, last.chunks, last.isReplay);
});
filter.addEventListener("input", () => { if (last) drawNodes(last.nodes, last.chunks, last.isReplay); });
