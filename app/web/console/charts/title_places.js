// Where titles stand so that each is unmistakably its own circle's. Pure.

export const RADIUS = 6;
const HALF_HEIGHT = 7.5;
const SAME_PLACE = 5; // circles that look like one
const CLEAR_BESIDE = 3 * RADIUS; // from a title at its circle to the middle of any other
const CLEAR_LED = RADIUS + 3; // the same of a title that a line joins to its circle
const CLEAR_LINE = RADIUS + 2;
const STEP = 3;
const REACHES = [28, 40, 54, 70, 88, 108];
const DIRECTIONS = 16;
const BESIDE = [[2 * RADIUS, 0, 'start'], [-2 * RADIUS, 0, 'end'], [0, -16, 'middle'], [0, 16, 'middle']];
const SHARE_LEFT = { start: 0, middle: 0.5, end: 1 }; // of a title's width, of where it is anchored

/**
 * [{circle, x, y, anchor, line}] for the chosen one and then the best of `circles`, [{cx, cy, text, wide}], the best first.
 * The better ones choose first, and one without room has none, but for the chosen one's, which then covers as few of
 * the others as it can. A title that stands away from its circle has a
 * `line` to it, of points from the circle's edge on.
 */
export function titlePlaces(circles, { chosen, most, frame }) {
  const kept = [];
  const inOrder = chosen ? [chosen, ...circles.filter((circle) => circle !== chosen)] : circles;
  for (const circle of inOrder.slice(0, most)) {
    const others = circles.filter((other) => Math.hypot(other.cx - circle.cx, other.cy - circle.cy) > SAME_PLACE);
    const place = placeFor(circle, others, kept, frame) ?? (circle === chosen ? leastCovering(circle, others, frame) : undefined);
    if (place) kept.push(place);
  }
  return kept;
}

/** At the circle, else at the end of the shortest line. */
function placeFor(circle, others, kept, frame) {
  const beside = BESIDE.map(([dx, dy, anchor]) => placeAt(circle, dx, dy, anchor)).find((place) => isFree(place.box, others, CLEAR_BESIDE, kept, frame));
  if (beside) return beside;
  return ledPlaces(circle).filter(({ box }) => isFree(box, others, CLEAR_LED, kept, frame))
    .map((place) => ({ ...place, line: lineTo(place) })).find(({ line }) => isFreeLine(line, others, kept));
}

/** Places of a title that a line joins to its circle, the nearest first. */
function ledPlaces(circle) {
  return REACHES.flatMap((reach) => Array.from({ length: DIRECTIONS }, (_, index) => {
    const angle = (2 * Math.PI * index) / DIRECTIONS;
    return Object.keys(SHARE_LEFT).map((anchor) => placeAt(circle, reach * Math.cos(angle), reach * Math.sin(angle), anchor));
  })).flat().filter(({ away }) => away >= CLEAR_BESIDE).sort((a, b) => a.away - b.away);
}

/** Where nothing is free: the place, at the end of a line, that lies on the fewest circles. */
function leastCovering(circle, others, frame) {
  const covered = ({ box, line }) => others.filter(({ cx, cy }) => distance(box, cx, cy) < CLEAR_LED ||
    line.some(({ x, y }) => Math.hypot(cx - x, cy - y) < CLEAR_LINE)).length;
  const places = ledPlaces(circle).filter(({ box }) => isInside(box, frame))
    .map((place) => ({ ...place, line: lineTo(place) })).map((place) => ({ place, count: covered(place) }));
  const [least] = places.sort((a, b) => a.count - b.count);
  return least?.place;
}

function placeAt(circle, dx, dy, anchor) {
  const [x, y] = [circle.cx + dx, circle.cy + dy];
  const left = x - circle.wide * SHARE_LEFT[anchor];
  const box = { left, right: left + circle.wide, top: y - HALF_HEIGHT, bottom: y + HALF_HEIGHT };
  return { circle, x, y, anchor, box, away: distance(box, circle.cx, circle.cy) };
}

function lineTo({ circle: { cx, cy }, box, away }) {
  const to = nearestIn(box, cx, cy);
  const length = away - RADIUS - 1;
  const steps = Math.ceil(length / STEP);
  return Array.from({ length: steps + 1 }, (_, index) => {
    const share = (RADIUS + (length * index) / steps) / away;
    return { x: cx + (to.x - cx) * share, y: cy + (to.y - cy) * share };
  });
}

function isInside(box, frame) {
  return box.left >= frame.left && box.right <= frame.right + 8 && box.top >= frame.top - HALF_HEIGHT && box.bottom <= frame.bottom + HALF_HEIGHT;
}

function isFree(box, others, clear, kept, frame) {
  return isInside(box, frame) &&
    others.every(({ cx, cy }) => distance(box, cx, cy) >= clear) &&
    kept.every((other) => !overlap(box, other.box) && !other.line?.some(({ x, y }) => distance(box, x, y) < STEP));
}

function isFreeLine(line, others, kept) {
  const apart = (point, x, y) => Math.hypot(point.x - x, point.y - y);
  return line.every((point) => others.every(({ cx, cy }) => apart(point, cx, cy) >= CLEAR_LINE) &&
    kept.every((other) => distance(other.box, point.x, point.y) >= STEP && !other.line?.some(({ x, y }) => apart(point, x, y) < STEP)));
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

function nearestIn({ left, right, top, bottom }, x, y) {
  return { x: Math.min(right, Math.max(left, x)), y: Math.min(bottom, Math.max(top, y)) };
}

function distance(box, x, y) {
  const nearest = nearestIn(box, x, y);
  return Math.hypot(nearest.x - x, nearest.y - y);
}
