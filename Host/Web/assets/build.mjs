// Makes the style sheet and scripts of the pages: node build.mjs OUTPUT. Fetches the packages of the lock file first where they are
// not there yet; without a change to its sources it does nothing. One build at a time: the caller holds a lock.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, 'dist'));
const stampFile = join(out, 'built-from');

try {
  const state = hashOf(['package.json', 'package-lock.json', 'build.mjs', 'kit.mjs', ...filesIn(join(here, 'src'))]);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === state) {
    // Sources with a new date and the same text, as after a checkout: the next build need not look again.
    utimesSync(stampFile, new Date(), new Date());
  } else {
    install();
    await build(state);
  }
} catch (problem) {
  // As MSBuild reads errors: where, a code, what.
  console.error(`Host/Web/assets : error BILLING01: ${String(problem.message ?? problem).trim().replaceAll('\n', ' | ')}`);
  process.exit(1);
}

function hashOf(names) {
  const hash = createHash('sha256');
  for (const name of names) hash.update(name).update('\0').update(readFileSync(join(here, name))).update('\0');
  return hash.digest('hex');
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap(entry => entry.isDirectory() ? filesIn(join(folder, entry.name)) : [relative(here, join(folder, entry.name))])
    .sort();
}

/** Fetches exactly what the lock file names. No package may run a script of its own. */
function install() {
  const lock = hashOf(['package.json', 'package-lock.json']);
  const mark = join(here, 'node_modules', '.installed-from');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  } catch (problem) {
    if (problem.code === 'ENOENT') throw new Error('npm is missing: install the package npm.');
    const said = String(problem.stderr ?? '').split('\n').filter(line => line && !/npm (warn|error\s+at |error A complete log)/i.test(line)).slice(0, 8).join('\n');
    throw new Error(`npm could not fetch the packages of package-lock.json. It needs the npm registry once; later builds need no network.\n${said}`);
  }
  writeFileSync(mark, lock);
}

async function build(state) {
  const { build: bundle } = await import('esbuild');
  const { prune, repeatDark } = await import('./kit.mjs');
  const kit = {
    name: 'kit',
    setup(plugins) {
      plugins.onLoad({ filter: /tabler\.min\.css$/ }, args => ({ contents: prune(readFileSync(args.path, 'utf8')), loader: 'css' }));
      plugins.onLoad({ filter: /src[\\/](?:pages|portal)\.css$/ }, args => ({ contents: repeatDark(readFileSync(args.path, 'utf8')), loader: 'css' }));
    },
  };
  // Built beside and moved into place: whoever reads the folder meanwhile sees the old files or the new ones.
  const fresh = `${out}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const made = await bundle({
    absWorkingDir: here,
    entryPoints: [{ in: 'src/main.js', out: 'app' }, { in: 'src/style.css', out: 'app' }],
    outdir: fresh,
    // The editor and the charts are chunks, fetched where a page has one. Their names carry their hash.
    chunkNames: 'chunks/[name]-[hash]',
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    minify: true,
    legalComments: 'eof',
    metafile: true,
    write: true,
    logLevel: 'silent',
    plugins: [kit],
  }).catch(problem => {
    throw new Error(problem.errors?.map(e => `${e.location ? `${e.location.file}(${e.location.line},${e.location.column}): ` : ''}${e.text}`).join('\n') || problem.message);
  });
  const sizes = Object.keys(made.metafile.outputs).map(file => compress(resolve(here, file), fresh));
  console.log(sizes.sort().join('\n'));
  writeFileSync(join(fresh, 'built-from'), state);
  rmSync(out, { recursive: true, force: true });
  renameSync(fresh, out);
}

/** Puts .br and .gz beside a file: compressed once and well, instead of at each request and quickly. */
function compress(file, folder) {
  const bytes = readFileSync(file);
  const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const gz = gzipSync(bytes, { level: 9 });
  writeFileSync(`${file}.br`, br);
  writeFileSync(`${file}.gz`, gz);
  return `${relative(folder, file)}: ${bytes.length} bytes, ${gz.length} as gzip, ${br.length} as brotli`;
}
