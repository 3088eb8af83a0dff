import { readdirSync, readFileSync, existsSync, statSync } from 'node:fs';
import { it } from 'vitest';
import { checkManifests } from '../src/check-manifests.ts';
import { treeOf } from './support/tree-of.ts';
const I='/root/go/pkg/mod/istio.io/istio@v0.0.0-20260827124520-eed52ebb66ad/samples';
it('x', () => {
  const groups: string[][] = [['bookinfo/platform/kube/bookinfo.yaml', 'bookinfo/networking'],['bookinfo/networking'],...readdirSync(I).filter(f=>statSync(I+'/'+f).isDirectory() && f!=='bookinfo').map(f=>[f])];
  for (const g of groups) {
    const tree = new Map<string,string>();
    for (const f of g) { const p=I+'/'+f; if (statSync(p).isDirectory()) { for (const [k,v] of treeOf(p)) if (/\.ya?ml$/.test(k)) tree.set(f+'/'+k, v); } else tree.set(f, readFileSync(p,'utf8')); }
    const r = checkManifests(tree);
    console.log('== '+g.join(' ')+' '+tree.size);
    for (const x of r.diagnostics) if (/MS57|MS5001/.test(x.code)) console.log('  ', x.code, x.severity, x.at?.file, x.message, x.hints.join('; '));
  }
}, 60000);
