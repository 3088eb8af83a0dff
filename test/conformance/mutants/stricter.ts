import type { JsonObject } from '../../../src/model/json.ts';

/** What we refuse and Istio's validation accepts, on purpose. */
interface StricterChoice {
  readonly code: string;
  /** What our message says. */
  readonly message: RegExp;
  readonly kinds?: readonly string[];
  /** Said once for all objects that it is about. */
  readonly why: string;
}

const stricterChoices: readonly StricterChoice[] = [
  {
    code: 'MS1045',
    message: /must be a duration .*, not `\+/,
    why: "A duration with a plus sign: Go reads it, no description of Istio's has it.",
  },
  {
    code: 'MS1045',
    message: /(warmup\.duration|tcp\.idleTimeout)` must be a duration .* in whole milliseconds/,
    why: 'A duration that is no whole number of milliseconds: Istio does not look at these two fields, and Envoy counts in milliseconds.',
  },
  {
    code: 'MS1044',
    message: /outlierDetection\.consecutive5xxErrors` must be from 0/,
    kinds: ['DestinationRule'],
    why: 'Less than no errors in a row: of the old `consecutiveErrors` Istio checks nothing, and has not used it since 1.7.',
  },
  {
    code: 'MS1044',
    message: /match\[\d+\]\.port` must be from 1 to 65535, not 0$/,
    kinds: ['VirtualService'],
    why: 'The port 0 in a match: Istio reads it as none, so the match holds for all ports; a value that got lost looks just so.',
  },
  {
    code: 'MS1022',
    message: /^a single text has more than/,
    why: 'A text of more than 16 KiB: files that are read have limits.',
  },
  {
    code: 'MS1014',
    message: /^the number .* is too large to be kept exactly$/,
    why: 'A number that JSON readers would not keep.',
  },
  {
    code: 'MS1045',
    message: /retries\.retryOn` must be a list .*, not `(.*,)?0\d+/,
    kinds: ['VirtualService'],
    why: 'An HTTP status that begins with 0: Go reads it as the number without.',
  },
  {
    code: 'MS5190',
    message: /is read by newer versions of RE2 only/,
    kinds: ['VirtualService'],
    why: 'A named group written `(?<name>`: Go reads it, the RE2 of older Envoys does not.',
  },
  {
    code: 'MS1045',
    message: /\.subset` must be a name .*, not ``$/,
    kinds: ['VirtualService', 'Sidecar'],
    why: 'An empty subset: Istio reads it as none, so the requests go to all versions; a value that got lost looks just so.',
  },
  {
    code: 'MS1041',
    message: /portLevelSettings\[\d+\]\.port` lacks `number`/,
    kinds: ['DestinationRule'],
    why: 'A port of portLevelSettings without a number: no port has the number 0, so the settings never hold.',
  },
  {
    code: 'MS1044',
    message: /portLevelSettings\[\d+\]\.port\.number` must be from 1 to 65535/,
    kinds: ['DestinationRule'],
    why: 'A port of portLevelSettings that no service can have: the settings never hold.',
  },
  {
    code: 'MS1044',
    message: /fault\.delay\.percent(?:age\.value)?` must be from 0 to 100/,
    kinds: ['VirtualService'],
    why: 'A delay for more than all or less than none of the requests: of the old `percent` Istio checks nothing.',
  },
  {
    code: 'MS1045',
    message: /^`template\.address` must be an IP address/,
    kinds: ['WorkloadGroup'],
    why: "An address in a WorkloadGroup's template: Istio judges it only when a WorkloadEntry is made of it.",
  },
  {
    code: 'MS1050',
    message: /^a key of `template\.labels` must be/,
    kinds: ['WorkloadGroup'],
    why: "A label's key in a WorkloadGroup's template: Istio judges it only when a WorkloadEntry is made of it.",
  },
  {
    code: 'MS1045',
    message: /^`template\.labels\..*` must be a label's value/,
    kinds: ['WorkloadGroup'],
    why: "A label's value in a WorkloadGroup's template: Istio judges it only when a WorkloadEntry is made of it.",
  },
  {
    code: 'MS1045',
    message: / must be (a host name without `\*`, or )?an IP address.*, not `[^`]*%[^`]*\/\d+`$/,
    why: 'An IPv6 zone with a slash in it: Go takes the range behind the zone for a part of its name; no network interface is named so.',
  },
  {
    code: 'MS1045',
    message: /^`egress\[\d+\]\.bind` must be an IP address/,
    kinds: ['Sidecar'],
    why: 'The bind of a listener without a port: Istio does not look at it, and would refuse it beside a port.',
  },
  {
    code: 'MS5212',
    message: /overlap$/,
    kinds: ['DestinationRule'],
    why: 'Overlapping localities among the keys of `to`: Istio walks a map in random order, and refuses or accepts by chance.',
  },
  {
    code: 'MS1042',
    message: /but it is null$/,
    why: 'A key without a value: Istio reads null as the default in a few places, and refuses it in all others.',
  },
  {
    code: 'MS1043',
    message: /tunnel\.protocol` must be `CONNECT` or `POST`, not ``/,
    kinds: ['DestinationRule'],
    why: 'An empty protocol of a tunnel: Istio reads it as CONNECT; a value that got lost looks just so.',
  },
];

/** Why an error of ours about an object that Istio accepts is meant; undefined where it is not. */
export function stricterChoice(error: { readonly code: string; readonly message: string }, { kind }: JsonObject): string | undefined {
  return stricterChoices.find(
    ({ code, message, kinds }) =>
      code === error.code && message.test(error.message) && (kinds === undefined || kinds.some((one) => one === kind)),
  )?.why;
}
