// Fetches what the lock file names, where it is not there yet: node prepare.mjs. No package may run a script of its own.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lock = createHash('sha256').update(readFileSync(join(here, 'package.json'))).update(readFileSync(join(here, 'package-lock.json'))).digest('hex');
const mark = join(here, 'node_modules', '.installed-from');
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  } catch (problem) {
    console.error(problem.code === 'ENOENT'
      ? 'npm is missing: install the package npm.'
      : 'npm could not fetch the packages of tests/Web.Tests/Api/client/package-lock.json; it needs the npm registry once.');
    process.exit(3);
  }
  writeFileSync(mark, lock);
}
