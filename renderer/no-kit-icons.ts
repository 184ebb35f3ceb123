/**
 * Stands in for the kit's table of icons, which would add a file to the product for each of its 250 and fetch the one
 * wanted when it is shown. `ui/icon.tsx` draws from the design system's sprite instead.
 */
export const allIcons: readonly string[] = [];

export function isBundledIcon(): boolean {
  return false;
}

export function loadIcon(): Promise<never> {
  return Promise.reject(new Error('icons come from the sprite'));
}
