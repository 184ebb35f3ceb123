/** Functions of CSS that only calculate or draw. `url()`, `image-set()`, `src()`, `attr()` and what may come are none. */
const harmless = new Set(
  (
    'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix calc min max clamp linear-gradient radial-gradient ' +
    'repeating-linear-gradient repeating-radial-gradient translate translatex translatey scale rotate rect'
  ).split(' '),
);

/**
 * The declarations of a style that fetch nothing, as the browser read them: escapes and comments are gone by then. A
 * backslash or angle bracket that is still there has no business in the style of a mail.
 */
export function cleanDeclarations(style: CSSStyleDeclaration): string {
  return [...style]
    .filter(property => !property.startsWith('--'))
    .map(property => {
      const value = style.getPropertyValue(property);
      const important = style.getPropertyPriority(property) === '' ? '' : ' !important';
      return isHarmless(value) ? `${property}: ${value}${important};` : '';
    })
    .filter(declaration => declaration !== '')
    .join(' ');
}

function isHarmless(value: string): boolean {
  if (value === '' || /[\\<>{};]/.test(value)) return false;
  return [...value.matchAll(/([^\s(),]*)\(/g)].every(([, name = '']) => harmless.has(name.toLowerCase()));
}

/** The rules of a style sheet that fetch nothing. `Sheet` is that of the document the sheet is taken apart in. */
export function cleanSheet(text: string, Sheet: typeof CSSStyleSheet): string {
  const sheet = new Sheet();
  // Not even read: the browser would warn of it.
  sheet.replaceSync(text.replace(/@import\b[^;]*;?/gi, ''));
  return cleanRules(sheet.cssRules);
}

function cleanRules(rules: CSSRuleList): string {
  return [...rules]
    .map(rule => {
      // By their shape: the rules are of another document's classes.
      if ('selectorText' in rule && 'style' in rule) {
        const { selectorText, style } = rule as CSSStyleRule;
        return /[<\\]/.test(selectorText) ? '' : `${selectorText} { ${cleanDeclarations(style)} }`;
      }
      if ('media' in rule && 'cssRules' in rule) {
        const { media, cssRules } = rule as CSSMediaRule;
        return /[<\\]/.test(media.mediaText) ? '' : `@media ${media.mediaText} { ${cleanRules(cssRules)} }`;
      }
      // Fonts, imports, animations and all else: nothing that a mail is unreadable without.
      return '';
    })
    .filter(rule => rule !== '')
    .join('\n');
}
