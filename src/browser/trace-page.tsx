import { useMemo, useRef, useState } from 'preact/hooks';
import type { UnreadableWords } from '../model/request-words.ts';
import type { Site } from '../model/site.ts';
import { isCommandLine, readCommandLine } from '../site/read-command-line.ts';
import { formCommand, formWords, type TraceForm } from '../site/trace-form.ts';
import { meshOf } from './page-data.ts';
import { intentLink, traceLink } from './routes.ts';
import { TraceEnd } from './trace-end.tsx';
import { TraceFault } from './trace-fault.tsx';
import { TraceFields } from './trace-fields.tsx';
import { type Traced, TraceStory } from './trace-story.tsx';

/** The request box: fields, and what the simulator says of them. What is asked stands in the address, so that it can be sent to others. */
export function TracePage({ site, form: asked }: { readonly site: Site; readonly form: TraceForm }) {
  const first = site.environments.at(-1)?.name ?? '';
  const [form, setForm] = useState<TraceForm>({ ...asked, env: asked.env === '' ? first : asked.env });
  const [fault, setFault] = useState<UnreadableWords | undefined>();
  const before = useRef(asked);
  const answer = useRef<HTMLElement>(null);
  if (before.current !== asked) {
    before.current = asked;
    setForm({ ...asked, env: asked.env === '' ? first : asked.env });
    setFault(undefined);
  }
  const traced = useMemo(() => traceOf(site, asked, first), [site, asked]);
  const unread = fault ?? (traced !== undefined && 'what' in traced ? traced : undefined);
  const told = unread === undefined && traced !== undefined && 'told' in traced ? traced : undefined;
  const submit = (): void => {
    const read = isCommandLine(form.url) ? readCommandLine(form.url, form) : form;
    if ('what' in read) {
      setFault(read);
      return;
    }
    setFault(undefined);
    setForm(read);
    const link = traceLink(read);
    if (link === location.hash) answer.current?.focus();
    else location.hash = link;
  };
  return (
    <>
      <h1 tabIndex={-1}>Trace a request</h1>
      <p>
        Where would this request go, and which words decide it? The manifests are asked by Istio's own rules, here in the browser; nothing
        is sent anywhere.
      </p>
      <form
        class="trace"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TraceFields site={site} form={form} change={(change) => setForm({ ...form, ...change })} />
      </form>
      <section ref={answer} class="answer" aria-label="Answer" tabIndex={-1}>
        {unread !== undefined && <TraceFault fault={unread} />}
        <div aria-live="polite">{told !== undefined && <TraceEnd told={told.told} linkTo={told.linkTo} />}</div>
        {told !== undefined && <TraceStory traced={told} />}
      </section>
    </>
  );
}

function traceOf(site: Site, asked: TraceForm, first: string): Traced | UnreadableWords | undefined {
  if (asked.url === '') return undefined;
  const form = { ...asked, env: asked.env === '' ? first : asked.env };
  const index = site.environments.findIndex(({ name }) => name === form.env);
  if (index < 0) return { what: `there is no environment "${form.env}"`, help: [] };
  const words = formWords(form);
  if ('what' in words) return words;
  const mesh = meshOf(index);
  const reading = mesh.read(words);
  if ('what' in reading) return reading;
  const { decision, places } = mesh.tell(reading.request);
  const hosts = new Map(site.environments[index]?.intents.flatMap(({ id, hosts: named }) => named.map((host) => [host, id] as const)));
  return {
    command: formCommand(form),
    linkTo: (host) => {
      const id = hosts.get(host);
      return id === undefined ? undefined : intentLink(form.env, id);
    },
    told: {
      request: reading.request,
      notes: reading.notes,
      decision,
      places: places.map((place) => (place === undefined ? undefined : { file: place[0], line: place[1], column: place[2] })),
    },
  };
}
