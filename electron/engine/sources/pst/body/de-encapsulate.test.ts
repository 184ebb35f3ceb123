import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deEncapsulate } from './de-encapsulate.ts';

function take(rtf: string, codePage?: number): { readonly origin: string; readonly text: string } {
  return deEncapsulate(Buffer.from(rtf, 'latin1'), codePage);
}

test('HTML comes back out of RTF: tags from HTMLTAG, text from between, nothing that is for RTF only', () => {
  const rtf = String.raw`{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0
{\fonttbl {\f0\fmodern Courier New;}{\f1\fswiss Arial;}{\f2\fswiss\fcharset0 Arial;}}
{\colortbl\red0\green0\blue0;\red0\green0\blue255;}
{\*\htmltag64}
\uc1\pard\plain\deftab360 \f0\fs24
{\*\htmltag <HTML><head>\par
<style>\par
<!--\par
/* Style Definitions */\par
p.MsoNormal, li.MsoNormal \{font-family:Arial;\}\par
-->\par
</style>\par
\tab <!-- This is a HTML comment.\par
There is a horizontal tab (%x09) character before the comment, \par
and some new line inside the comment. -->\par
</head>\par
<body>\par
<p\par
class="MsoNormal">}
{\htmlrtf \f1 \htmlrtf0 Note the line break inside a P tag. {\*\htmltag <b>}{\htmlrtf \b \htmlrtf0 This is a bold text{\*\htmltag </b>}} \htmlrtf\par\htmlrtf0}
\htmlrtf \par \htmlrtf0
{\*\htmltag </p>\par
<p class="MsoNormal">\par}
{\htmlrtf \f1 \htmlrtf0 This is a normal text with a character references:
{\*\htmltag &nbsp;}\htmlrtf \'a0\htmlrtf0  {\*\htmltag &lt;}\htmlrtf <\htmlrtf0  {\*\htmltag &uml;}\htmlrtf {\f2\'a8}\htmlrtf0{\*\htmltag <br>\par}\htmlrtf\line\htmlrtf0
characters which have special meaning in RTF: \{\}\\{\*\htmltag <br>\par}\htmlrtf\line\htmlrtf0\htmlrtf\par\htmlrtf0}
{\*\htmltag </p>\par
</body>\par
</HTML>\par }}`;
  // The example of [MS-OXRTFEX] section 4.1.
  expect(take(rtf)).toEqual({
    origin: 'html',
    text: [
      '<HTML><head>',
      '<style>',
      '<!--',
      '/* Style Definitions */',
      'p.MsoNormal, li.MsoNormal {font-family:Arial;}',
      '-->',
      '</style>',
      '\t<!-- This is a HTML comment.',
      'There is a horizontal tab (%x09) character before the comment, ',
      'and some new line inside the comment. -->',
      '</head>',
      '<body>',
      '<p',
      'class="MsoNormal">Note the line break inside a P tag. <b>This is a bold text</b> </p>',
      '<p class="MsoNormal">',
      'This is a normal text with a character references:&nbsp; &lt; &uml;<br>',
      'characters which have special meaning in RTF: {}\\<br>',
      '</p>',
      '</body>',
      '</HTML>',
      '',
    ].join('\r\n'),
  });
});

test('text is decoded by the font it stands in, across several octets', () => {
  const rtf =
    String.raw`{\rtf1\ansi\ansicpg1252\fromtext{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}{\f2\fcharset204 C;}}` +
    String.raw`\f0 caf\'e9 \f1\'82\'b1\'82\'f1 \f2\'cf\'f0\par}`;
  expect(take(rtf)).toEqual({ origin: 'text', text: 'café こん Пр\r\n' });
});

test('Unicode characters replace their stand-ins, however many there are', () => {
  expect(
    take(String.raw`{\rtf1\ansi\fromtext\uc2 \u20320\'c4\'e3\u22909\'ba\'c3 {\uc0\u-10179\u-8704} {\uc1\u8364?}}`).text,
  ).toBe('你好 😀 €');
});

test('RTF of its own gives its text without pictures, tables of fonts or hidden destinations', () => {
  const rtf = String.raw`{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator Word;}{\info{\title T}}{\pict\pngblip 89504e47}Uno\par Due\cell Tre\row\ldblquote q\rdblquote}`;
  expect(take(rtf)).toEqual({ origin: 'rtf', text: 'Uno\r\nDue\tTre\r\n“q”' });
});

test('binary data is passed over, not read as text', () => {
  expect(take(String.raw`{\rtf1 a{\pict\bin5 }}}}}z}b}`).text).toBe('ab');
});

test('any octets either read or are named as damage, and end', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '{',
          '}',
          '\\',
          '\\*',
          '\\u9',
          '\\uc3',
          "\\'8",
          "\\'e9",
          'x',
          '\\htmltag',
          '\\htmlrtf',
          '\\bin9',
          ' ',
        ),
        {
          maxLength: 200,
        },
      ),
      parts => {
        expect(typeof take(`{\\rtf1\\fromhtml1 ${parts.join('')}`).text).toBe('string');
      },
    ),
    { seed: 3, numRuns: 300 },
  );
  expect(() => take('{'.repeat(20))).toThrow('rtf-malformed');
  expect(() => take(`{\\rtf1 ${'{'.repeat(20_000)}`)).toThrow('rtf-malformed');
});
