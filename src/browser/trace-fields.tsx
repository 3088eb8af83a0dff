import type { Site } from '../model/site.ts';
import type { TraceForm } from '../site/trace-form.ts';

interface TraceFieldsProps {
  readonly site: Site;
  readonly form: TraceForm;
  readonly change: (change: Partial<TraceForm>) => void;
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

export function TraceFields({ site, form, change }: TraceFieldsProps) {
  const gateways = site.environments.find(({ name }) => name === form.env)?.intents.filter(({ kind }) => kind === 'gateway') ?? [];
  const isRare = form.from !== '' || form.account !== '' || form.claims !== '' || form.kind !== 'http';
  const text = (name: keyof TraceForm) => ({
    value: form[name],
    spellcheck: false,
    autocomplete: 'off',
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => change({ [name]: event.currentTarget.value }),
  });
  return (
    <>
      <div class="row">
        <label class="field">
          <span>Environment</span>
          <select value={form.env} onChange={(event) => change({ env: event.currentTarget.value })}>
            {site.environments.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>Method</span>
          <input {...text('method')} list="methods" size={8} placeholder="GET" />
        </label>
        <datalist id="methods">
          {methods.map((method) => (
            <option key={method} value={method} />
          ))}
        </datalist>
        <label class="field grow">
          <span>URL, or a whole curl command</span>
          <input {...text('url')} required placeholder="http://reviews:9080/" />
        </label>
        <button type="submit" class="primary">
          Trace
        </button>
      </div>
      <div class="row">
        <label class="field grow">
          <span>Headers, one a line</span>
          <textarea {...text('headers')} rows={2} placeholder="end-user: jason" />
        </label>
        <label class="field">
          <span>Comes by</span>
          <input {...text('via')} list="gateways" placeholder="a pod of the mesh" />
        </label>
        <datalist id="gateways">
          {gateways.map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
        </datalist>
      </div>
      <details open={isRare}>
        <summary>Caller, claims, and connections that are not HTTP</summary>
        <div class="row">
          <label class="field">
            <span>Calling pods</span>
            <input {...text('from')} placeholder="namespace/app=productpage" />
          </label>
          <label class="field">
            <span>Their service account</span>
            <input {...text('account')} />
          </label>
          <label class="field">
            <span>What is sent</span>
            <select value={form.kind} onChange={(event) => change({ kind: kindOf(event.currentTarget.value) })}>
              <option value="http">an HTTP request</option>
              <option value="tcp">a TCP connection</option>
              <option value="tls">TLS, passed on unopened</option>
            </select>
          </label>
          {form.kind === 'tls' && (
            <label class="field">
              <span>Server name (SNI)</span>
              <input {...text('sni')} placeholder="as in the URL" />
            </label>
          )}
          <label class="field grow">
            <span>Claims of its token, one a line</span>
            <textarea {...text('claims')} rows={1} placeholder="group=admin" />
          </label>
        </div>
      </details>
    </>
  );
}

function kindOf(value: string): TraceForm['kind'] {
  return value === 'tcp' || value === 'tls' ? value : 'http';
}
