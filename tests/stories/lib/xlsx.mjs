// A workbook as another program reads it: ZIP (APPNOTE 4.3) and SpreadsheetML (ECMA-376).
import { inflateRawSync } from "node:zlib";

/** The files in a ZIP, as text, by their names. */
export function unzipped(bytes) {
  const [u16, u32] = [(at) => bytes.readUInt16LE(at), (at) => bytes.readUInt32LE(at)];
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06"));
  if (end < 0) throw new Error("this is no ZIP");
  const files = {};
  let at = u32(end + 16);
  for (let left = u16(end + 10); left > 0; left -= 1) {
    const [method, packed, named, extra, comment, local] = [u16(at + 10), u32(at + 20), u16(at + 28), u16(at + 30), u16(at + 32), u32(at + 42)];
    const from = local + 30 + u16(local + 26) + u16(local + 28);
    const body = bytes.subarray(from, from + packed);
    files[bytes.toString("utf8", at + 46, at + 46 + named)] = (method === 0 ? body : inflateRawSync(body)).toString();
    at += 46 + named + extra + comment;
  }
  return files;
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (text) => text.replaceAll(/&(\w+);/g, (_, name) => ENTITIES[name]);

/** The sheets of a workbook by name: rows of cells by their columns, `{ B: "补坑槽", D: 6500 }`. */
export function sheets(bytes) {
  const files = unzipped(bytes);
  const texts = [...files["xl/sharedStrings.xml"].matchAll(/<si>(.*?)<\/si>/gs)].map(([, one]) => plain([...one.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text).join("")));
  const cell = ([, column, attributes, value]) => [column, /\bt="s"/.test(attributes) ? texts[value] : Number(value)];
  const row = ([, cells]) => Object.fromEntries([...cells.matchAll(/<c r="([A-Z]+)\d+"([^>]*)><v>([^<]*)<\/v>/g)].map(cell));
  const names = [...files["xl/workbook.xml"].matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => plain(name));
  return Object.fromEntries(names.map((name, i) => [name, [...files[`xl/worksheets/sheet${i + 1}.xml`].matchAll(/<row [^>]*?>(.*?)<\/row>/gs)].map(row)]));
}
