// In place of MapLibre's reading of colours, with its hundred and forty names: the style, the
// catalogue and the drawing write #rrggbb; the specification and MapLibre's sky have one that is
// not there.
export function parseCssColor(text: string): [number, number, number, number] | undefined {
  if (text === "transparent" || text === "rgba(0, 0, 0, 0)") return [0, 0, 0, 0];
  const digits = /^#([0-9a-f]{6})$/i.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const part = (at: number) => parseInt(digits.slice(at, at + 2), 16) / 255;
  return [part(0), part(2), part(4), 1];
}
