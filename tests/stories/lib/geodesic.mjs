// Lengths and areas on the ellipsoid, by formulas other than the app's, to compare with.

const A = 6_378_137; // WGS 84, metres
const F = 1 / 298.257_223_563;
const B = A * (1 - F);
const E2 = F * (2 - F);
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Metres between two places: Vincenty's inverse formula (Survey Review XXIII, 176, 1975). */
export function distance([lon1, lat1], [lon2, lat2]) {
  const L = radians(lon2 - lon1);
  const [u1, u2] = [lat1, lat2].map((latitude) => Math.atan((1 - F) * Math.tan(radians(latitude))));
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  for (let lambda = L, turn = 0; turn < 100; turn++) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl);
    if (sinSigma === 0) return 0;
    const cosSigma = s1 * s2 + c1 * c2 * cl;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (c1 * c2 * sl) / sinSigma;
    const cos2Alpha = 1 - sinAlpha ** 2;
    const cos2M = cos2Alpha === 0 ? 0 : cosSigma - (2 * s1 * s2) / cos2Alpha;
    const C = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
    const next = L + (1 - C) * F * sinAlpha * (sigma + C * sinSigma * (cos2M + C * cosSigma * (2 * cos2M ** 2 - 1)));
    if (Math.abs(next - lambda) < 1e-13) {
      const uu = (cos2Alpha * (A ** 2 - B ** 2)) / B ** 2;
      const k = 1 + (uu / 16384) * (4096 + uu * (-768 + uu * (320 - 175 * uu)));
      const j = (uu / 1024) * (256 + uu * (-128 + uu * (74 - 47 * uu)));
      const inner = cosSigma * (2 * cos2M ** 2 - 1) - (j / 6) * cos2M * (4 * sinSigma ** 2 - 3) * (4 * cos2M ** 2 - 3);
      return B * k * (sigma - j * sinSigma * (cos2M + (j / 4) * inner));
    }
    lambda = next;
  }
  throw new Error("places on opposite sides of the earth");
}

/** Metres along a line. */
export const length = (line) => line.slice(1).reduce((sum, place, at) => sum + distance(line[at], place), 0);

/**
 * Square metres of a small ring (open or closed): the plane that touches the ellipsoid in its
 * middle, with the radii of curvature there. Within a kilometre this is good to a hundred-thousandth.
 */
export function area(ring) {
  const middle = radians(ring.reduce((sum, [, latitude]) => sum + latitude, 0) / ring.length);
  const w = 1 - E2 * Math.sin(middle) ** 2;
  const east = (A / Math.sqrt(w)) * Math.cos(middle);
  const north = (A * (1 - E2)) / w ** 1.5;
  const plane = ring.map(([lon, lat]) => [radians(lon - ring[0][0]) * east, radians(lat - ring[0][1]) * north]);
  const twice = plane.reduce((sum, [x, y], at) => {
    const [nx, ny] = plane[(at + 1) % plane.length];
    return sum + x * ny - nx * y;
  }, 0);
  return Math.abs(twice) / 2;
}
