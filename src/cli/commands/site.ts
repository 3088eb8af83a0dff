import { resolve } from 'node:path';
import { isError } from '../../model/diagnostic.ts';
import type { Site } from '../../model/site.ts';
import type { SiteInput } from '../../pipelines/site/site.ts';
import { writePage } from '../../repo/write-page.ts';
import { isSitePage, renderSiteHtml } from '../../report/site-html.ts';
import { visibleText } from '../../report/visible-text.ts';
import type { SiteFlags } from '../arguments/site.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import type { Compiled, Locations } from '../compiler.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { refuseInputs, refuseRendered } from '../output/output-targets.ts';
import { reportFindings } from '../report-findings.ts';
import { siteHistory } from '../site/site-history.ts';
import { refusal } from '../usage-error.ts';

/** Writes the page of the chosen environments; nothing where one of them has errors. */
export async function site(context: CliContext, flags: SiteFlags): Promise<ExitCode> {
  const { workspace, compilations, diagnostics } = await compileEnvironments(context, flags);
  const { inputs, tree, prefix } = workspace;
  const errors = diagnostics.filter(isError);
  if (inputs === undefined || errors.length > 0) {
    reportFindings(context, { diagnostics: errors, tree, prefix }, 'text', context.process.stderr);
    return exitCodeOf(errors);
  }
  const page = resolve(context.workingFolder, flags.out);
  refuseInputs(flags.out, page, workspace);
  refuseRendered(flags.out, page, workspace);
  const { drawSite, datedRollouts, foldValues } = await context.siteDrawer();
  const { sitePage } = await import('../../generated/site-page.js');
  const { commits, head, isShallow, uncommitted, read } = await siteHistory(context, workspace, inputs.settings);
  const rendered = inputs.settings.output === undefined ? inputs.settings.rendered : undefined;
  const environments: SiteInput[] = [];
  for (const { loaded, manifests, diagnostics: found } of inOrder(compilations, inputs.settings)) {
    if (loaded === undefined) continue;
    // Since when words stand there is only known of words that are committed.
    const dated = { tree, commits: uncommitted === 0 ? commits : [], read, ...(rendered === undefined ? {} : { rendered }) };
    environments.push({ loaded, manifests, diagnostics: found, rollouts: await datedRollouts(loaded, dated) });
  }
  const { title } = flags;
  const drawn = drawSite({
    title,
    version: context.version,
    tree,
    environments,
    commits,
    isShallow,
    ...(head === undefined ? {} : { head }),
    uncommitted,
  });
  const html = renderSiteHtml(title, sitePage, [
    ['site', foldValues(drawn.site)],
    ...drawn.meshes.map((mesh, i) => [`mesh-${i}`, foldValues(mesh)] as const),
  ]);
  if (writePage(page, html, isSitePage) === 'foreign')
    throw refusal(`${flags.out} is no page that \`mainsheet site\` wrote, so it is not replaced`, ['name another file with --out']);
  context.process.stdout.write(`written  ${visibleText(flags.out)}  ${countWords(drawn.site)}\n`);
  return exitCode.done;
}

/** '3 environments, 5 services' */
function countWords({ environments }: Site): string {
  const services = new Set(environments.flatMap(({ intents }) => intents.filter(({ kind }) => kind === 'service').map(({ id }) => id)));
  const counts = [
    [environments.length, 'environment'],
    [services.size, 'service'],
  ] as const;
  return counts.map(([count, word]) => `${count} ${word}${count === 1 ? '' : 's'}`).join(', ');
}

/** As versions are promoted, where `order:` says so; those that it does not name come first. */
function inOrder(compilations: ReadonlyMap<string, Compiled>, { order = [] }: Locations): readonly Compiled[] {
  const place = (name: string): number => order.findIndex(({ environment }) => environment === name);
  return [...compilations].toSorted(([a], [b]) => place(a) - place(b)).map(([, compiled]) => compiled);
}
