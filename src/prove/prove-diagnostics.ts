import { defineDiagnostic } from '../model/diagnostic.ts';

const templateFix =
  'Correct the template, or remove it so that the built-in one is used; `mainsheet explain` shows which line drew what. ' +
  'If it is a built-in template, this is a fault of Mainsheet: please report it.';

export const renderDoesWhatIntentSays = defineDiagnostic<{ name: string; request: string; meant: string; does: string }>({
  code: 'MS6001',
  name: 'render-does-what-intent-says',
  severity: 'error',
  summary: ({ name, request, meant, does }) => `${name}: ${request}: the intent says ${meant}, the manifests give ${does}`,
  why: "The manifests, read back by Istio's rules, treat this request otherwise than the intent that they were drawn from.",
  fix: templateFix,
  since: '0.1.0',
});

export const policyIsWhatIntentSays = defineDiagnostic<{ name: string; destination: string; what: string; meant: string; does: string }>({
  code: 'MS6002',
  name: 'policy-is-what-intent-says',
  severity: 'error',
  summary: ({ name, destination, what, meant, does }) =>
    `${name}: requests to ${destination}: the intent says ${what} ${meant}, the manifests say ${does}`,
  why: 'Requests would be balanced, pooled or encrypted otherwise than the intent says, or reach other pods.',
  fix: templateFix,
  since: '0.1.0',
});

export const objectSaysWhatIntentSays = defineDiagnostic<{ name: string; object: string; word: string; meant: string; does: string }>({
  code: 'MS6003',
  name: 'object-says-what-intent-says',
  severity: 'error',
  summary: ({ name, object, word, meant, does }) =>
    `${name}: the intent says \`${word}\` ${meant}, ${object} ${does === '' ? 'does not say it' : `says ${does}`}`,
  why: 'The object would be for others than the intent says, or the mesh would know a gateway or an external host otherwise than it describes it.',
  fix: templateFix,
  since: '0.1.0',
});

export const renderIsProvable = defineDiagnostic<{ name: string; because: string; meant: string; does: string }>({
  code: 'MS6004',
  name: 'render-is-provable',
  severity: 'error',
  summary: ({ name, because, meant, does }) =>
    `${name}: it cannot be told whether some requests get ${does} where the intent says ${meant}: ${because}`,
  why: 'The manifests are not the same as the intent word by word, and nobody can say whether they mean the same.',
  fix: 'Correct the template, if there is one of your own; otherwise write the conditions without regular expressions, or with simpler ones.',
  since: '0.1.0',
});

export const patchKeepsDecisions = defineDiagnostic<{ request: string; before: string; after: string }>({
  code: 'MS6005',
  name: 'patch-keeps-decisions',
  severity: 'info',
  summary: ({ request, before, after }) => `the patches change what happens to ${request}: ${before} becomes ${after}`,
  why: 'Whoever reads the intent sees what it says; what a patch makes of it is seen here alone.',
  fix: 'Nothing, if it is meant. Where a word of the intent can say it, use that instead of the patch.',
  since: '0.1.0',
});
