/**
 * Everything that is measured, in the order of the report. An entry is
 *
 *   name      what `--peers` calls it
 *   title     what the table calls it
 *   checks    what it refuses of its own accord; the table would be unfair without
 *   largest   sizes above are measured only when `--peers` names the entry: they take minutes
 *   missing   why it cannot run here, or undefined
 *   prepare   writes its input for these services into an empty folder; not measured
 *   before    puts the folder back to how a run must find it; not measured
 *   shell     what is measured: a line of bash, run in the folder, with $NODE and $BENCH (this folder) and $MAINSHEET set
 *   objects   the objects of the last run, to be compared with those of `manifestsOf`; floors have none
 */

import { chartPerService, oneChart } from './peers/cdk8s.mjs';
import { bareScript, nodeParse, nodeStart } from './peers/floors.mjs';
import { goJsonnet, jsonnet } from './peers/jsonnet.mjs';
import { kustomize, kustomizeOfHundreds } from './peers/kustomize.mjs';
import { mainsheetCold, mainsheetOneChange, mainsheetWarm } from './peers/mainsheet.mjs';

export const peers = [
  mainsheetCold,
  mainsheetWarm,
  mainsheetOneChange,
  nodeStart,
  nodeParse,
  bareScript,
  kustomize,
  kustomizeOfHundreds,
  oneChart,
  chartPerService,
  jsonnet,
  goJsonnet,
];
