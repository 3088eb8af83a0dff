/** The cipher suites that Istio hands on to Envoy (Istio: pkg/config/security/security.go ValidCipherSuites). */
export const cipherSuites: ReadonlySet<string> = new Set([
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
]);

/** Whether Istio keeps an entry; what begins with a sign, such as `-` or `[`, it leaves to Envoy (Istio: security.go IsValidCipherSuite). */
export function isKeptCipher(entry: string): boolean {
  return entry === '' || entry === 'ALL' || !/^[A-Za-z0-9\u0080-\uffff]/.test(entry) || cipherSuites.has(entry);
}
