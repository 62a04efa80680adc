// Who sent to whom in the last cycle: nodes in a circle, an arrow from each that sent to each that was sent to.

import { prepared, role } from "./palette.js";

const radius = 4;

export function drawLinks(links, cycle) {
  const section = document.getElementById("links-section");
  section.hidden = !links || links.names.length === 0;
  if (section.hidden) return;
  const canvas = document.getElementById("links");
  document.getElementById("links-cycle").textContent = cycle >= 0 ? `in cycle ${cycle}` : "";
  canvas.setAttribute("aria-label", described(links));
  canvas.dataset.arrows = links.from.map((from, index) => `${links.names[from]}>${links.names[links.to[index]]}:${links.count[index]}`).join(" ");
  const { context, width, height } = prepared(canvas, canvas.clientHeight);
  const places = circle(links.names.length, width, height);
  links.from.forEach((from, index) => drawArrow(context, places[from], places[links.to[index]], links.count[index]));
  links.names.forEach((name, index) => drawNode(context, name, places[index], width));
}

function circle(count, width, height) {
  const reach = Math.max(20, Math.min(height / 2 - 24, width / 2 - 60));
  return Array.from({ length: count }, (_, index) => {
    const angle = 2 * Math.PI * index / count - Math.PI / 2;
    return { x: width / 2 + reach * Math.cos(angle), y: height / 2 + reach * Math.sin(angle), angle };
  });
}

/// A bow to the right of the way, so that two that sent to each other have an arrow each.
function drawArrow(context, start, end, count) {
  const [across, down] = [end.x - start.x, end.y - start.y];
  const length = Math.hypot(across, down) || 1;
  const middle = { x: (start.x + end.x) / 2 - down * 0.12, y: (start.y + end.y) / 2 + across * 0.12 };
  const angle = Math.atan2(end.y - middle.y, end.x - middle.x);
  const tip = { x: end.x - (radius + 3) * Math.cos(angle), y: end.y - (radius + 3) * Math.sin(angle) };
  context.strokeStyle = context.fillStyle = role("accent");
  context.globalAlpha = 0.75;
  context.lineWidth = Math.min(5, 1 + Math.log2(count));
  context.beginPath();
  context.moveTo(start.x, start.y);
  context.quadraticCurveTo(middle.x, middle.y, tip.x, tip.y);
  context.stroke();
  const head = Math.min(9, length / 4) + context.lineWidth / 2;
  context.beginPath();
  context.moveTo(end.x - (radius + 1) * Math.cos(angle), end.y - (radius + 1) * Math.sin(angle));
  for (const side of [-0.45, 0.45]) context.lineTo(tip.x - head * Math.cos(angle + side), tip.y - head * Math.sin(angle + side));
  context.closePath();
  context.fill();
  context.globalAlpha = 1;
}

function drawNode(context, name, place, width) {
  context.fillStyle = role("ink");
  context.beginPath();
  context.arc(place.x, place.y, radius, 0, 2 * Math.PI);
  context.fill();
  const isMiddle = Math.abs(Math.cos(place.angle)) < 0.2, isRight = Math.cos(place.angle) > 0;
  context.textAlign = isMiddle ? "center" : isRight ? "left" : "right";
  context.textBaseline = isMiddle ? (Math.sin(place.angle) < 0 ? "bottom" : "top") : "middle";
  const away = isMiddle ? 8 : 10;
  const x = place.x + (isMiddle ? 0 : isRight ? away : -away), y = place.y + (isMiddle ? Math.sign(Math.sin(place.angle)) * away : 0);
  const room = isMiddle ? width : isRight ? width - x : x;
  context.fillText(short(context, name, room), x, y);
}

function short(context, name, room) {
  let text = name;
  while (text.length > 2 && context.measureText(text).width > room) text = `${text.slice(0, -2)}…`;
  return text;
}

function described(links) {
  if (links.from.length === 0) return "Nobody sent anything.";
  const shown = links.from.slice(0, 40).map((from, index) => `${links.names[from]} to ${links.names[links.to[index]]}: ${links.count[index]}`);
  return `Pushes and pull requests. ${shown.join("; ")}${links.from.length > 40 ? "; and more" : ""}.`;
}
