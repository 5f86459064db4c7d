/**
 * Builds what the pages run, into the folder that is given: bundles, the engine, all licences, checksums.
 *
 * The same sources and the same lock give the same bytes: nothing of the machine or the clock goes in.
 */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "..", "src", "kgpub", "publish", "assets"));
const wasm = join(here, "node_modules", "oxigraph", "web_bg.wasm");
const packages = new Set();
const MIT = `(The package holds no text of its licence. The MIT licence reads:)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const common = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  target: ["es2022"],
  legalComments: "none", // They are in LICENSES.txt, whole.
  absWorkingDir: here,
  outdir: out,
  logLevel: "warning",
};

async function bundled(entry, name, more = {}) {
  const result = await build({ ...common, entryPoints: { [name]: entry }, format: "iife", ...more });
  for (const input of Object.keys(result.metafile.inputs)) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name) packages.add(name);
  }
  return result.outputFiles;
}

/** Return the folder of a package as the one in `from` sees it: its own copy, or the nearest above. */
function found(name, from) {
  for (let at = from; at.startsWith(here); at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  throw new Error(`${name} is not installed: run npm ci in ${here}`);
}

/** A package that comes bundled itself carries what it names as its dependencies, and what these name. Returns their folders. */
function withDependencies(names) {
  const all = new Set();
  const visit = (name, from) => {
    if (name.startsWith("@types/")) return;
    const folder = found(name, from);
    if (all.has(folder)) return;
    all.add(folder);
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    Object.keys(dependencies ?? {}).forEach((one) => visit(one, folder));
  };
  names.forEach((name) => visit(name, here));
  return [...all].sort((one, other) => (called(one) < called(other) ? -1 : 1));
}

function called(folder) {
  return folder.slice(folder.lastIndexOf(`node_modules${sep}`) + 13).replaceAll(sep, "/");
}

function licence(folder) {
  const name = called(folder);
  const { version, license, author, repository } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const who = typeof author === "string" ? author : (author?.name ?? "");
  const where = (typeof repository === "string" ? repository : (repository?.url ?? "")).replace(/^git\+/, "");
  const head = [`${name} ${version}`, `Licence: ${license?.type ?? license}`, who && `Author: ${who}`, where];
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").replace(/\r\n/g, "\n").trim());
  if (!texts.length) texts.push(/MIT/.test(license) ? MIT : "(The package holds no text of its licence.)");
  return [...head.filter(Boolean), "", ...texts].join("\n");
}

const [worker] = await bundled("src/engine/worker.ts", "worker", { define: { "import.meta.url": '""' } });
const files = [
  ...(await bundled("src/engine/engine.ts", "engine", { define: { WORKER: JSON.stringify(worker.text) } })),
  ...(await bundled("src/sparql/page.ts", "sparql")),
  ...(await bundled("src/gallery/page.ts", "gallery")),
].map((file) => [relative(out, file.path), Buffer.from(file.contents)]);
const packed = gzipSync(readFileSync(wasm), { level: 9 });
files.push(["oxigraph.wasm.gz", packed]);
files.push(["engine-wasm.js", Buffer.from(`kgpub.parts["oxigraph.wasm.gz"]="${packed.toString("base64")}";\n`)]);
const rule = `\n\n${"-".repeat(78)}\n\n`;
files.push(["LICENSES.txt", Buffer.from(`What these files hold of others' work, and on which terms.${rule}${withDependencies(packages).map(licence).join(rule)}\n`)]);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
files.sort(([one], [other]) => (one < other ? -1 : 1));
for (const [name, content] of files) writeFileSync(join(out, name), content);
const sums = files.map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`).join("");
writeFileSync(join(out, "SHA256SUMS"), sums);
for (const [name, content] of files) {
  console.log(`${name}\t${content.length}\t${gzipSync(content, { level: 9 }).length} gzipped`);
}
