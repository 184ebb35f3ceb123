/** What reports and archives say made them. The version is that of package.json; a test holds the two together. */
export const product = { name: 'Travaso', version: '0.1.0' } as const;
