import type { CommandArguments } from '../command.ts';
import { istioFlag, type MeshFlags, manifestsFlag, namespaceFlag } from './mesh-flags.ts';
import { environmentFlag, rootFlag } from './shared-flags.ts';

export type TraceFlags = MeshFlags & {
  readonly env?: string;
  readonly request?: string;
  readonly header?: readonly string[];
  readonly claim?: readonly string[];
  readonly from?: string;
  readonly serviceAccount?: string;
  readonly via?: string;
  readonly tcp?: boolean;
  readonly sni?: string;
  readonly json?: boolean;
  readonly root?: string;
};

export const traceArguments: CommandArguments<TraceFlags, [url: string]> = {
  brief: 'Say where a request goes, step by step, and which words decide it',
  about: `Takes a request as curl does and follows it through the manifests of an environment by Istio's own rules: which host it is for,
which VirtualService and which match take it, where it ends with which shares, and what acts on the way. Each step names the manifest
and the line of the intent that it comes from. Nothing is sent anywhere.

The request comes from a pod in the environment's namespace unless --from or --via say otherwise. What the input cannot tell is said
as an assumption; what Istio leaves open (which of two objects is older) is said to be undefined.

Exit codes: 0 an answer, also "404"; 1 the request cannot be understood, or the intents cannot be read.`,
  examples: [
    { line: 'mainsheet trace --env prod http://reviews:9080/', does: 'From a pod of the same namespace' },
    { line: 'mainsheet trace --env prod http://reviews:9080/ -H "end-user: jason"', does: 'With a header' },
    {
      line: 'mainsheet trace --env prod --via bookinfo-gateway https://bookinfo.example.com/productpage',
      does: 'From outside, by a gateway',
    },
    { line: 'mainsheet trace --env prod reviews --from shop/app=cart', does: 'From pods with a label in another namespace' },
    { line: 'mainsheet trace --env prod --tcp mysqldb.vm.bookinfo.example.com:3306', does: 'A TCP connection' },
    { line: 'mainsheet trace --env prod --sni api.payments.example.com api.payments.example.com:443', does: 'A TLS connection' },
    { line: 'mainsheet trace --manifests k8s/ -X POST http://reviews:9080/ --json', does: "On anyone's manifests, for a program" },
  ],
  parameters: {
    flags: {
      env: environmentFlag,
      request: { kind: 'parsed', parse: String, brief: 'The method; GET where not given', placeholder: 'METHOD', optional: true },
      header: {
        kind: 'parsed',
        parse: String,
        brief: 'A header, "name: value"; may be repeated',
        placeholder: 'HEADER',
        optional: true,
        variadic: true,
      },
      claim: {
        kind: 'parsed',
        parse: String,
        brief: 'A claim of a validated token, name=value or outer.inner=value; a name that is repeated holds a list',
        placeholder: 'CLAIM',
        optional: true,
        variadic: true,
      },
      from: {
        kind: 'parsed',
        parse: String,
        brief: 'The calling pods: a namespace, or namespace/label=value,…',
        placeholder: 'NAMESPACE',
        optional: true,
      },
      serviceAccount: {
        kind: 'parsed',
        parse: String,
        brief: 'The service account of the calling pods; default where nothing tells',
        placeholder: 'NAME',
        optional: true,
      },
      via: {
        kind: 'parsed',
        parse: String,
        brief: 'Enter by this Gateway instead of from a pod: its name, or namespace/name',
        placeholder: 'GATEWAY',
        optional: true,
      },
      tcp: { kind: 'boolean', brief: 'A TCP connection; the URL is host:port', optional: true, withNegated: false },
      sni: {
        kind: 'parsed',
        parse: String,
        brief: 'A TLS connection that is passed on unopened, with this server name',
        placeholder: 'HOST',
        optional: true,
      },
      json: { kind: 'boolean', brief: 'The decision as JSON', optional: true, withNegated: false },
      manifests: manifestsFlag(
        'Ask these Kubernetes manifests instead of intents: a folder, a file, or - for standard input; may be repeated',
      ),
      istio: istioFlag,
      namespace: namespaceFlag,
      root: rootFlag,
    },
    aliases: { e: 'env', X: 'request', H: 'header' },
    positional: {
      kind: 'tuple',
      parameters: [{ parse: String, brief: 'Where the request goes, as curl takes it: http://reviews:9080/reviews/1', placeholder: 'URL' }],
    },
  },
};
