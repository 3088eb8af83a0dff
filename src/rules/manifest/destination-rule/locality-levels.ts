/** A locality as Istio compares them: 'region', 'region/zone' or 'region/zone/subzone', where a subzone may have slashes. */
function partsOf(locality: string): readonly string[] {
  const [region = '', zone, ...subzone] = locality.split('/');
  return zone === undefined ? [region] : subzone.length === 0 ? [region, zone] : [region, zone, subzone.join('/')];
}

/**
 * Two localities overlap where the later one asks for a key that the earlier one took. `r/*` stands for all of a region, `*` for all there is.
 * Not symmetric: `r/*` may come after `r/z`, but not before it.
 */
export function overlapKeys(locality: string): { readonly takes: readonly string[]; readonly asks: readonly string[] } {
  const [region, zone, subzone] = partsOf(locality);
  const [inRegion, inZone] = [`${region}/${zone}`, `${region}/${zone}/${subzone}`];
  if (zone === undefined) return { takes: [`${region}`, `${region}/*`], asks: ['*', `${region}`] };
  if (subzone === undefined) return { takes: [`${region}`, inRegion, `${inRegion}/*`], asks: ['*', `${region}/*`, inRegion] };
  return { takes: [`${region}`, inRegion, inZone], asks: ['*', `${region}/*`, `${inRegion}/*`, inZone] };
}

/** Wider localities first: the order in which every overlap shows. */
export function widestFirst(a: string, b: string): number {
  return width(a) - width(b);
}

function width(locality: string): number {
  return partsOf(locality).length * 2 - (locality.endsWith('*') ? 1 : 0);
}
