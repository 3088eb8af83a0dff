import { createCompiler } from '../../src/pipeline.ts';
import { type DeployRequest, deployConfig } from '../../src/pipelines/deploy-config.ts';

const reviews = 'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n';

/** Three environments: staging in two shards, prod with weights that controllers own, dev in no order. */
export const environments: Readonly<Record<string, string>> = {
  'environments/dev/environment.yaml': 'environment: dev\nistio: "1.29"\nnamespace: bookinfo\n',
  'environments/dev/reviews.yaml': reviews,
  'environments/staging/environment.yaml': 'environment: staging\nistio: "1.29"\nnamespace: bookinfo\nshards: 2\n',
  'environments/staging/reviews.yaml': reviews,
  'environments/prod/environment.yaml': 'environment: prod\nistio: "1.29"\nnamespace: bookinfo\nuser: {header: end-user}\n',
  'environments/prod/reviews.yaml': `${reviews}weights: argo-rollouts\npins: [{user: jason, version: v2}]\nexpose: [{gateway: bookinfo-gateway, hosts: [reviews.example.com]}]\n`,
  'environments/prod/bookinfo-gateway.yaml': 'gateway: bookinfo-gateway\nservers: [{http: 80, hosts: ["*.example.com"]}]\n',
  'environments/prod/ratings.yaml': 'service: ratings\nport: 9080\nweights: flagger\ntimeout: 2s\n',
  'environments/prod/old.yaml':
    'service: old\nport: 9080\nversions: [v1, v2]\nstable: v1\nweights: argo-rollouts\nroutes: [{match: {uri: {prefix: /x}}, redirect: {uri: /y}}, {}]\n',
};

export function compiledFor(files: Readonly<Record<string, string>>, clusters: Readonly<Record<string, string>> = {}) {
  const compiler = createCompiler(new Map(Object.entries(files)), { until: 'manifests' });
  return (compiler.environments().value ?? []).map((name) => {
    const { loaded, manifests, shards, diagnostics } = compiler.compile(name);
    if (loaded === undefined) throw new Error(JSON.stringify(diagnostics));
    const cluster = clusters[name];
    return { loaded, manifests, shards, ...(cluster === undefined ? {} : { cluster }) };
  });
}

export const request: DeployRequest = {
  engine: 'argocd',
  source: { kind: 'git', address: 'git@git.example.com:team/mesh.git', revision: 'main' },
  folder: 'rendered',
  environments: compiledFor(environments),
  order: ['staging', 'prod'],
  name: 'mainsheet',
  project: 'default',
  isSet: false,
  isDirectory: false,
  hasWaves: false,
  phases: 'pull-requests',
};

/** All objects in one text, or the codes of what is refused. */
export function drawn(changes: Partial<DeployRequest> = {}): string {
  const { value, diagnostics } = deployConfig({ ...request, ...changes });
  return value === undefined ? diagnostics.map(({ code }) => code).join(' ') : [...value.values()].join('---\n');
}

/** Every form that the engines' objects take, by name. */
export const forms: Readonly<Record<string, Partial<DeployRequest>>> = {
  argocd: {},
  'argocd-waves': { hasWaves: true, order: [] },
  'argocd-directory': {
    isDirectory: true,
    environments: compiledFor(environments, { prod: 'prod-cluster', staging: 'https://staging:6443' }),
  },
  'argocd-set': { isSet: true },
  'argocd-oci': { source: { kind: 'oci', address: 'oci://registry.example.com/team/mesh', revision: 'prod' }, folder: '' },
  flux: { engine: 'flux', secret: 'mesh-git' },
  'flux-oci': {
    engine: 'flux',
    source: { kind: 'oci', address: 'oci://registry.example.com/team/mesh', revision: `sha256:${'a'.repeat(64)}` },
    folder: '',
    environments: compiledFor(environments, { prod: 'prod-kubeconfig' }),
  },
};
