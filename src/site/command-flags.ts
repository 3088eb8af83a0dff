/** What becomes of a flag's value in the request box: the field that it fills, or what curl makes of it. */
export type FlagUse =
  | 'method'
  | 'headers'
  | 'claims'
  | 'from'
  | 'account'
  | 'via'
  | 'sni'
  | 'env'
  | 'url'
  | 'cookie'
  | 'agent'
  | 'referer'
  | 'data'
  | 'encoded'
  | 'form'
  | 'query'
  | 'upload'
  | 'nothing';

/** Flags of `mainsheet trace` that take a value. */
export const traceFlags: ReadonlyMap<string, FlagUse> = new Map([
  ['-X', 'method'],
  ['--request', 'method'],
  ['-H', 'headers'],
  ['--header', 'headers'],
  ['--claim', 'claims'],
  ['--from', 'from'],
  ['--service-account', 'account'],
  ['--via', 'via'],
  ['--sni', 'sni'],
  ['-e', 'env'],
  ['--env', 'env'],
  ['--root', 'nothing'],
]);

/** Of curl 8, as `curl --help all` lists them: those with a value that decide no route. */
const idle = `-C -D -E -K -P -Q -U -Y -c -m -o -r -t -u -w -x -y -z --abstract-unix-socket --alt-svc --aws-sigv4 --cacert --capath --cert
--cert-type --ciphers --config --connect-timeout --connect-to --continue-at --cookie-jar --create-file-mode --crlfile --curves --delegation
--dns-interface --dns-ipv4-addr --dns-ipv6-addr --dns-servers --doh-url --dump-header --ech --egd-file --engine --etag-compare --etag-save
--expect100-timeout --ftp-account --ftp-alternative-to-user --ftp-method --ftp-port --ftp-ssl-ccc-mode --happy-eyeballs-timeout-ms
--haproxy-clientip --hostpubmd5 --hostpubsha256 --hsts --interface --ip-tos --ipfs-gateway --keepalive-cnt --keepalive-time --key
--key-type --krb --libcurl --limit-rate --local-port --login-options --mail-auth --mail-from --mail-rcpt --max-filesize --max-redirs --max-time
--netrc-file --noproxy --oauth2-bearer --output --output-dir --parallel-max --pass --pinnedpubkey --preproxy --proto --proto-default
--proto-redir --proxy --proxy-cacert --proxy-capath --proxy-cert --proxy-cert-type --proxy-ciphers --proxy-crlfile --proxy-header --proxy-key
--proxy-key-type --proxy-pass --proxy-pinnedpubkey --proxy-service-name --proxy-tls13-ciphers --proxy-tlsauthtype --proxy-tlspassword
--proxy-tlsuser --proxy-user --proxy1.0 --pubkey --quote --random-file --range --rate --request-target --resolve --retry --retry-delay
--retry-max-time --sasl-authzid --service-name --socks4 --socks4a --socks5 --socks5-gssapi-service --socks5-hostname --speed-limit --speed-time
--stderr --telnet-option --tftp-blksize --time-cond --tls-max --tls13-ciphers --tlsauthtype --tlspassword --tlsuser --trace --trace-ascii
--trace-config --unix-socket --user --variable --vlan-priority --write-out`;

/** Flags of curl that take a value; all others stand alone. */
export const curlFlags: ReadonlyMap<string, FlagUse> = new Map<string, FlagUse>([
  ...idle.split(/\s+/).map((name) => [name, 'nothing'] as const),
  ['-X', 'method'],
  ['--request', 'method'],
  ['-H', 'headers'],
  ['--header', 'headers'],
  ['--url', 'url'],
  ['-b', 'cookie'],
  ['--cookie', 'cookie'],
  ['-A', 'agent'],
  ['--user-agent', 'agent'],
  ['-e', 'referer'],
  ['--referer', 'referer'],
  ['-d', 'data'],
  ['--data', 'data'],
  ['--data-ascii', 'data'],
  ['--data-binary', 'data'],
  ['--data-raw', 'data'],
  ['--json', 'data'],
  ['--data-urlencode', 'encoded'],
  ['-F', 'form'],
  ['--form', 'form'],
  ['--form-string', 'form'],
  ['--url-query', 'query'],
  ['-T', 'upload'],
  ['--upload-file', 'upload'],
]);
