// Reads one generated binding of the npm package @cdktn/provider-aws: the file that its authors' generator wrote from the
// provider's own schema for one resource or data source. What the schema said is still in it, in two places:
//   - a comment above each getter, "// arn - computed: true, optional: false, required: false", and the getter's type;
//   - a function that writes HCL, which says of each argument whether it is a block, and its type.

const scalars = { string: "string", number: "number", boolean: "bool", any: "string" };

/** The arguments that a function writes: name → { block, type, of }. */
function argumentsIn(body) {
  const pattern = /^ {8,12}([a-z0-9_]+): \{\n\s+value: .*\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",/gm;
  return Object.fromEntries([...body.matchAll(pattern)].map(([, name, block, type, of]) => [name, { block: block === "true", type, of }]));
}

/** The type of an argument in Terraform's own notation; what the binding does not tell is of any type. */
function argumentType({ type, of }) {
  if (type === "simple") return scalars[of] ?? "dynamic";
  const [, scalar, nested] = /^(string|number|boolean|any)(|Map|List)(?:List|Map)$/.exec(of) ?? [];
  if (!scalar) return "dynamic";
  const element = nested === "Map" ? ["map", scalars[scalar]] : nested === "List" ? ["list", scalars[scalar]] : scalars[scalar];
  return ["list", "set", "map"].includes(type) ? [type, element] : "dynamic";
}

/** The getter of an attribute → a type in Terraform's notation, or the class of a nested one. */
function getterType(getter) {
  const nested = /= new (\w+)\(this, "[a-z0-9_]+"(?:, (true|false))?\)/.exec(getter);
  if (nested) return { class: nested[1], set: nested[2] === "true" };
  const [, set, kind, shape] = /(tolist\()?this\.get(String|Number|Boolean|Any)?(List|Map|NumberList|)Attribute\(/.exec(getter) ?? [];
  if (shape === undefined) return "dynamic";
  if (shape.endsWith("List")) return [set ? "set" : "list", kind === "Number" || shape === "NumberList" ? "number" : "string"];
  const scalar = { String: "string", Number: "number", Boolean: "bool" }[kind] ?? "dynamic";
  return shape === "Map" ? ["map", scalar] : scalar;
}

/** The attributes that a class has getters for: name → { computed, optional, required, type }. */
function attributesIn(body) {
  const pattern = /\/\/ ([a-z0-9_]+) - computed: (true|false), optional: (true|false), required: (true|false)\n([\s\S]*?)(?=\n    \/\/ [a-z0-9_]+ - computed|\n    \/\/ =====|$)/g;
  return Object.fromEntries([...body.matchAll(pattern)].map(([, name, computed, optional, required, getter]) =>
    [name, { computed: computed === "true", optional: optional === "true", required: required === "true", type: getterType(getter) }]));
}

const stem = (name) => name.replace(/(List|Map|OutputReference)$/, "");

/**
 * What a binding describes.
 * @param {string} source the text of its index.js
 * @returns {{ kind: "resource" | "data" | "provider", name: string, block: object }[]}
 */
export function describe(source) {
  const writers = {};
  for (const [, name, body] of source.matchAll(/^function (\w+)ToHclTerraform\(struct[^\n]*\n([\s\S]*?)^}/gm)) writers[name.toLowerCase()] = argumentsIn(body);
  const classes = {};
  for (const [, name, base, body] of source.matchAll(/^class (\w+) extends cdkt[nf]\.(\w+) \{\n([\s\S]*?)^}/gm)) {
    const written = /synthesizeHclAttributes\(\) \{([\s\S]*?)\n    \}/.exec(body)?.[1] ?? "";
    classes[name] = { base, attributes: attributesIn(body), written: argumentsIn(written), terraform: /static tfResourceType = "(\w+)"/.exec(body)?.[1] };
  }

  const objectType = (name, depth) => {
    const known = classes[`${name}OutputReference`];
    if (!known || depth > 12) return "dynamic";
    return ["object", Object.fromEntries(Object.entries(known.attributes).map(([key, attribute]) => [key, fullType(attribute.type, depth + 1)]))];
  };
  const fullType = (type, depth) => {
    if (!type.class) return type;
    const element = objectType(stem(type.class), depth);
    return type.class.endsWith("Map") ? ["map", element] : [type.class.endsWith("List") && type.set ? "set" : "list", element];
  };

  const block = (written, attributes) => {
    const found = { attributes: [], block_types: [] };
    // A block without a class of its own (those of the provider's configuration) tells nothing but its arguments: all may be left out.
    const everything = { ...Object.fromEntries(Object.keys(written).map((name) => [name, { computed: false, optional: true, required: false, type: {} }])), ...attributes };
    for (const [name, attribute] of Object.entries(everything)) {
      const argument = written[name];
      const readOnly = attribute.computed && !attribute.optional && !attribute.required;
      if (argument?.block && !readOnly) {
        const nested = stem(attribute.type.class ?? argument.of);
        const single = argument.type === "struct";
        found.block_types.push({
          type_name: name,
          block: block(writers[nested.toLowerCase()] ?? {}, classes[`${nested}OutputReference`]?.attributes ?? {}),
          nesting: single ? 1 : argument.type === "set" ? 3 : 2, // SINGLE, SET, LIST of the protocol
          min_items: attribute.required ? 1 : 0,
          max_items: !single && attribute.type.class?.endsWith("OutputReference") ? 1 : 0,
        });
      } else {
        const { computed, optional, required } = attribute;
        found.attributes.push({ name, type: argument ? argumentType(argument) : fullType(attribute.type, 0), required, optional, computed });
      }
    }
    return found;
  };

  const kinds = { TerraformResource: "resource", TerraformDataSource: "data", TerraformProvider: "provider" };
  return Object.values(classes)
    .filter((known) => known.terraform && kinds[known.base])
    .map((known) => ({ kind: kinds[known.base], name: known.terraform, block: block(known.written, known.attributes) }));
}
