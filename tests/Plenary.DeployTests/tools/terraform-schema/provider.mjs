// A provider with the schema of hashicorp/aws and no AWS behind it, on loopback, for Terraform's TF_REATTACH_PROVIDERS: it says what it
// knows (the full schema), plans what it is told to, and invents what AWS would fill in.
// node provider.mjs <folder where the schema is kept>   writes the value of TF_REATTACH_PROVIDERS, serves until its input ends.
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";
import { fileURLToPath } from "node:url";
import { awsSchema } from "./schema.mjs";
import { applied, planned, read, write } from "./values.mjs";

const schema = awsSchema(process.argv[2]);

const wire = ({ attributes, block_types }) => ({
  attributes: attributes.map((attribute) => ({ ...attribute, type: Buffer.from(JSON.stringify(attribute.type)) })),
  block_types: block_types.map((nested) => ({ ...nested, block: wire(nested.block) })),
});
const wires = (blocks) => Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, { version: 0, block: wire(block) }]));

const whole = {
  provider: { version: 0, block: wire(schema.provider) },
  resource_schemas: wires(schema.resources),
  data_source_schemas: wires(schema.data),
  server_capabilities: { get_provider_schema_optional: true },
};

const answer = (make) => (call, done) => {
  try {
    done(null, make(call.request));
  } catch (error) {
    done(null, { diagnostics: [{ severity: 1, summary: "The stand-in for AWS failed", detail: error.stack }] });
  }
};
const fine = answer(() => ({}));

const { tfplugin6 } = grpc.loadPackageDefinition(loader.loadSync(fileURLToPath(new URL("tfplugin6.proto", import.meta.url)), { keepCase: true }));
const server = new grpc.Server({ "grpc.max_send_message_length": 64 << 20, "grpc.max_receive_message_length": 64 << 20 });
// The whole schema is megabytes, and every run asks for it: encoded once.
const service = { ...tfplugin6.Provider.service };
const encoded = service.GetProviderSchema.responseSerialize(whole);
service.GetProviderSchema = { ...service.GetProviderSchema, responseSerialize: () => encoded };
server.addService(service, {
  GetProviderSchema: fine,
  GetResourceIdentitySchemas: fine,
  ValidateProviderConfig: fine,
  ValidateResourceConfig: fine,
  ValidateDataResourceConfig: fine,
  ConfigureProvider: fine,
  StopProvider: fine,
  UpgradeResourceState: answer(({ raw_state }) => ({ upgraded_state: { json: raw_state.json } })),
  ReadResource: answer(({ current_state }) => ({ new_state: current_state })),
  PlanResourceChange: answer(({ type_name, proposed_new_state }) => ({ planned_state: write(planned(schema.resources[type_name], read(proposed_new_state))) })),
  ApplyResourceChange: answer(({ type_name, planned_state }) => ({ new_state: write(applied(schema.resources[type_name], read(planned_state))) })),
  ReadDataSource: answer(({ type_name, config }) => ({ state: write(applied(schema.data[type_name], read(config))) })),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  const attach = { Protocol: "grpc", ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: { Network: "tcp", String: `127.0.0.1:${port}` } };
  // Terraform and OpenTofu each have a registry of their own in the full name.
  process.stdout.write(`${JSON.stringify({ "registry.terraform.io/hashicorp/aws": attach, "registry.opentofu.org/hashicorp/aws": attach })}\n`);
});
process.stdin.resume().on("end", () => process.exit());
