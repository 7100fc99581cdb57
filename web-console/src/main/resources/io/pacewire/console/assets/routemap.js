import {color} from './dom.js';

/** A map without tiles: a grid of round metres, the route, its kilometres, where it began and is now. */
export class RouteMap {
  constructor(canvas) {
    this.canvas = canvas;
    this.follow = true;
    this.finished = false;
    this.clear();
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
  }

  clear() {
    this.latitude = [];
    this.longitude = [];
    this.distance = [];
    this.flags = [];
  }

  set(latitude, longitude, distance, flags) {
    this.clear();
    this.add(latitude, longitude, distance, flags);
  }

  add(latitude, longitude, distance, flags) {
    this.latitude.push(...latitude);
    this.longitude.push(...longitude);
    this.distance.push(...distance);
    this.flags.push(...flags);
  }

  draw() {
    const ratio = devicePixelRatio || 1;
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    if (!width || !height) return;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    const g = this.canvas.getContext('2d');
    g.scale(ratio, ratio);
    g.fillStyle = color('--sunken');
    g.fillRect(0, 0, width, height);
    const points = this.project();
    const box = bounds(points);
    const scale = Math.min((width - 120) / Math.max(box.width, 200), (height - 160) / Math.max(box.height, 200));
    const x = p => width / 2 + (p[0] - box.x) * scale;
    const y = p => height / 2 - (p[1] - box.y) * scale;
    this.grid(g, width, height, box, scale);
    if (points.length === 0) return;
    this.route(g, points, x, y);
    this.kilometres(g, points, x, y);
    ring(g, x(points[0]), y(points[0]), 5, color('--surface'), color('--ink'));
    const last = points[points.length - 1];
    ring(g, x(last), y(last), this.finished ? 6 : 9, color('--volt'), '#14181B');
  }

  project() {
    const cosine = Math.cos((this.latitude[0] ?? 0) * Math.PI / 180);
    return this.latitude.map((latitude, i) => [
      (this.longitude[i] - this.longitude[0]) * 111320 * cosine, (latitude - this.latitude[0]) * 111320]);
  }

  route(g, points, x, y) {
    for (const [width, stroke] of [[7, '#14181B'], [3.5, color('--volt')]]) {
      g.lineWidth = width;
      g.strokeStyle = stroke;
      g.lineJoin = 'round';
      g.lineCap = 'round';
      g.beginPath();
      points.forEach((p, i) => (i === 0 || this.flags[i] & 4 ? g.moveTo(x(p), y(p)) : g.lineTo(x(p), y(p))));
      g.stroke();
    }
  }

  kilometres(g, points, x, y) {
    g.font = '600 11px Inter, system-ui, sans-serif';
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    let next = 1000;
    let before = null;
    points.forEach((p, i) => {
      if (this.distance[i] < next) return;
      const at = [x(p), y(p)];
      if (!before || Math.hypot(at[0] - before[0], at[1] - before[1]) > 26) {
        ring(g, at[0], at[1], 9, color('--surface'), color('--line'));
        g.fillStyle = color('--ink');
        g.fillText(String(next / 1000), at[0], at[1] + .5);
        before = at;
      }
      next += 1000;
    });
  }

  grid(g, width, height, box, scale) {
    const step = [50, 100, 200, 500, 1000, 2000, 5000, 10000].find(m => m * scale > 70) ?? 20000;
    g.strokeStyle = color('--line');
    g.lineWidth = 1;
    g.beginPath();
    for (let m = Math.ceil((box.x - width / 2 / scale) / step) * step; (m - box.x) * scale < width / 2; m += step) {
      const at = Math.round(width / 2 + (m - box.x) * scale) + .5;
      g.moveTo(at, 0);
      g.lineTo(at, height);
    }
    for (let m = Math.ceil((box.y - height / 2 / scale) / step) * step; (m - box.y) * scale < height / 2; m += step) {
      const at = Math.round(height / 2 - (m - box.y) * scale) + .5;
      g.moveTo(0, at);
      g.lineTo(width, at);
    }
    g.stroke();
    g.fillStyle = color('--ink3');
    g.font = '11px Inter, system-ui, sans-serif';
    g.textAlign = 'right';
    g.fillText(`${step} m`, width - 12, height - 12);
  }
}

function bounds(points) {
  let left = Infinity, right = -Infinity, bottom = Infinity, top = -Infinity;
  for (const [px, py] of points) {
    left = Math.min(left, px);
    right = Math.max(right, px);
    bottom = Math.min(bottom, py);
    top = Math.max(top, py);
  }
  return points.length === 0 ? {x: 0, y: 0, width: 0, height: 0}
    : {x: (left + right) / 2, y: (bottom + top) / 2, width: right - left, height: top - bottom};
}

function ring(g, x, y, radius, fill, stroke) {
  g.beginPath();
  g.arc(x, y, radius, 0, 2 * Math.PI);
  g.fillStyle = fill;
  g.fill();
  g.lineWidth = 2.5;
  g.strokeStyle = stroke;
  g.stroke();
}
