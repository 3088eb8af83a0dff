const label = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const prefix = `(?=[^/]{1,253}/)${label}(?:\\.${label})*/`;
const qualifiedName = new RegExp(`^(?:${prefix})?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`);

/** The name of a label: 'app', 'example.com/team' (Kubernetes: apimachinery pkg/util/validation IsQualifiedName). */
export function isQualifiedName(text: string): boolean {
  return qualifiedName.test(text);
}
