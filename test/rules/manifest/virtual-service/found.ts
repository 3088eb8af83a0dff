import { checked, virtualService } from '../../../support/checked.ts';

/** 'MS5112 line 7: route' for each finding of one code: where it is, and the first line of what it marks. */
export function found(given: string, code: string, istio?: string): readonly string[] {
  const text = istio === undefined ? given : given.replace('istio.io/v1\n', `istio.io/${versionServed(istio)}\n`);
  const { findings, diagnostics } = checked(text, { only: [code], ...(istio === undefined ? {} : { istio }) });
  return findings.map((finding, i) => {
    const at = diagnostics[i]?.at;
    return at === undefined ? finding : `${finding}: ${text.slice(at.start, at.end).split('\n')[0]}`;
  });
}

function versionServed(istio: string): string {
  const minor = Number(istio.split('.')[1]);
  return minor < 5 ? 'v1alpha3' : minor < 22 ? 'v1beta1' : 'v1';
}

/** A VirtualService with one http route, which begins at line 7; further lines of the spec come after it. */
export function routed(route: string, more = ''): string {
  return virtualService(`hosts: [reviews]\nhttp:\n- ${route}\n${more}`);
}
