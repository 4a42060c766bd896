// Pictures: what stands on the screen, and tiles made for a story.
import { deflateSync } from "node:zlib";
import { crc32 } from "node:zlib";
import { mustBeSeen } from "./unseen.mjs";

/** A PNG of `side` × `side` pixels; `colour(x, y)` gives `[red, green, blue]`. */
export function png(side, colour) {
  const row = side * 3 + 1; // each begins with the number of its filter
  const raw = Buffer.alloc(row * side);
  for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1) raw.set(colour(x, y), y * row + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits a channel, true colour
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", deflateSync(raw)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return whole;
}

/** What stands on the screen in `clip`: `{width, height, data}` with four bytes a pixel. */
export async function pixels(page, clip) {
  await mustBeSeen(page);
  const shot = await page.screenshot({ clip });
  const { width, height, data } = await page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = "";
    for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
    return { width: image.width, height: image.height, data: btoa(text) };
  }, shot.toString("base64"));
  return { width, height, data: Buffer.from(data, "base64") };
}

/** How many pixels `is(red, green, blue)` holds for, and their middle. */
export function find({ width, height, data }, is) {
  let [count, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      if (is(data[at], data[at + 1], data[at + 2])) [count, sumX, sumY] = [count + 1, sumX + x, sumY + y];
    }
  }
  return { count, x: sumX / count, y: sumY / count };
}

/** How many pixels of two pictures of one size differ clearly. */
export function difference(one, other) {
  let count = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const far = [0, 1, 2].some((channel) => Math.abs(one.data[at + channel] - other.data[at + channel]) > 24);
    count += far ? 1 : 0;
  }
  return count;
}
