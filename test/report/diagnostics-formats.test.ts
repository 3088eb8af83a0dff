import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LocatedDiagnostic } from '../../src/model/diagnostic.ts';
import { diagnosticFormats, diagnosticsFormatNames } from '../../src/report/formats.ts';
import { aDiagnostic, placeOf, reviewsPath, reviewsTree } from './report-fixtures.ts';

const settings = { color: false, version: '0.1.0', hash: (text: string) => `hash of ${text}` };
const error = aDiagnostic({
  at: placeOf('v4'),
  hints: ['did you mean `v3`?'],
  related: [{ message: 'declared', at: placeOf('[v1, v2, v3]') }],
});
const warning = aDiagnostic({
  code: 'MS3007',
  name: 'needless-pin',
  severity: 'warning',
  message: 'a pin',
  at: placeOf('- {user: jason, version: v2}\n'),
});
const whole = aDiagnostic({ code: 'MS8030', name: 'readable', severity: 'info', message: 'of the whole' });

test('the list names each format once', () => {
  expect([...diagnosticsFormatNames].sort()).toEqual(Object.keys(diagnosticFormats).sort());
});

test('json has the documented shape, with places from 1', () => {
  const { at: _at, related: _related, ...said } = error;
  expect(JSON.parse(diagnosticFormats.json([error, whole], reviewsTree, settings))).toEqual({
    version: 1,
    diagnostics: [
      { ...whole, related: [] },
      {
        ...said,
        location: { file: reviewsPath, start: { line: 7, column: 12 }, end: { line: 7, column: 14 } },
        related: [{ message: 'declared', location: { file: reviewsPath, start: { line: 2, column: 11 }, end: { line: 2, column: 23 } } }],
      },
    ],
    summary: { errors: 1, warnings: 0, infos: 1 },
  });
});

test('json keeps every text as it is, without an unseen character in its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (message) => {
      const json = diagnosticFormats.json([aDiagnostic({ message })], reviewsTree, settings);
      expect(json).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]|##\[/);
      expect(JSON.parse(json).diagnostics[0].message).toBe(message);
    }),
    { seed: 20_013, numRuns: 2_000 },
  );
  const json = diagnosticFormats.json([aDiagnostic({ message: '##vso[x] ##[y] \ud800 \u202e' })], reviewsTree, settings);
  expect(json).toContain('\\u0023#vso[x] \\u0023#[y] \\ud800 \\u202e');
  expect(JSON.parse(json).diagnostics[0].message).toBe('##vso[x] ##[y] \ud800 \u202e');
});

test('sarif has the structure that code scanning asks for', () => {
  const log = JSON.parse(diagnosticFormats.sarif([warning, error, whole, { ...error, message: 'again' }], reviewsTree, settings));
  expect(log.version).toBe('2.1.0');
  expect(log.$schema).toMatch(/sarif-2\.1\.0\.json$/);
  const [run] = log.runs;
  const rules: { id: string }[] = run.tool.driver.rules;
  expect(run.tool.driver).toMatchObject({ name: 'Mainsheet', version: '0.1.0' });
  expect(rules.map((rule) => rule.id)).toEqual(['MS3007', 'MS5004', 'MS8030']);
  expect(rules[1]).toMatchObject({
    name: 'known-subset',
    fullDescription: { text: error.why },
    help: { text: error.fix },
    defaultConfiguration: { level: 'error' },
  });
  expect(run.columnKind).toBe('utf16CodeUnits');
  expect(run.results).toHaveLength(4);
  for (const result of run.results) {
    expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(['error', 'warning', 'note']).toContain(result.level);
    expect(result.message.text).not.toBe('');
    expect(result.locations).toHaveLength(1);
  }
  const found = run.results.find((result: { message: { text: string } }) => result.message.text.startsWith('subset "v4"'));
  expect(found.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: reviewsPath, uriBaseId: '%SRCROOT%' },
    region: { startLine: 7, startColumn: 12, endLine: 7, endColumn: 14 },
  });
  expect(found.relatedLocations).toMatchObject([{ id: 1, message: { text: 'declared' } }]);
});

test('sarif heads a rule with the first sentence of why', () => {
  const shortOf = (why: string) => {
    const log = JSON.parse(diagnosticFormats.sarif([aDiagnostic({ why })], reviewsTree, settings));
    return log.runs[0].tool.driver.rules[0].shortDescription.text;
  };
  expect(shortOf('Requests of 1.5 s in `mesh.yaml` fail. Nobody sees it.')).toBe('Requests of 1.5 s in `mesh.yaml` fail.');
  expect(shortOf('Requests fail. `timeout` does not help.')).toBe('Requests fail.');
  expect(shortOf('All of it fails.')).toBe('All of it fails.');
  expect(shortOf('')).toBe('Known subset.');
});

test('sarif writes paths as URI references', () => {
  const file = 'a b/100%/c:d/é#.yaml';
  const log = JSON.parse(diagnosticFormats.sarif([aDiagnostic({ at: { file, start: 0, end: 1 } })], new Map([[file, 'x']]), settings));
  expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b/100%25/c%3Ad/%C3%A9%23.yaml');
});

test('github commands escape what would end a property or the message', () => {
  const diagnostic = aDiagnostic({ message: '100% of\r\n::set-env name=x::y', at: placeOf('v4'), why: '', fix: '' });
  expect(diagnosticFormats.github([diagnostic], reviewsTree, settings)).toBe(
    '::error file=environments/prod/services/reviews.yaml,line=7,endLine=7,col=12,endColumn=14,title=MS5004 known-subset' +
      '::100%25 of\\r\\n::set-env name=x::y\n',
  );
  const hostile = aDiagnostic({ at: { file: 'a,b:c%\n.yaml', start: 0, end: 0 }, why: 'w', fix: 'f' });
  expect(diagnosticFormats.github([hostile], reviewsTree, settings)).toBe(
    '::error file=a%2Cb%3Ac%25\\n.yaml,title=MS5004 known-subset::subset "v4" of reviews is not declared%0AWhy: w%0AFix: f\n',
  );
});

test('github takes warnings, notes and places over several lines', () => {
  const long = { ...warning, at: placeOf('canary:\n  # ten per cent at most\n  percent: 10\n') };
  const lines = diagnosticFormats.github([long, whole], reviewsTree, settings).split('\n');
  expect(lines[0]).toMatch(/^::notice title=MS8030 readable::/);
  expect(lines[1]).toMatch(/^::warning file=[^,]*,line=4,endLine=6,title=MS3007 needless-pin::/);
});

test('gitlab fingerprints survive a move and differ between equal findings', () => {
  const twice = [error, { ...error, at: placeOf('v3') }];
  const report = JSON.parse(diagnosticFormats.gitlab([...twice, whole], reviewsTree, settings));
  expect(report[0]).toEqual({
    description: 'MS8030 readable: of the whole',
    check_name: 'readable',
    fingerprint: 'hash of ["MS8030","mainsheet.yaml","of the whole",0]',
    severity: 'info',
    location: { path: 'mainsheet.yaml', lines: { begin: 1, end: 1 } },
  });
  expect(report[2]).toMatchObject({ severity: 'major', location: { path: reviewsPath, lines: { begin: 7, end: 7 } } });
  expect(new Set(report.map((issue: { fingerprint: string }) => issue.fingerprint)).size).toBe(3);
  const moved = new Map([[reviewsPath, `# a new first line\n${reviewsTree.get(reviewsPath)}`]]);
  const before = JSON.parse(diagnosticFormats.gitlab([error], reviewsTree, settings));
  const after = JSON.parse(diagnosticFormats.gitlab([{ ...error, at: placeOf('v4', moved) }], moved, settings));
  expect(after[0].location.lines.begin).toBe(8);
  expect(after[0].fingerprint).toBe(before[0].fingerprint);
});

test('junit counts failures, and a clean run is a passing case', () => {
  const xml = diagnosticFormats.junit([error, warning], reviewsTree, settings);
  expect(xml).toContain('tests="2" failures="1"');
  expect(xml).toContain('<failure type="MS5004" message="subset &quot;v4&quot; of reviews is not declared">');
  expect(xml).toContain('<system-out>warning: ');
  const clean = diagnosticFormats.junit([], reviewsTree, settings);
  expect(clean).toContain('tests="1" failures="0"');
});

test('junit is well-formed whatever a finding says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom<LocatedDiagnostic['severity']>('error', 'warning'), (message, severity) => {
      const xml = diagnosticFormats.junit([aDiagnostic({ message, severity, hints: [message] })], reviewsTree, settings);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
      expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff](?![\udc00-\udfff])/u);
      const text = xml
        .replace(/^<\?xml[^>]*\?>/, '')
        .replaceAll(/<\/?(testsuites?|testcase|failure|system-out)( [a-z]+="[^"<>]*")*\/?>/g, '');
      expect(text).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|apos);)/);
    }),
    { seed: 20_014, numRuns: 2_000 },
  );
});

test('no format depends on the order of discovery', () => {
  const findings = [error, warning, whole, { ...error, message: 'another' }];
  for (const name of diagnosticsFormatNames) {
    const format = diagnosticFormats[name];
    expect(format(findings.toReversed(), reviewsTree, settings)).toBe(format(findings, reviewsTree, settings));
  }
});
