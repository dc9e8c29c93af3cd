/** The look of the page: light and dark as the reader has it, and black on white on paper. */
export const styles = `
:root { color-scheme: light dark; --text: #1c2430; --dim: #5b6675; --line: #d8dee6; --page: #ffffff; --box: #f4f6f9;
  --created: #2e8b57; --updated: #2f6fc4; --unchanged: #b9c2cd; --current: #8f9bab; --rejected: #c8372d;
  --conflict: #d9902a; --failed: #8e2a6b; --unknown: #6a4fb3; --notReached: #dfe4ea; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6eaf0; --dim: #9aa6b5; --line: #38424f; --page: #14181d; --box: #1e242c;
    --created: #4cb27b; --updated: #6aa3f0; --unchanged: #4a5563; --current: #6d7988; --rejected: #ee6a5f;
    --conflict: #e8ab55; --failed: #d06aa9; --unknown: #a58df0; --notReached: #2c343e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 72rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; }
p { margin: .4rem 0; }
.dim { color: var(--dim); }
.verdict { font-weight: 600; }
.verdict.bad { color: var(--rejected); }
.verdict.warn { color: var(--conflict); }
.verdict.good { color: var(--created); }
.error { border-left: 4px solid var(--rejected); background: var(--box); padding: .6rem .9rem; margin: 1rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 1rem 0; }
dt { color: var(--dim); }
dd { margin: 0; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: 1.75rem; border-radius: 4px; }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.4rem; padding: 0; margin: .6rem 0 0; }
ul.legend b { font-variant-numeric: tabular-nums; }
.dot { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .45em; border: 1px solid var(--line); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--dim); font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td { overflow-wrap: anywhere; }
.place, .key { min-width: 5.5rem; overflow-wrap: break-word; }
.place { max-width: 18rem; }
.field { margin-right: .9rem; }
.value { background: var(--box); border-radius: 3px; padding: 0 .25em; }
.tip { color: var(--dim); }
.mark { white-space: nowrap; font-weight: 600; }
td > div + div { margin-top: .35rem; }
${['created', 'updated', 'unchanged', 'current', 'rejected', 'conflict', 'failed', 'unknown', 'notReached']
  .map(status => `.fill-${status} { fill: var(--${status}); background: var(--${status}); }`)
  .join('\n')}
.mark.rejected, .mark.failed { color: var(--rejected); } .mark.conflict, .mark.unknown { color: var(--conflict); }
.mark.created { color: var(--created); } .mark.updated { color: var(--updated); }
@media print {
  :root { color-scheme: light; --text: #000; --dim: #444; --line: #bbb; --page: #fff; --box: #f2f2f2;
    --created: #2e8b57; --updated: #2f6fc4; --unchanged: #b9c2cd; --current: #8f9bab; --rejected: #c8372d;
    --conflict: #d9902a; --failed: #8e2a6b; --unknown: #6a4fb3; --notReached: #dfe4ea; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  svg, .dot, .value { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr, .error { break-inside: avoid; }
  thead { display: table-header-group; }
  h2 { break-after: avoid; }
  .scroll { overflow: visible; }
}
`;
