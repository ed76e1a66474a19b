// Look for recorded sentences in a reader's copy, by their ends and hashes, as `kg verify` does.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

// Hashes depend on these: they are the tables of kg/citation/segment.py.
const SINGLE = /[\u2018\u2019\u201a\u201b\u2032\u02bc]/g;
const DOUBLE = /[\u201c\u201d\u201e\u201f\u2033]/g;
const DASHES = /[\u2010-\u2015\u2212]/g;
const UNSEEN = /[\u00ad\u200b\u200c\u200d\u2060\ufeff]/g;
// What Python's str.split() takes for white space; \s of a browser differs in four characters.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
// Characters: no sentence is longer, and each pair of ends in a copy is hashed.
const LONGEST = 5000;

/** Return the form of a text that is hashed, and the same with the quotes and dashes that it has. */
export function normalise(text) {
  const shown = text.normalize("NFC").replace(UNSEEN, "").replace(SPACE, " ").trim();
  return { shown, hashed: shown.replace(SINGLE, "'").replace(DOUBLE, '"').replace(DASHES, "-") };
}

/** Return the sentences of a record whose hash a stretch of the copy has: { locator: text }. */
export function matching(copy, record) {
  const { shown, hashed } = normalise(copy);
  const found = {};
  for (const { locator, sha256: hash, begins, ends } of record) {
    const span = stretch(hashed, normalise(begins).hashed, normalise(ends).hashed, hash);
    if (span) found[locator] = shown.slice(...span);
  }
  return found;
}

function stretch(copy, begins, ends, hash) {
  const stops = positions(copy, ends).map((at) => at + ends.length);
  for (const start of positions(copy, begins)) {
    const stop = stops.find((end) => end > start && end - start <= LONGEST && hashOf(copy.slice(start, end)) === hash);
    if (stop) return [start, stop];
  }
  return null;
}

function hashOf(text) {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

function positions(copy, words) {
  const found = [];
  for (let at = copy.indexOf(words); words && at >= 0; at = copy.indexOf(words, at + 1)) found.push(at);
  return found;
}
