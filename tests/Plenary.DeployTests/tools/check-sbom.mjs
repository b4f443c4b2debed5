// Holds a list of contents (standard input) against CycloneDX's own schema; says what is wrong and ends with 1.
import { readFileSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';

const wrong = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(readFileSync(0, 'utf8'));
if (wrong) {
  console.error(JSON.stringify(wrong, null, 1));
  process.exit(1);
}
