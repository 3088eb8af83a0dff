import { durationSeconds } from '../model/duration.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { SharedDestination } from '../model/read-back.ts';
import type { StickyWords } from '../model/words.ts';
import { type Arrival, ownDestinations } from './destinations-meant.ts';
import type { Party, World } from './world.ts';

/** Users that a canary knows by their cookie, and where they go. */
export interface Remembered {
  /** None = those without a cookie of this rollout. */
  readonly match?: JsonObject;
  readonly destinations: readonly SharedDestination[];
  /** All of them are on the canary: nothing of theirs is stable traffic. */
  readonly isCanary: boolean;
}

/**
 * What `canary.sticky` means for the requests that arrive, in the order in which they are asked: who holds the canary stays, but for those
 * of a greater share that was lowered; who holds stable moves as far as the share has grown; everyone else is drawn. Undefined where
 * nobody is remembered.
 */
export function rememberedBy(world: World, party: Party, arrival: Arrival): readonly Remembered[] | undefined {
  const { stable, canary } = party.words;
  const { version, percent = 0, sticky } = canary ?? {};
  const isAsked = party.intent.kind === 'service' && (arrival.gateway || sticky?.mesh === true);
  if (!isAsked || sticky === undefined || stable === undefined || version === undefined || percent <= 0 || percent >= 100) return undefined;
  const id = sticky.id ?? version;
  const name = sticky.cookie ?? `${party.intent.name}-version`;
  const held = (who: string, percents: readonly number[]): JsonObject => {
    const any = percents.map((one) => literally(String(one))).join('|');
    const value = `${literally(`${id}.${who}.`)}${percents.length > 1 ? `(${any})` : any}`;
    return { headers: { cookie: { regex: `(.*; ?)?${literally(name)}=${value}(;.*)?` } } };
  };
  /** Of every 1, how much goes to the canary. */
  const part = (canaryPart: number): readonly SharedDestination[] => {
    const share = world.environment.istio.minor >= 15 ? 100 * canaryPart : Math.round(100 * canaryPart);
    const both = ownDestinations(
      party,
      [
        [stable, 100 - share],
        [version, share],
      ],
      arrival,
    );
    const withCookie = both.map((one) => ({ ...one, headers: answered(name, `${id}.${one.subset}.${percent}`, sticky) }));
    return withCookie.filter((one) => one.percent > 0);
  };
  const others = [...new Set(sticky.seen)].filter((k) => k !== percent && k > 0 && k < 100).sort((a, b) => a - b);
  const [lower, higher] = [others.filter((k) => k < percent), others.filter((k) => k > percent)];
  return [
    { match: held(version, [...lower, percent]), destinations: part(1), isCanary: true },
    ...higher.map((k) => ({ match: held(version, [k]), destinations: part(percent / k), isCanary: false })),
    ...lower.map((k) => ({ match: held(stable, [k]), destinations: part((percent - k) / (100 - k)), isCanary: false })),
    { match: held(stable, [percent, ...higher]), destinations: part(0), isCanary: false },
    { destinations: part(percent / 100), isCanary: false },
  ];
}

/** The application's own cookies stay beside this one; a proxy reads two percent signs as one. */
function answered(name: string, value: string, { maxAge }: StickyWords): JsonObject {
  const seconds = durationSeconds(maxAge);
  const lifetime = seconds === undefined ? '' : `; Max-Age=${Math.ceil(seconds)}`;
  const cookie: Json = `${name.replaceAll('%', '%%')}=${value}; Path=/${lifetime}; HttpOnly; SameSite=Lax`;
  return { response: { add: { 'set-cookie': cookie } } };
}

/** Text as a pattern that means just this text. */
export function literally(text: string): string {
  return [...text].map((letter) => (/[A-Za-z0-9_]/.test(letter) || letter > '\u007f' ? letter : `\\${letter}`)).join('');
}
