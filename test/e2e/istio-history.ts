/** Requests of Istio's standard metrics, as a proxy would have counted them. */

/** One counter: labels, and how many requests each scrape interval adds. Undefined: the series is not there (yet, or any more). */
export interface Counter {
  readonly labels: Readonly<Record<string, string>>;
  readonly added: (interval: number) => number | undefined;
  /** What it had counted before the history begins. */
  readonly before?: number;
}

export const scrapeSeconds = 15;

/** What Istio writes on every request; a counter's own labels go over them. */
const usual = {
  reporter: 'source',
  request_protocol: 'http',
  response_code: '200',
  response_flags: '-',
  grpc_response_status: '',
  source_workload: 'productpage-v1',
  source_workload_namespace: 'bookinfo',
  connection_security_policy: 'unknown',
};

/** Labels of requests of a service that a version answered. */
export function answered(
  service: string,
  version: string,
  labels: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    ...usual,
    destination_service: hostOf(service),
    destination_service_name: service,
    destination_version: version,
    destination_canonical_revision: version,
    ...labels,
  };
}

/** No endpoint: the subset is empty. */
export function noEndpoint(service: string): Readonly<Record<string, string>> {
  return answered(service, 'unknown', { destination_canonical_revision: 'latest', response_code: '503', response_flags: 'UH' });
}

export function hostOf(service: string): string {
  return `${service}.bookinfo.svc.cluster.local`;
}

/** A text for promtool: all counters of each metric, a value each scrape from `start` to `end` (seconds since 1970). */
export function openMetrics(families: Readonly<Record<string, readonly Counter[]>>, start: number, end: number): string {
  const texts = Object.entries(families).map(([metric, counters]) =>
    counters.flatMap((counter) => samplesOf(metric, counter, start, end)).join('\n'),
  );
  return `${texts.join('\n')}\n# EOF\n`;
}

function samplesOf(metric: string, { labels, added, before = 0 }: Counter, start: number, end: number): readonly string[] {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  const name = `${metric}{${pairs.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join(',')}}`;
  const samples: string[] = [];
  let count = before;
  for (let time = start, interval = 0; time <= end; time += scrapeSeconds, interval++) {
    const more = added(interval);
    count = more === undefined ? 0 : count + more;
    if (more !== undefined) samples.push(`${name} ${count} ${time}`);
  }
  return samples;
}

/** Buckets as Istio has them, in milliseconds. */
const buckets = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000];

/** A histogram of requests that take one of these times in turn, so many of each per interval. */
export function durations(labels: Readonly<Record<string, string>>, perInterval: Readonly<Record<number, number>>): readonly Counter[] {
  return [...buckets, Number.POSITIVE_INFINITY].map((le) => ({
    labels: { ...labels, le: le === Number.POSITIVE_INFINITY ? '+Inf' : String(le) },
    added: () => Object.entries(perInterval).reduce((sum, [milliseconds, count]) => sum + (Number(milliseconds) <= le ? count : 0), 0),
  }));
}
