import { readFileSync } from 'node:fs';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { manifestsOf } from '../../services.mjs';

const perService = process.argv[2] === 'each';
const services = JSON.parse(readFileSync('services.json', 'utf8'));
const app = new App({ yamlOutputType: perService ? YamlOutputType.FILE_PER_CHART : YamlOutputType.FILE_PER_APP });
const shared = perService ? undefined : new Chart(app, 'bench');

for (const service of services) {
  const chart = shared ?? new Chart(app, `${service.namespace}-${service.name}`);
  for (const manifest of manifestsOf(service)) new ApiObject(chart, `${service.namespace}-${service.name}-${manifest.kind}`, manifest);
}
app.synth();
