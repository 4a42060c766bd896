// A workbook's cells, read out of its file: a zip of XML.
import { inflateRawSync } from "node:zlib";

const [ENTRY, END] = [0x02014b50, 0x06054b50];

/** The files in a zip, by name, as text. */
export function unzipped(zip) {
  const end = zip.lastIndexOf(Buffer.from([END & 255, 0x4b, 5, 6]));
  const files = {};
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error(`no entry of the zip at ${at}`);
    const [method, packed, name, extra, note, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + packed);
    files[zip.toString("utf8", at + 46, at + 46 + name)] = (method === 0 ? bytes : inflateRawSync(bytes)).toString();
    at += 46 + name + extra + note;
  }
  return files;
}

const plain = (text) => text.replaceAll(/&(lt|gt|quot|apos|#39|amp);/g, (_, code) => ({ lt: "<", gt: ">", quot: '"', apos: "'", "#39": "'", amp: "&" })[code]);
const all = (text, pattern) => [...text.matchAll(pattern)];

/** The rows of each sheet, by its name: texts as they are, numbers as the digits that stand there. */
export function sheets(zip) {
  const files = unzipped(zip);
  const texts = all(files["xl/sharedStrings.xml"], /<si>(.*?)<\/si>/gs).map(([, si]) => plain(all(si, /<t[^>]*>(.*?)<\/t>/gs).map(([, t]) => t).join("")));
  const names = all(files["xl/workbook.xml"], /<sheet name="([^"]*)"/g).map(([, name]) => plain(name));
  const cell = (attributes, value) => (/ t="s"/.test(attributes) ? texts[Number(value)] : value);
  const rows = (xml) => all(xml, /<row [^>]*>(.*?)<\/row>/gs).map(([, row]) => all(row, /<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs).map(([, attributes, content]) => cell(` ${attributes}`, /<v>(.*?)<\/v>/s.exec(content ?? "")?.[1] ?? "")));
  return Object.fromEntries(names.map((name, i) => [name, rows(files[`xl/worksheets/sheet${i + 1}.xml`])]));
}
