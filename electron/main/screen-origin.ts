/** Where the window's screens live. A scheme of our own, because `file://` would reach every file of the computer. */
export const screenScheme = 'app';
export const screenOrigin = `${screenScheme}://travaso`;
export const screenUrl = `${screenOrigin}/index.html`;
