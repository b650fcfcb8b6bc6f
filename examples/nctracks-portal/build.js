// Builds the pages into a folder of static files: `node build.js [FOLDER]`, dist if not given.
//
// Scripts by esbuild, one entry with each page split off; the style sheet by Sass from the parts of USWDS that the pages
// use, with the fonts and pictures it names copied beside it. Names carry a hash of the content, so a server may let
// browsers keep everything under assets/ for good.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const uswds = join(here, "node_modules/@uswds/uswds");
const out = process.argv[2] ?? join(here, "dist");
const assets = join(out, "assets");

const named = (name, content) => {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
  const dot = name.lastIndexOf(".");
  return `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
};

async function styles() {
  const source = sass.compile(join(here, "src/styles/portal.scss"), {
    style: "compressed",
    loadPaths: [join(uswds, "packages")],
    quietDeps: true,
    silenceDeprecations: ["if-function", "global-builtin", "import"],
    logger: sass.Logger.silent,
  }).css;
  // Browsers that can run the scripts read woff2: the older formats are left out.
  let css = source.replace(/,url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)/g, "");
  const urls = new Set([...css.matchAll(/url\("?\.\.\/((?:fonts|img)\/[^")]+)"?\)/g)].map((found) => found[1]));
  for (const url of urls) {
    const content = await readFile(join(uswds, "dist", url));
    const name = named(basename(url), content);
    await writeFile(join(assets, name), content);
    css = css.replaceAll(`../${url}`, name);
  }
  css = esbuild.transformSync(css, { loader: "css", minify: true }).code;
  const name = named("portal.css", css);
  await writeFile(join(assets, name), css);
  return name;
}

async function scripts() {
  const result = await esbuild.build({
    entryPoints: [join(here, "src/main.js")],
    outdir: assets,
    entryNames: "portal-[hash]",
    chunkNames: "part-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    metafile: true,
    logLevel: "warning",
  });
  const entry = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint?.endsWith("main.js"));
  return basename(entry[0]);
}

/** Beside each text a compressed copy, for servers that hand it out. */
async function compress(folder) {
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if (/\.(html|js|css|svg)$/.test(name)) await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
  }
}

// The folder itself stays: a server that is running has it open.
await mkdir(out, { recursive: true });
for (const name of await readdir(out)) await rm(join(out, name), { recursive: true });
await mkdir(assets);
const [style, script] = await Promise.all([styles(), scripts()]);
const page = await readFile(join(here, "src/index.html"), "utf8");
await writeFile(join(out, "index.html"), page.replace("STYLE", style).replace("SCRIPT", script));
await copyFile(join(here, "src/favicon.svg"), join(out, "favicon.svg"));
await compress(out);
