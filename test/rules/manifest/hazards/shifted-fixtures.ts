/** A service whose weights a controller moves; `weights` is on its fifth line. */
export function reviews(words = '', owner = 'argo-rollouts'): string {
  return `service: reviews\nport: 9080\nversions: {stable: {labels: {app: reviews}}, canary: {labels: {app: reviews}}}\nstable: stable\nweights: ${owner}\n${words}`;
}

/** Another service, which leads to it on its own last line. */
export function productpage(words = '', to = '{service: bookinfo/reviews}'): string {
  return `service: productpage\nport: 9080\nversions: [v1]\nstable: v1\n${words}routes:\n- {match: {uri: {prefix: /reviews}}, to: ${to}}\n`;
}

export const gateway = 'gateway: bookinfo-gateway\nservers: [{http: 80, hosts: ["*.example.com"]}]\n';
