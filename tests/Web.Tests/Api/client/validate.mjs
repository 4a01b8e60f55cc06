// Holds an OpenAPI document against the specification: node validate.mjs FILE. One line a problem; exit code 1 where there is any.
import { createConfig, lint } from '@redocly/openapi-core';

const [file] = process.argv.slice(2);
const config = await createConfig({
  extends: ['recommended'],
  rules: {
    'struct': 'error',
    'no-invalid-media-type-examples': 'error',
    'no-invalid-schema-examples': 'error',
    'operation-operationId-unique': 'error',
    'no-unused-components': 'error',
    'path-parameters-defined': 'error',
    'tags-alphabetical': 'off',
  },
});
const problems = await lint({ ref: file, config });
for (const { ruleId, severity, message, location } of problems) console.error(`${severity} ${ruleId}: ${message} (${location[0]?.pointer ?? ''})`);
console.log(`${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
