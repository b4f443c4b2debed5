// Values on the wire between Terraform and a provider, and what a provider that has no cloud behind it makes of them.
import { decode, encode, ExtData } from "@msgpack/msgpack";

/** "Known after apply": extension 0 with one byte, as the protocol writes it. */
const unknown = new ExtData(0, new Uint8Array([0]));
const isUnknown = (value) => value instanceof ExtData;

export const read = (value) => (value?.msgpack?.length ? decode(value.msgpack) : value?.json?.length ? JSON.parse(Buffer.from(value.json).toString()) : null);
export const write = (value) => ({ msgpack: Buffer.from(encode(value)) });

/** Gives a value to every attribute that needs one, in nested blocks, too. */
function fill(block, value, needs, make) {
  if (value === null || isUnknown(value)) return value;
  const filled = { ...value };
  for (const attribute of block.attributes) {
    const given = filled[attribute.name] ?? null;
    if (needs(given, attribute)) filled[attribute.name] = make(attribute);
  }
  for (const { type_name: name, block: nested } of block.block_types) {
    const inner = filled[name];
    if (Array.isArray(inner)) filled[name] = inner.map((each) => fill(nested, each, needs, make));
    else if (inner) filled[name] = fill(nested, inner, needs, make);
  }
  return filled;
}

/** A plan: what AWS fills in, and nobody gave, is not known yet. */
export const planned = (block, proposed) => fill(block, proposed, (given, { computed }) => computed && given === null, () => unknown);

/** Something of the right type, as Terraform's own mock providers answer: letters, zero, false, nothing. */
function invented(type) {
  if (type === "string") return Math.random().toString(36).slice(2, 10).padEnd(8, "x");
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (!Array.isArray(type)) return null;
  const [kind, of] = type;
  if (kind === "list" || kind === "set") return [];
  if (kind === "map") return {};
  return Object.fromEntries(Object.entries(of).map(([name, inner]) => [name, invented(inner)]));
}

/** What exists afterwards: whatever was not known is invented. */
export const applied = (block, plan) =>
  fill(block, plan, (given, { computed }) => isUnknown(given) || (computed && given === null), ({ type }) => invented(type));
