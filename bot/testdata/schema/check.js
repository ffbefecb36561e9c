// Reads the files that are named, each a message, a modal or a Home, and writes what
// of them Slack's types do not allow: a line of JSON a file.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import { createGenerator } from "ts-json-schema-generator";

const here = dirname(fileURLToPath(import.meta.url));
const schema = createGenerator({
  path: join(here, "surfaces.ts"),
  tsconfig: join(here, "tsconfig.json"),
  type: "*",
  skipTypeCheck: true,
}).createSchema("*");
// The types forgot what Slack's reference of rich text has: the number with which a
// list begins.
schema.definitions.RichTextList.properties.offset ??= { type: "number" };

const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
ajv.addSchema(schema, "slack");
const of = (name) => ajv.getSchema("slack#/definitions/" + encodeURIComponent(name));

// Of a block that is none of the known ones it says more to compare it with that of
// its own type alone.
const blocks = new Map();
const typeOf = (shape) => shape.properties?.type.const ?? typeOf(shape.anyOf[0]);
for (const { $ref } of schema.definitions.KnownBlock.anyOf) {
  const name = decodeURIComponent($ref.split("/").pop());
  blocks.set(typeOf(schema.definitions[name]), name);
}

// telling leaves of the errors of alternatives those of the one whose type it is.
function telling(errors) {
  const left = errors.filter((e) => {
    if (["anyOf", "oneOf"].includes(e.keyword) || isType(e)) return false;
    const type = e.parentSchema.properties?.type?.const;
    return !type || !e.data.type || type === e.data.type;
  });
  if (left.length > 0) return left.map((e) => `${e.instancePath}: ${e.message} ${JSON.stringify(e.params)}`);
  return [...new Set(errors.filter(isType).map((e) => `${e.instancePath}: nothing of this type may stand here`))];
}
const isType = (e) => e.keyword === "const" && e.instancePath.endsWith("/type");

function faults(surface) {
  const whole = of({ modal: "Modal", home: "Home" }[surface.type] ?? "Message");
  if (whole(surface)) return [];
  const out = telling(whole.errors.filter((e) => !e.instancePath.startsWith("/blocks/")));
  for (const [i, block] of (surface.blocks ?? []).entries()) {
    const known = blocks.get(block.type);
    if (!known) out.push(`/blocks/${i}: there is no block of type ${JSON.stringify(block.type)}`);
    else if (!of(known)(block)) out.push(...telling(of(known).errors).map((fault) => `/blocks/${i}${fault}`));
  }
  return out.length > 0 ? out : whole.errors.map((e) => `${e.instancePath}: ${e.message}`);
}

for (const file of process.argv.slice(2)) {
  console.log(JSON.stringify({ file, faults: faults(JSON.parse(readFileSync(file, "utf8"))) }));
}
