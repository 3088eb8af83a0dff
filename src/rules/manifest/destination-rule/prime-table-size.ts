import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';

/** The table of a Maglev hash has a prime size (Istio: validation.go validateLoadBalancer; Envoy asks for the same). */
export const primeTableSize = defineObjectRule<{ id: string; where: string; size: number }>({
  code: 'MS5207',
  name: 'prime-table-size',
  severity: 'error',
  summary: ({ id, where, size }) => `${id} hashes${where} into a table of ${size}, which is no prime number`,
  why: 'Maglev spreads keys evenly over tables of prime size only; Istio and Envoy refuse any other.',
  fix: 'Write a prime number below 5000011, such as 65537.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const { tableSize: size } = objectOr(objectOr(objectOr(policy.loadBalancer).consistentHash).maglev);
      if (typeof size !== 'number' || isPrime(size)) continue;
      const hints = [`the primes next to it are ${nearestPrimes(size).join(' and ')}`];
      const place = `${pointer}/loadBalancer/consistentHash/maglev/tableSize`;
      report({ params: { id: titleOf(object), where: describeScope(scope), size }, pointer: place, hints });
    }
  },
});

/** Like Envoy's, which counts 1 as one. */
function isPrime(number: number): boolean {
  if (number > 0 && number < 4) return true;
  if (number % 2 === 0) return false;
  for (let factor = 3; factor * factor <= number; factor += 2) if (number % factor === 0) return false;
  return true;
}

const largest = 5_000_010;

function nearestPrimes(number: number): readonly number[] {
  let [below, above] = [number - 1, number + 1];
  while (!isPrime(below)) below -= 1;
  while (!isPrime(above)) above += 1;
  return above > largest ? [below] : [below, above];
}
