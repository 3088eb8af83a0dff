import { originOf } from '../../model/intent.ts';
import { isObject, objectOr } from '../../model/json.ts';
import { didYouMean } from '../../model/names.ts';
import { joinPointer } from '../../model/pointer.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/** A gate asks a server that the environment names, with its address. */
export const knownMetricsServer = defineRule({
  code: 'MS7208',
  name: 'known-metrics-server',
  severity: 'error',
  summary: ({ gate, server }: { gate: string; server: string }) =>
    `the gate \`${gate}\` asks the Prometheus \`${server}\`, whose \`url\` nothing says`,
  why: 'A gate without a server to ask never passes.',
  fix: 'Write `prometheus: {default: {url: https://prometheus.example}}` in environment.yaml, or name a server that is there.',
  since: '0.1.0',
  check({ environment }: IntentSubject, report) {
    const servers = objectOr(environment.value.prometheus);
    const known = Object.keys(servers).filter((name) => objectOr(servers[name]).url !== undefined);
    for (const [gate, words] of Object.entries(objectOr(environment.value.gates))) {
      const server = isObject(words) ? String(words.prometheus ?? 'default') : undefined;
      if (server === undefined || known.includes(server)) continue;
      const place = joinPointer('/gates', gate);
      const at =
        isObject(words) && words.prometheus !== undefined
          ? originOf(environment, `${place}/prometheus`)
          : originOf(environment, place, 'key');
      report({ params: { gate, server }, at: at.at, hints: didYouMean(server, known) });
    }
  },
});
