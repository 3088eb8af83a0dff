import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { flowWords } from './flow-words.ts';

/** What acts on a request on its way, a line each: 'timeout after 5s', 'fault: 500 for every request'. */
export function wayLines(onTheWay: JsonObject): readonly string[] {
  const { timeout, retries, fault, mirror, mirrors, rewrite, headers, corsPolicy, mirrorPercentage } = onTheWay;
  return [
    ...(typeof timeout === 'string' ? [`timeout after ${timeout}`] : []),
    ...(isObject(retries) ? [retryWords(retries)] : []),
    ...(isObject(fault) ? faultWords(fault) : []),
    ...(isObject(mirror) ? [mirrorWords(mirror, mirrorPercentage)] : []),
    ...listOr(mirrors).map((one) => mirrorWords(objectOr(objectOr(one).destination), objectOr(one).percentage)),
    ...(isObject(rewrite) ? [`rewrite: ${flowWords(rewrite)}`] : []),
    ...(isObject(headers) ? [`headers: ${flowWords(headers)}`] : []),
    ...(isObject(corsPolicy) ? [`cors: ${flowWords(corsPolicy)}`] : []),
  ];
}

function retryWords({ attempts, perTryTimeout, retryOn, ...rest }: JsonObject): string {
  if (attempts === undefined || attempts === 0) return 'no retries';
  const more = Object.keys(rest).length === 0 ? '' : `, ${flowWords(rest)}`;
  return [
    `up to ${attempts === 1 ? '1 retry' : `${String(attempts)} retries`}`,
    ...(perTryTimeout === undefined ? [] : [` of ${String(perTryTimeout)} each`]),
    ...(retryOn === undefined ? [] : [` on ${String(retryOn)}`]),
    more,
  ].join('');
}

function faultWords({ abort, delay }: JsonObject): readonly string[] {
  const lines: string[] = [];
  if (isObject(delay)) lines.push(`fault: ${String(delay.fixedDelay)} later for ${percentWords(delay.percentage, delay.percent)}`);
  if (isObject(abort))
    lines.push(
      `fault: answered ${String(abort.httpStatus ?? abort.grpcStatus)} for ${percentWords(abort.percentage, undefined)}, before it is sent`,
    );
  return lines;
}

/** Without a percentage a fault hits nobody. */
function percentWords(percentage: Json | undefined, percent: Json | undefined): string {
  const value = objectOr(percentage).value ?? percent ?? 0;
  return value === 100 ? 'every request' : value === 0 ? 'no request (it has no percentage)' : `${String(value)} % of requests`;
}

function mirrorWords({ host, subset, port }: JsonObject, percentage: Json | undefined): string {
  const where = [
    String(host),
    ...(subset === undefined ? [] : [` subset ${String(subset)}`]),
    ...(isObject(port) ? [` port ${String(port.number)}`] : []),
  ];
  const value = objectOr(percentage).value ?? 100;
  return `mirror: a copy of ${value === 100 ? 'every request' : `${String(value)} % of requests`} to ${where.join('')}, whose answer counts for nothing`;
}
