/** What render has to reach, each decided by this run's own numbers; undefined where the run did not measure it. */
export const targets = [
  ...[10, 100, 1000, 5000, 10000].map((n) => ({
    title: `cold, N=${n}: CPU at most 2 × (Node's start + \`yaml\` parsing the same files)`,
    judge: (of) => compare(of(n, 'mainsheet')?.cpu, of(n, 'node-yaml')?.cpu, (ratio) => ratio <= 2),
  })),
  atLeast(1000, 4),
  atLeast(5000, 50),
  {
    title: 'linear to 10,000: CPU per service at most 1.2 × that at 1,000',
    judge: (of) => {
      const [few, many] = [of(1000, 'mainsheet')?.cpu, of(10000, 'mainsheet')?.cpu];
      return compare(many === undefined ? undefined : many / 10, few, (ratio) => ratio <= 1.2);
    },
  },
  {
    title: 'cold, N=10000: peak memory under 600 MB',
    judge: (of) => limit(of(10000, 'mainsheet')?.memory, 600, 'MB'),
  },
  { title: 'cold, N=10: wall under 0.25 s, start included', judge: (of) => limit(of(10, 'mainsheet')?.wall, 0.25, 's') },
  { title: 'warm, N=1000: wall at most 0.4 s', judge: (of) => limit(of(1000, 'mainsheet-warm')?.wall, 0.4, 's') },
];

function atLeast(n, times) {
  return {
    title: `cold, N=${n}: at least ${times} × less CPU than one \`kubectl kustomize\` tree`,
    judge: (of) => compare(of(n, 'kustomize')?.cpu, of(n, 'mainsheet')?.cpu, (ratio) => ratio >= times),
  };
}

function compare(a, b, reached) {
  if (a === undefined || b === undefined) return undefined;
  return { value: `${(a / b).toFixed(2)} ×`, reached: reached(a / b) };
}

function limit(value, most, unit) {
  return value === undefined ? undefined : { value: `${value.toFixed(unit === 's' ? 3 : 0)} ${unit}`, reached: value <= most };
}
