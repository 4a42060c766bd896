// Pictures as a phone's camera writes them: on their side, and with notes of place and time.

/** A JPEG of 2000 × 1000 pixels, red, or of another colour, on its left. */
const pixels = (page, left) =>
  page.evaluate(async (left) => {
    const canvas = new OffscreenCanvas(2000, 1000);
    const draw = canvas.getContext("2d");
    for (const [colour, x] of [[left, 0], ["#22c", 1000]]) {
      draw.fillStyle = colour;
      draw.fillRect(x, 0, 1000, 1000);
    }
    const blob = await canvas.convertToBlob({ type: "image/jpeg" });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, left);

/** A TIFF as it stands in Exif: turned by a quarter, and where and when it was taken. */
function notes({ longitude, latitude, taken, offset }) {
  const tiff = Buffer.alloc(400);
  tiff.write("MM\0*", "latin1");
  tiff.writeUInt32BE(8, 4);
  const directory = (at, fields) => {
    tiff.writeUInt16BE(fields.length, at);
    for (const [n, [tag, kind, count, value]] of fields.entries()) {
      const field = at + 2 + n * 12;
      tiff.writeUInt16BE(tag, field);
      tiff.writeUInt16BE(kind, field + 2);
      tiff.writeUInt32BE(count, field + 4);
      if (typeof value === "string") tiff.write(value, field + 8, "latin1");
      else if (kind === 3) tiff.writeUInt16BE(value, field + 8);
      else tiff.writeUInt32BE(value, field + 8);
    }
  };
  // Degrees, minutes, seconds in hundredths.
  const angle = (at, degrees) => {
    const hundredths = Math.round(degrees * 360_000);
    const parts = [Math.floor(hundredths / 360_000), 1, Math.floor(hundredths / 6000) % 60, 1, hundredths % 6000, 100];
    for (const [n, part] of parts.entries()) tiff.writeUInt32BE(part, at + n * 4);
  };
  directory(8, [[0x0112, 3, 1, 6], [0x8769, 4, 1, 60], [0x8825, 4, 1, 100]]);
  directory(60, [[0x9003, 2, 20, 200], [0x9011, 2, 7, 230]]);
  directory(100, [[1, 2, 2, "N"], [2, 5, 3, 240], [3, 2, 2, "E"], [4, 5, 3, 270]]);
  tiff.write(taken, 200, "latin1");
  tiff.write(offset, 230, "latin1");
  angle(240, latitude);
  angle(270, longitude);
  return tiff;
}

/** A file as a camera's, to be given to an input: `{longitude, latitude, taken: "2024:05:03 09:12:44", offset: "+08:00"}`. */
export async function camera(page, said, left = "#c22") {
  const picture = Buffer.from(await pixels(page, left));
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), notes(said)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  const buffer = Buffer.concat([picture.subarray(0, 2), head, body, picture.subarray(2)]);
  return { name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer };
}
