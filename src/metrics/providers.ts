import type { MetricsSource } from '../model/measurement.ts';
import type { PrometheusServer } from '../model/rollout.ts';
import { type MetricsOptions, prometheus } from './prometheus.ts';

/** Servers of an environment, by what they speak. */
export interface MetricsServers {
  readonly prometheus: readonly PrometheusServer[];
}

/** What each kind of server is asked by: one file, and one line here. */
const providers: {
  readonly [Kind in keyof MetricsServers]: (server: MetricsServers[Kind][number], options: MetricsOptions) => MetricsSource;
} = {
  prometheus,
};

/** Sources by the names that gates give in `provider`. Nothing is asked, and no token is read from anywhere but `options`, before a source is. */
export function metricsSources(servers: MetricsServers, options: MetricsOptions): ReadonlyMap<string, MetricsSource> {
  return new Map(servers.prometheus.map((server) => [server.name, providers.prometheus(server, options)]));
}
