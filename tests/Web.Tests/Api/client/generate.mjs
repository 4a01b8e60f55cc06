// Makes a client from an OpenAPI document and compiles it with what uses it: node generate.mjs FILE FOLDER.
import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@hey-api/openapi-ts';

const here = dirname(fileURLToPath(import.meta.url));
const [file, folder] = process.argv.slice(2);
await createClient({ input: file, output: { path: join(folder, 'generated') }, plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'], logs: { level: 'error' } });
cpSync(join(here, 'month.ts'), join(folder, 'month.ts'));
// Whoever uses another kind of modules gets along as well; this one runs as it is emitted.
writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
try {
  execFileSync(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '--strict', '--target', 'es2022', '--module', 'commonjs', '--moduleResolution', 'node10', '--esModuleInterop', '--skipLibCheck',
    '--types', 'node', '--typeRoots', join(here, 'node_modules/@types'), join(folder, 'month.ts')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
} catch (problem) {
  console.error(`${problem.stdout ?? ''}${problem.stderr ?? ''}`);
  process.exit(1);
}
