// Builds web/static, all that browsers are served, from what is here and from npm packages.
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { fonts } from "./fonts.mjs";
import { coasts } from "./map/coasts.mjs";
import { territories, world } from "./map/draw.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../static", import.meta.url));
const fresh = `${target}.new`;

rmSync(fresh, { recursive: true, force: true });
mkdirSync(fresh);
await build({
  absWorkingDir: here,
  entryPoints: [
    { out: "style", in: "style/site.css" },
    { out: "site", in: "script/site.js" },
    { out: "map", in: "script/map/page.js" },
    { out: "timeline", in: "script/timeline/page.js" },
    { out: "copy", in: "script/copy/open.js" },
    { out: "network", in: "script/network/network.js" },
    { out: "network", in: "style/network.css" },
    { out: "ask", in: "style/ask.css" },
    { out: "query", in: "script/query/query.js" },
    { out: "query", in: "style/query.css" },
  ],
  outdir: fresh,
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox115", "safari16.4"],
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  legalComments: "linked",
  logLevel: "warning",
});
copyFileSync(`${here}mark.svg`, `${fresh}/mark.svg`);
flags();
writeFileSync(`${fresh}/world.svg`, world());
const { files, known } = territories();
for (const [name, body] of Object.entries({ ...files, ...coasts(), ...fonts() })) writeFileSync(`${fresh}/${name}`, body);
writeFileSync(`${fresh}/territories.json`, JSON.stringify(known));

/** Copy the flags of states, which have codes of two letters (ISO 3166-1). */
function flags() {
  const from = `${here}node_modules/flag-icons`;
  mkdirSync(`${fresh}/flags`);
  const states = readdirSync(`${from}/flags/4x3`).filter((name) => /^[a-z]{2}\.svg$/.test(name));
  for (const name of states) copyFileSync(`${from}/flags/4x3/${name}`, `${fresh}/flags/${name}`);
  copyFileSync(`${from}/LICENSE`, `${fresh}/flags/LICENSE`);
}

// What is served is never half built.
rmSync(target, { recursive: true, force: true });
renameSync(fresh, target);
