import qrcode from 'qrcode-generator';
import { useMemo } from 'react';

/** Modules around the code that must stay white for scanners to find it (ISO/IEC 18004). */
const quiet = 4;

/** Drawn here and by nobody else's service: it holds the key of the second factor. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { side, path } = useMemo(() => draw(text), [text]);
  return (
    <svg className="t-qr" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges">
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function draw(text: string): { readonly side: number; readonly path: string } {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = '';
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`;
    }
  }
  return { side: count + 2 * quiet, path };
}
