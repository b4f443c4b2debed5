// Prints what CHANGELOG.md says of one version, and fails when it says nothing: node changes.mjs CHANGELOG.md 1.2.3
import { readFileSync } from 'node:fs';

const [file, version] = process.argv.slice(2);
const sections = readFileSync(file, 'utf8').split(/^## /m).slice(1);
const section = sections.find((text) => text.replace(/^\[/, '').startsWith(version) && /^\[?[\d.]+\]?(\s|$)/.test(text) && text.replace(/^\[/, '').split(/[\]\s]/)[0] === version);
const words = section?.slice(section.indexOf('\n')).trim();
if (!words) {
  console.error(`${file} says nothing of ${version}: give its "Unreleased" part this number first.`);
  process.exit(1);
}
console.log(words);
