import { defineDiagnostic } from '../model/diagnostic.ts';

export const routedAsExpected = defineDiagnostic<{ name: string; request: string; found: string; expected: string; more: number }>({
  code: 'MS6401',
  name: 'routed-as-expected',
  severity: 'error',
  summary: ({ name, request, found, expected, more }) =>
    `"${name}": ${request} ${found}, expected ${expected}${more === 0 ? '' : ` (and ${more} more of its requests)`}`,
  why: 'A routing test says what requests must become; the manifests make something else of this one.',
  fix: 'Change the intent until the request goes where it shall, or the test if the change is meant. `mainsheet trace` tells the whole story of a request.',
  since: '0.1.0',
});

export const readableTestRequest = defineDiagnostic<{ name: string; what: string }>({
  code: 'MS6402',
  name: 'readable-test-request',
  severity: 'error',
  summary: ({ name, what }) => `a request of "${name}" cannot be understood: ${what}`,
  why: 'A test whose request is not asked tests nothing.',
  fix: 'Write the request as `mainsheet trace` takes it.',
  since: '0.1.0',
});

export const validatorAgrees = defineDiagnostic<{ name: string; request: string; says: 'passes' | 'fails'; because: string }>({
  code: 'MS6403',
  name: 'validator-agrees-with-istio',
  severity: 'warning',
  summary: ({ name, request, says, because }) =>
    `"${name}" ${says} in istio-config-validator, but Istio decides ${request} otherwise: ${because}`,
  why: 'istio-config-validator reads a part of what a VirtualService says, so a case can pass there and fail in the mesh, or the other way round.',
  fix: 'Trust the answer given here, which follows Istio; or write the case as a routing test of Mainsheet, which names gateway, port and caller.',
  since: '0.1.0',
});

export const routeTested = defineDiagnostic<{ route: string }>({
  code: 'MS6404',
  name: 'route-tested',
  severity: 'info',
  summary: ({ route }) => `no test touches ${route}`,
  why: 'What no test asks can change without anybody noticing.',
  fix: 'Add a case whose request takes this route; `mainsheet test --init` writes one for each route.',
  since: '0.1.0',
});
