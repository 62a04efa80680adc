// The chunk map: nodes down, chunks across. Where each cell is one chunk at one node it is filled if the chunk is held there,
// and coloured by how many nodes hold it; the same numbers stand above, or rise as a profile where numbers have no room.
// Where a cell is many chunks or nodes it is coloured by the share of them that is held.

import { pattern, prepared, role, shade } from "./palette.js";

const canvas = document.getElementById("map");
const reading = document.getElementById("map-reading");
let shown = null;
let place = null;
let cursor = null;

export function drawMap(map) {
  shown = map;
  // A small map leaves room for the charts beside it.
  document.querySelector("main").classList.toggle("small-map", map.columns <= 24 && map.rows.length <= 12);
  canvas.parentElement.hidden = map.rows.length === 0;
  if (map.rows.length === 0) return caption(map);
  place = layout(map);
  canvas.style.height = `${place.height}px`;
  const { context } = prepared(canvas, place.height);
  profile(context, map);
  map.rows.forEach((row, index) => drawRow(context, map, row, index));
  if (cursor) drawCursor(context);
  caption(map);
  canvas.setAttribute("aria-label", `Chunk map: ${map.nodes} nodes, ${map.chunks} chunks. ${reading.textContent}`);
}

function layout(map) {
  const available = canvas.parentElement.clientWidth;
  const longest = Math.max(...map.rows.map((row) => row.label.length));
  const labels = Math.min(Math.max(46, longest * 6.6 + 12), available * 0.24, 190);
  const cell = Math.min(38, (available - labels) / Math.max(1, map.columns));
  const row = Math.max(3, Math.min(26, Math.floor(440 / map.rows.length)));
  const top = map.copies ? 26 : 4;
  return { labels, cell, row, top, height: top + row * map.rows.length + 2, width: cell * map.columns };
}

// Whole pixels, or thin lines of paper show between some columns and not between others.
const left = (column) => Math.round(place.labels + column * place.cell);
const gap = () => (place.cell >= 10 ? 1 : 0);
const widthOf = (column) => Math.max(1, left(column + 1) - left(column) - gap());
const below = () => (place.row >= 6 ? 1 : 0);
const share = (copies) => (copies <= 1 || shown.nodes <= 1 ? 0 : (copies - 1) / (shown.nodes - 1));

const isGrouped = (map) => map.columns < map.chunks || map.rows.length < map.nodes;

function profile(context, map) {
  if (!map.copies) return;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  const hasNumbers = place.cell >= 15;
  map.copies.forEach((copies, column) => {
    const x = left(column);
    if (hasNumbers) {
      context.fillStyle = copies === 0 ? role("bad") : role("dim");
      context.fillText(copies, x + place.cell / 2, 18);
      return;
    }
    const height = Math.max(copies > 0 ? 1 : 0, 20 * copies / Math.max(1, map.nodes));
    context.fillStyle = role("dim");
    context.fillRect(x, 22 - height, widthOf(column), height);
  });
  context.textAlign = "left";
  context.fillStyle = role("dim");
  context.fillText("copies", 0, 18);
}

function drawRow(context, map, row, index) {
  const y = place.top + index * place.row, height = place.row - below();
  const every = Math.ceil(13 / place.row);
  if (index % every === 0 && place.row * every >= 12) {
    context.fillStyle = role("ink");
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(fitted(context, row.label), 0, y + Math.max(height, 11) / 2);
  }
  if (!row.cells) return drawBar(context, row, y, height);
  for (let column = 0; column < map.columns; column += 1) {
    const level = Number(row.cells[column]) / 9, x = left(column), width = widthOf(column);
    context.fillStyle = role("track");
    context.fillRect(x, y, width, height);
    if (level === 0) continue;
    context.fillStyle = isGrouped(map) || !map.copies ? shade(level) : shade(share(map.copies[column]));
    context.fillRect(x, y, width, height);
  }
}

/// Of a node of which the bus tells how many chunks it holds, and not which.
function drawBar(context, row, y, height) {
  context.fillStyle = role("track");
  context.fillRect(place.labels, y, place.width, height);
  context.fillStyle = pattern(context, "redundant");
  context.fillRect(place.labels, y, place.width * row.fraction, height);
}

function fitted(context, text) {
  if (context.measureText(text).width <= place.labels - 8) return text;
  let cut = text;
  while (cut.length > 1 && context.measureText(`${cut}…`).width > place.labels - 8) cut = cut.slice(0, -1);
  return `${cut}…`;
}

function drawCursor(context) {
  cursor = { row: Math.min(cursor.row, shown.rows.length - 1), column: Math.min(cursor.column, shown.columns - 1) };
  context.strokeStyle = role("ink");
  context.lineWidth = 2;
  const y = place.top + cursor.row * place.row;
  context.strokeRect(left(cursor.column) - 1, y - 1, Math.max(4, place.cell) + 1, Math.max(4, place.row) + 1);
  read();
}

const chunksOf = (column) => [
  Math.floor(column * shown.chunks / shown.columns), Math.floor((column + 1) * shown.chunks / shown.columns) - 1,
];

function read() {
  const row = shown.rows[cursor.row];
  const [first, last] = chunksOf(cursor.column);
  const chunks = first === last ? `chunk ${first}` : `chunks ${first} to ${last}`;
  let text = `${row.label}${row.nodes > 1 ? ` (${row.nodes} nodes)` : ""}: ${(row.fraction * 100).toFixed(1)} % of all`;
  if (row.cells) {
    const level = Number(row.cells[cursor.column]);
    const held = level === 0 ? "not held" : level === 9 ? "held" : `held in part (${level} of 9)`;
    text += `; ${chunks} ${held}`;
    if (shown.copies) text += `, ${shown.copies[cursor.column]} of ${shown.nodes} nodes have ${first === last ? "it" : "the rarest of them"}`;
  }
  reading.textContent = text;
}

function caption(map) {
  const groups = map.rows.some((row) => row.nodes > 1) ? `, in ${map.rows.length} rows` : "";
  const isTold = map.rows.some((row) => row.cells);
  const columns = isTold && map.columns < map.chunks ? `, in ${map.columns} columns` : "";
  const text = map.rows.length === 0
    ? "No node has reported yet."
    : `${map.nodes} nodes down${groups}; ${map.chunks.toLocaleString("en")} chunks across${columns}.`;
  const unknown = map.rows.some((row) => !row.cells)
    ? " Of so many chunks nodes tell how many they hold and not which: hatched bars." : "";
  document.getElementById("map-caption").textContent = text + unknown;
  legend(map);
}

function legend(map) {
  const list = document.getElementById("map-legend");
  const key = [map.nodes, Boolean(map.copies), isGrouped(map), document.documentElement.dataset.theme].join();
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren();
  if (!map.rows.some((row) => row.cells) || (!map.copies && !isGrouped(map))) return;
  const counts = map.nodes <= 8
    ? Array.from({ length: map.nodes }, (_, index) => index + 1)
    : [1, Math.ceil(map.nodes / 4), Math.ceil(map.nodes / 2), Math.ceil(map.nodes * 3 / 4), map.nodes];
  const steps = isGrouped(map)
    ? [1, 3, 5, 7, 9].map((level) => [level / 9, level === 9 ? "all" : `${Math.round(level / 9 * 100)} %`])
    : [...new Set(counts)].filter((count) => count > 0).map((count) => [share(count), String(count)]);
  list.append(isGrouped(map) ? "held of a cell’s chunks and nodes" : "nodes that hold it");
  for (const [place, text] of steps) {
    const item = document.createElement("span"), swatch = document.createElement("canvas");
    [swatch.width, swatch.height] = [22, 11];
    const pen = swatch.getContext("2d");
    pen.fillStyle = shade(place);
    pen.fillRect(0, 0, 22, 11);
    item.append(swatch, text);
    list.append(item);
  }
}

canvas.addEventListener("pointermove", (event) => {
  if (!place || !shown) return;
  const column = Math.floor((event.offsetX - place.labels) / place.cell);
  const row = Math.floor((event.offsetY - place.top) / place.row);
  if (column < 0 || row < 0 || column >= shown.columns || row >= shown.rows.length) return;
  cursor = { row, column };
  drawMap(shown);
});
canvas.addEventListener("pointerleave", () => { if (document.activeElement !== canvas) clearCursor(); });
canvas.addEventListener("blur", clearCursor);
canvas.addEventListener("focus", () => { cursor ??= { row: 0, column: 0 }; if (shown) drawMap(shown); });
canvas.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!step || !shown || shown.rows.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const at = cursor ?? { row: 0, column: 0 };
  cursor = {
    row: Math.min(shown.rows.length - 1, Math.max(0, at.row + step[0])),
    column: Math.min(shown.columns - 1, Math.max(0, at.column + step[1])),
  };
  drawMap(shown);
});

function clearCursor() {
  cursor = null;
  reading.textContent = "\u00a0";
  if (shown) drawMap(shown);
}
