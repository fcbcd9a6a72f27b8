/**
 * Builds the workbench's bundles: `node build.mjs [--outdir DIR]`.
 *
 * The same sources give the same bytes, on any machine and in any folder: the bundles are kept in
 * the repository, and a test compares them with what is built anew.
 */

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { outdir: { type: "string", default: join(here, "..") } } });
const outdir = resolve(values.outdir);
const NAME = "p3c-qual";

const COMMON = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  write: false,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

/** Build one entry, and return its text. */
async function bundled(entry, options) {
  const { outputFiles } = await build({ ...COMMON, entryPoints: [entry], ...options });
  return outputFiles[0].text;
}

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

// the version stands once, in the Python package's settings
const settings = await readFile(join(here, "../../../pyproject.toml"), "utf8");
const version = /^version = "([^"]+)"$/m.exec(settings)[1];

const css = await bundled("src/all.css", {});
const styles = {
  name: "styles",
  setup: ({ onLoad }) => onLoad({ filter: /\.css$/ }, () => ({ contents: css, loader: "text" })),
};
const widget = await bundled("src/hosts/widget.ts", { format: "esm" });
const remote = await bundled("src/hosts/container.ts", { format: "iife", plugins: [styles] });

const stale = [join(outdir, "static"), join(outdir, "labextension")];
await Promise.all(stale.map((folder) => rm(folder, { recursive: true, force: true })));

await write(join(outdir, "static/widget.js"), widget);
await write(join(outdir, "static/widget.css"), css);

// browsers keep what they have loaded once, so that the name says what is in it
const hash = createHash("sha256").update(remote).digest("hex").slice(0, 20);
const lab = join(outdir, "labextension");
await write(join(lab, `static/remoteEntry.${hash}.js`), remote);
await write(
  join(lab, "package.json"),
  json({
    name: NAME,
    version,
    description: "A qualitative analysis workbench for realist evaluation",
    license: "BSD-3-Clause",
    jupyterlab: {
      extension: true,
      outputDir: "../labextension",
      schemaDir: "schema",
      _build: {
        load: `static/remoteEntry.${hash}.js`,
        extension: "./extension",
        style: "./style",
      },
    },
  }),
);
await write(
  join(lab, "install.json"),
  json({
    packageManager: "python",
    packageName: "p3c_qual",
    uninstallInstructions: "Use your Python package manager (pip, uv, conda) to uninstall p3c_qual",
  }),
);
// JupyterLab looks for the settings' description by name, and for the version beside it
await mkdir(join(lab, "schemas", NAME), { recursive: true });
await cp(join(here, "schema/plugin.json"), join(lab, "schemas", NAME, "plugin.json"));
await write(join(lab, "schemas", NAME, "package.json.orig"), json({ name: NAME, version }));

for (const [name, text] of Object.entries({ "widget.js": widget, "widget.css": css, remoteEntry: remote }))
  console.log(`${name.padEnd(12)} ${(Buffer.byteLength(text) / 1000).toFixed(1).padStart(6)} KB`);
