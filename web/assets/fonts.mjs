// Fonts for programs that read no compressed ones: TrueType from WOFF (https://www.w3.org/TR/WOFF/).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";

const FILES = ["latin-400", "latin-600", "latin-ext-400", "latin-ext-600", "cyrillic-400", "cyrillic-600"];
const [HEADER, ENTRY, FONT_HEADER, FONT_ENTRY] = [44, 20, 12, 16];
const require = createRequire(import.meta.url);

/** Return the files of the site's font as TrueType, by name. */
export function fonts() {
  const path = (name) => require.resolve(`@fontsource/source-serif-4/files/source-serif-4-${name}-normal.woff`);
  return Object.fromEntries(FILES.map((name) => [`source-serif-4-${name}.ttf`, trueType(readFileSync(path(name)))]));
}

/** Return a font as its tables, uncompressed, behind a directory of them. */
function trueType(woff) {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, at) => table(woff, HEADER + ENTRY * at));
  const head = Buffer.alloc(FONT_HEADER + FONT_ENTRY * count);
  const power = Math.floor(Math.log2(count));
  woff.copy(head, 0, 4, 8);
  [count, 16 << power, power, 16 * count - (16 << power)].forEach((value, at) => head.writeUInt16BE(value, 4 + 2 * at));
  let offset = head.length;
  tables.forEach(({ tag, checksum, body }, at) => {
    const entry = FONT_HEADER + FONT_ENTRY * at;
    tag.copy(head, entry);
    [checksum, offset, body.length].forEach((value, field) => head.writeUInt32BE(value, entry + 4 + 4 * field));
    offset += padded(body.length);
  });
  return Buffer.concat([head, ...tables.map(({ body }) => Buffer.concat([body], padded(body.length)))]);
}

function table(woff, at) {
  const [offset, packed, size, checksum] = [4, 8, 12, 16].map((field) => woff.readUInt32BE(at + field));
  const part = woff.subarray(offset, offset + packed);
  return { tag: woff.subarray(at, at + 4), checksum, body: packed < size ? inflateSync(part) : part };
}

/** Tables begin at multiples of four bytes. */
function padded(length) {
  return (length + 3) & ~3;
}
