/**
 * Colours of Bootstrap Italia, all at 4.5:1 or better on their ground. No font is loaded: the file has to look the
 * same on a computer that never heard of us, so Titillium Web is used where it is installed and nothing is missed
 * where it is not.
 */
export const reportStyle = `
:root {
  --ink: #17324d; --quiet: #455a75; --line: #c5c7c9; --band: #f2f5f8; --blue: #0066cc;
  --good: #006b48; --warn: #8a5300; --halt: #b01c38;
  color-scheme: light;
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem; max-width: 62rem; background: #fff; color: var(--ink);
  font: 1rem/1.5 "Titillium Web", "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
}
header { border-bottom: .25rem solid var(--blue); margin-bottom: 1.5rem; padding-bottom: .5rem; }
.product { margin: 0; color: var(--blue); font-weight: 600; }
h1 { margin: 0; font-size: 2rem; line-height: 1.25; }
h2 { margin: 2.25rem 0 .5rem; font-size: 1.375rem; line-height: 1.3; }
h3 { margin: 0; font-size: 1.125rem; line-height: 1.4; }
p { margin: .25rem 0; }
a { color: #0059b3; }
bdi { overflow-wrap: anywhere; }
code { font: .875em "Roboto Mono", Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.command { display: block; margin: .25rem 0; padding: .375rem .625rem; background: var(--band); }
.commands { margin: .5rem 0; padding-left: 1.25rem; }
.commands li { margin-bottom: .5rem; }
.seal { margin-top: .75rem; padding: .625rem .875rem; border: 1px solid var(--line); }

.outcome { padding: 1rem 1.25rem; border: 1px solid var(--line); border-left: .5rem solid var(--tone); }
.outcome.complete { --tone: var(--good); }
.outcome.partial { --tone: var(--warn); }
.outcome.incomplete { --tone: var(--halt); }
.verdict { color: var(--tone); font-weight: 700; font-size: 1.125rem; }
.sentence { font-size: 1.25rem; line-height: 1.4; margin-bottom: .5rem; }

dl { margin: 0; }
.facts div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .25rem 0; border-bottom: 1px solid var(--line); }
.facts dt { flex: 0 0 11rem; color: var(--quiet); }
.facts dd { flex: 1 1 14rem; margin: 0; }

.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; }
caption { padding: .25rem 0; color: var(--quiet); text-align: left; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--band); border-bottom: 2px solid var(--quiet); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 600; min-width: 9rem; }
tfoot th, tfoot td { border-top: 2px solid var(--quiet); border-bottom: 0; font-weight: 700; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.role { color: var(--quiet); font-weight: 400; white-space: nowrap; }
.role::before { content: "· "; }
.left-out th, .left-out td { color: var(--quiet); font-weight: 400; }
.differences { margin: .25rem 0 0; padding-left: 1rem; font-weight: 400; font-size: .9375em; }
.code { white-space: nowrap; }

.exception { margin: .75rem 0 1.5rem; padding-left: 1rem; border-left: .25rem solid var(--line); }
.when { color: var(--quiet); }
.where { margin-bottom: .5rem; }
.advice { margin: .5rem 0; }
.advice div { margin: .375rem 0; }
.advice dt { font-weight: 600; }
.advice dd { margin: 0; }
.exception table { font-size: .9375rem; }
.detail { display: block; color: var(--quiet); font-size: .9375em; }
.exception td:last-child { width: 42%; min-width: 14rem; }
.exception td:nth-child(3) { white-space: nowrap; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--quiet); }

@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
@media print {
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  h1 { font-size: 18pt; }
  h2 { font-size: 13pt; margin-top: 1.5rem; }
  h3 { font-size: 11pt; }
  .sentence { font-size: 12pt; }
  h2, h3, caption, thead, .when, .where { break-after: avoid; }
  tr, .outcome, .advice div, .seal, .commands li { break-inside: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  .scroll { overflow: visible; }
  tbody tr:first-child { break-before: avoid; }
  a { color: inherit; }
  .outcome, thead th, .command { print-color-adjust: exact; }
}
@media (forced-colors: active) { .outcome { border-left-color: CanvasText; } }
`;
