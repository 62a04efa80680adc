// Colours in an order that is seen as one: cividis (Nuñez, Anderton, Renslow, PLoS ONE 13(7), 2018), which is even in
// lightness, and the same to those who see red and green alike. On paper much is dark, on black much is bright.

const cividis = [
  [0, 34, 78], [18, 53, 112], [59, 73, 108], [87, 93, 109], [112, 113, 115], [138, 134, 120], [165, 156, 116],
  [195, 179, 105], [225, 204, 85], [254, 232, 56],
];

export const isDark = () => document.documentElement.dataset.theme === "dark";

/// The colour of a share from 0 to 1. The end that would vanish into the page is left out.
export function shade(share) {
  const place = Math.min(1, Math.max(0, share)) * (cividis.length - 2);
  const at = isDark() ? 1 + place : cividis.length - 1 - place;
  const low = Math.floor(at), rest = at - low;
  const high = Math.min(cividis.length - 1, low + 1);
  const mixed = cividis[low].map((value, index) => Math.round(value + (cividis[high][index] - value) * rest));
  return `rgb(${mixed.join(" ")})`;
}

/// A colour of the style sheet.
export const role = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

const kinds = {
  useful: () => {},
  redundant: (pen, size) => { for (let at = -size; at < 2 * size; at += 4) { pen.moveTo(at, 0); pen.lineTo(at + size, size); } },
  missed: (pen, size) => { for (let at = 1; at < size; at += 4) { pen.moveTo(0, at); pen.lineTo(size, at); } },
  late: (pen, size) => { for (let at = 1; at < size; at += 3) { pen.moveTo(at, 0); pen.lineTo(at, size); } },
};

/// A fill that is told from others without its colour: plain, oblique, level or upright lines.
export function pattern(context, kind) {
  const tile = document.createElement("canvas"), size = 8;
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  pen.fillStyle = role(kind);
  pen.fillRect(0, 0, size, size);
  pen.strokeStyle = role("panel");
  pen.lineWidth = 1;
  pen.beginPath();
  kinds[kind](pen, size);
  pen.stroke();
  return context.createPattern(tile, "repeat");
}

/// Fits a canvas to its place on the page, sharp on any screen.
export function prepared(canvas, height) {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth || canvas.parentElement.clientWidth;
  const [pixelWidth, pixelHeight] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) [canvas.width, canvas.height] = [pixelWidth, pixelHeight];
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  return { context, width, height };
}
