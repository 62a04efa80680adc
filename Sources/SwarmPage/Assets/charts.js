// The two charts: the average fraction of the file, and the messages of each cycle.

import { pattern, prepared, role } from "./palette.js";

const kinds = ["useful", "redundant", "missed", "late"];
const margin = { left: 44, right: 14, top: 10, bottom: 24 };

function plot(canvas) {
  const { context, width, height } = prepared(canvas, canvas.clientHeight);
  const area = { left: margin.left, top: margin.top, width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  return { context, area };
}

function axes(context, area, ticks, cycles, end = area.left + area.width) {
  context.fillStyle = role("dim");
  context.strokeStyle = role("line");
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks) {
    const y = Math.round(area.top + area.height * (1 - tick.at)) + 0.5;
    context.beginPath();
    context.moveTo(area.left, y);
    context.lineTo(area.left + area.width, y);
    context.stroke();
    context.fillText(tick.text, area.left - 8, y);
  }
  if (cycles.length === 0) return;
  context.textBaseline = "top";
  const y = area.top + area.height + 7;
  context.textAlign = "left";
  context.fillText(`cycle ${cycles[0]}`, area.left, y);
  const first = context.measureText(`cycle ${cycles[0]}`).width;
  context.textAlign = "right";
  const last = String(cycles[cycles.length - 1]);
  const isApart = end - context.measureText(last).width > area.left + first + 8;
  if (cycles.length > 1 && isApart) context.fillText(last, end, y);
}

export function drawCurve(series) {
  const canvas = document.getElementById("curve");
  const { context, area } = plot(canvas);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: `${at * 100} %` }));
  axes(context, area, ticks, series.cycles);
  const count = series.average.length;
  const last = count > 0 ? series.average[count - 1] : 0;
  canvas.setAttribute("aria-label", count === 0
    ? "No cycle has ended yet."
    : `${percent(last)} of the file on average after cycle ${series.cycles[count - 1]}.`);
  if (count === 0) return;
  const x = (index) => area.left + (count === 1 ? 0 : area.width * index / (count - 1));
  const y = (value) => area.top + area.height * (1 - value);
  context.beginPath();
  series.average.forEach((value, index) => context.lineTo(x(index), y(value)));
  context.strokeStyle = role("accent");
  context.lineWidth = 2;
  context.lineJoin = "round";
  context.stroke();
  context.lineTo(x(count - 1), y(0));
  context.lineTo(x(0), y(0));
  context.globalAlpha = 0.1;
  context.fillStyle = role("accent");
  context.fill();
  context.globalAlpha = 1;
  context.beginPath();
  context.arc(x(count - 1), y(last), 3.5, 0, 7);
  context.fill();
  context.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = role("ink");
  context.textAlign = x(count - 1) > area.left + 70 ? "right" : "left";
  context.textBaseline = last > 0.85 ? "top" : "bottom";
  context.fillText(percent(last), x(count - 1) + (context.textAlign === "left" ? 8 : -8), y(last) + (last > 0.85 ? 8 : -6));
}

/// 100 only of the whole.
export const percent = (share) => share >= 1 ? "100 %" : `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;

/// A round number whose half is whole, too: there is no half a message.
function ceiling(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => step * power);
  return steps.find((top) => top >= value && top % 2 === 0) ?? value;
}

export function drawMessages(series) {
  const canvas = document.getElementById("messages");
  const { context, area } = plot(canvas);
  const count = series.cycles.length;
  const sums = series.cycles.map((_, index) => kinds.reduce((sum, kind) => sum + series[kind][index], 0));
  const top = ceiling(Math.max(1, ...sums));
  const width = Math.min(32, area.width / Math.max(1, count));
  const ticks = [0, 0.5, 1].map((at) => ({ at, text: short(top * at) }));
  axes(context, area, ticks, series.cycles, area.left + width * count);
  legend();
  if (count === 0) return canvas.setAttribute("aria-label", "No cycle has ended yet.");
  const gap = width >= 5 ? 1 : 0;
  const fills = kinds.map((kind) => (width >= 4 ? pattern(context, kind) : role(kind)));
  series.cycles.forEach((_, index) => {
    let base = area.top + area.height;
    kinds.forEach((kind, order) => {
      const height = area.height * series[kind][index] / top;
      context.fillStyle = fills[order];
      context.fillRect(area.left + index * width, base - height, width - gap, height);
      base -= height;
    });
  });
  const last = kinds.map((kind) => `${series[kind][count - 1]} ${kind}`).join(", ");
  canvas.setAttribute("aria-label", `In cycle ${series.cycles[count - 1]}: ${last}.`);
}

const short = (value) => value >= 10_000 ? `${value / 1000}k` : String(value);

function legend() {
  const list = document.getElementById("messages-legend");
  if (list.dataset.theme === document.documentElement.dataset.theme) return;
  list.dataset.theme = document.documentElement.dataset.theme;
  list.replaceChildren(...kinds.map((kind) => {
    const item = document.createElement("span"), swatch = document.createElement("canvas");
    [swatch.width, swatch.height] = [22, 11];
    const pen = swatch.getContext("2d");
    pen.fillStyle = pattern(pen, kind);
    pen.fillRect(0, 0, 22, 11);
    item.append(swatch, kind);
    return item;
  }));
}
