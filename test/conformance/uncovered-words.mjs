import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Words that render nothing. */
const withoutEffect =
  /^(service|external|gateway)\/next$|\/rollout$|\/previous$|^environment\/(environment|gates|guardrails|prometheus|rollout|abstract|extends|manifests|registry)$/;

/**
 * Words of the intent language, as its schemas list them, that no compiled environment uses.
 * @returns {string[]} as 'service/timeout', 'pin/user'
 */
export function uncoveredWords(environments) {
  const used = new Set();
  const note = (kind, object) => {
    for (const key of Object.keys(object ?? {})) used.add(`${kind}/${key}`);
  };
  for (const { compilation } of environments) {
    const { environment, intents } = compilation.loaded;
    note('environment', environment.value);
    for (const { kind, value } of intents) {
      note(kind, value);
      for (const port of Object.values(value.ports ?? {})) note('port', port);
      for (const version of Object.values(value.versions ?? {})) note('version', version);
      note('canary', value.canary);
      for (const pin of value.pins ?? []) note('pin', pin);
      for (const exposure of value.expose ?? []) note('exposure', exposure);
      for (const route of [...(value.routes ?? []), ...(value.expose ?? []).flatMap(({ routes }) => routes ?? [])]) note('route', route);
      if (kind === 'gateway') for (const item of Object.values(value.hosts ?? {}).flat()) note('shared', item);
      for (const server of value.servers ?? []) note('server', server);
      note('originateTls', value.originateTls);
      note('via', value.via);
    }
  }
  return words().filter((word) => !used.has(word) && !withoutEffect.test(word) && !shortForms.has(word));
}

/** Expanded while loading, so an intent never holds them. */
const shortForms = new Set(['service/port', 'pin/user', 'shared/prefix', 'shared/exact']);

function words() {
  const read = (name) => JSON.parse(readFileSync(resolve(import.meta.dirname, `../../src/load/schemas/${name}.json`), 'utf8'));
  const [common, service, external, gateway, environment] = ['common', 'service', 'external', 'gateway', 'environment'].map(read);
  const messages = {
    environment: environment,
    service: service.$defs.words,
    external: external.$defs.words,
    gateway: gateway.$defs.words,
    port: external.$defs.portMap,
    version: common.$defs.versionEntry,
    canary: common.$defs.canary,
    pin: common.$defs.pin,
    route: common.$defs.route,
    exposure: service.$defs.exposure,
    shared: gateway.$defs.sharedHost,
    originateTls: external.$defs.originateTls,
    via: external.$defs.egress,
  };
  return Object.entries(messages).flatMap(([kind, schema]) => Object.keys(schema.properties).map((word) => `${kind}/${word}`));
}
