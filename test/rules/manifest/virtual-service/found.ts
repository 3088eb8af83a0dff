import { checked, virtualService } from '../../../support/checked.ts';

/** 'MS5112 line 7: route' for each finding of one code: where it is, and the first line of what it marks. */
export function found(text: string, code: string, istio?: string): readonly string[] {
  const { findings, diagnostics } = checked(text, { only: [code], ...(istio === undefined ? {} : { istio }) });
  return findings.map((finding, i) => {
    const at = diagnostics[i]?.at;
    return at === undefined ? finding : `${finding}: ${text.slice(at.start, at.end).split('\n')[0]}`;
  });
}

/** A VirtualService with one http route, which begins at line 7; further lines of the spec come after it. */
export function routed(route: string, more = ''): string {
  return virtualService(`hosts: [reviews]\nhttp:\n- ${route}\n${more}`);
}
