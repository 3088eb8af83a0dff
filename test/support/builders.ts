/** Intents that tests begin with: lines are added after them. */
export const reviews = `service: reviews
port: 9080
versions: [v1, v2, v3]
stable: v1
`;

export const httpGateway = `---
gateway: gw
servers: [{http: 80, hosts: ["*"]}]
`;

/** Documents of one file. */
export function documents(...texts: readonly string[]): string {
  return texts.join('---\n');
}
