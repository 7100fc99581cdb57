import {color} from '../dom.js';

const SPAN_DEG = 80;
let land = null;
let asked = false;

/** Where on Earth the map is: land as outlines, one dot. */
export function locator(canvas, {lat, lng: unbounded}) {
  const lng = unbounded - 360 * Math.round(unbounded / 360); // the map goes on beyond the antimeridian
  if (!land) {
    ask(canvas, {lat, lng});
    return;
  }
  const key = `${lat.toFixed(0)},${lng.toFixed(0)},${color('sunken')}`;
  if (canvas.dataset.drawn === key) return;
  canvas.dataset.drawn = key;
  const g = canvas.getContext('2d');
  const scale = canvas.width / SPAN_DEG;
  const x = longitude => canvas.width / 2 + (longitude - lng) * scale;
  const y = latitude => canvas.height / 2 - (latitude - lat) * scale;
  g.fillStyle = color('sunken');
  g.fillRect(0, 0, canvas.width, canvas.height);
  g.fillStyle = color('land');
  for (const shift of [-360, 0, 360]) {
    g.beginPath();
    for (const ring of land) {
      ring.forEach(([longitude, latitude], i) => (i ? g.lineTo : g.moveTo).call(g, x(longitude + shift), y(latitude)));
      g.closePath();
    }
    g.fill('evenodd');
  }
  g.beginPath();
  g.arc(canvas.width / 2, canvas.height / 2, 7, 0, 2 * Math.PI);
  g.fillStyle = '#C4F042';
  g.fill();
  g.lineWidth = 4;
  g.strokeStyle = '#14181B';
  g.stroke();
}

/** Not needed to see the run: fetched when there is nothing else to do. */
function ask(canvas, centre) {
  if (asked) return;
  asked = true;
  (window.requestIdleCallback ?? setTimeout)(async () => {
    const topology = await (await fetch('/assets/vendor/land-110m.json')).json();
    land = rings(topology);
    locator(canvas, centre);
  });
}

/** Rings of a TopoJSON topology (specification 2.1.4: quantised, delta-coded arcs; ~n is arc n reversed). */
function rings({arcs, objects, transform: {scale: [kx, ky], translate: [dx, dy]}}) {
  const lines = arcs.map(arc => {
    let x = 0;
    let y = 0;
    return arc.map(([deltaX, deltaY]) => [(x += deltaX) * kx + dx, (y += deltaY) * ky + dy]);
  });
  const ring = indices => indices.flatMap(index => (index < 0 ? lines[~index].toReversed() : lines[index]));
  return objects.land.geometries.flatMap(geometry =>
    (geometry.type === 'Polygon' ? [geometry.arcs] : geometry.arcs).flatMap(polygon => polygon.map(ring)));
}
