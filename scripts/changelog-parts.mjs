/** The parts of a changelog (keepachangelog.com): `## [0.1.0] - 2026-11-25` and what stands beneath, newest first. */
export function partsOf(text) {
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      const [, name, date] = /^\[([^\]]+)\](?: - (.*))?$/.exec(heading.trim()) ?? [];
      return { name, date, text: lines.join('\n').trim() };
    });
}
