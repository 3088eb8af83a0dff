import { defineDiagnostic } from '../model/diagnostic.ts';

interface Kept {
  /** 'VirtualService bookinfo/reviews' */
  readonly object: string;
}

const nothingLost =
  'Nothing is lost: the object is a hand-written manifest of the environment, which is checked, compared and rendered as it is.';

export const kindHasIntents = defineDiagnostic<Kept>({
  code: 'MS1101',
  name: 'kind-has-intents',
  severity: 'info',
  summary: ({ object }) => `${object} stays a manifest: intents write no objects of its kind`,
  why: nothingLost,
  fix: 'Nothing to do. A Sidecar or an AuthorizationPolicy that follows from who calls whom can be written by `dependsOn:` later.',
  since: '0.1.0',
});

export const wordsSayIt = defineDiagnostic<Kept & { because: string }>({
  code: 'MS1102',
  name: 'words-say-it',
  severity: 'info',
  summary: ({ object, because }) => `${object} stays a manifest: ${because}`,
  why: nothingLost,
  fix: 'Leave it, or change the object so that intents can say it, and import it again.',
  since: '0.1.0',
});

export const oneObjectSpeaks = defineDiagnostic<Kept & { host: string; others: readonly string[] }>({
  code: 'MS1103',
  name: 'one-object-speaks',
  severity: 'info',
  summary: ({ object, host, others }) =>
    `${object} stays a manifest: ${others.join(' and ')} ${others.length === 1 ? 'speaks' : 'speak'} for ${host}, too`,
  why: 'Istio joins such objects by rules of its own, or takes the oldest; an intent would write one object in place of them.',
  fix: 'Leave them, or join them into one object, see by `mainsheet diff --manifests` that no request changes, and import that.',
  since: '0.1.0',
});

export const writtenAlike = defineDiagnostic<Kept & { field?: string; intent: string }>({
  code: 'MS1104',
  name: 'written-alike',
  severity: 'info',
  summary: ({ object, field, intent }) =>
    `${object} stays a manifest: the ${intent} would ${field === undefined ? 'not write it' : `write \`${field}\` otherwise`}`,
  why: 'What an intent renders has to answer every request as the object does, and here that is not known.',
  fix: 'Leave it, or write the object as intents do, and import it again.',
  since: '0.1.0',
});

export const answeredAlike = defineDiagnostic<Kept & { requests: string; intent: string }>({
  code: 'MS1105',
  name: 'answered-alike',
  severity: 'info',
  summary: ({ object, requests, intent }) => `${object} stays a manifest: by the ${intent} ${requests} would be answered otherwise`,
  why: nothingLost,
  fix: 'Leave it. Where the ports of the service matter, show its Service: as another path of `mainsheet import`.',
  since: '0.1.0',
});

export const acceptedAsIntent = defineDiagnostic<Kept & { code: string; message: string }>({
  code: 'MS1106',
  name: 'accepted-as-intent',
  severity: 'info',
  summary: ({ object, code, message }) => `${object} stays a manifest: the intent for it is refused with ${code}, ${message}`,
  why: 'Intents are held to more than manifests are: what is surely a mistake in one is refused.',
  fix: 'Leave it, or mend what the finding says in the object, and import it again.',
  since: '0.1.0',
});
