import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The design's nevers, each with its reason in the message. */
const nevers = {
  shared: [
    {
      group: ['node:*', 'electron', 'react', 'react-dom'],
      message: 'shared is pure TypeScript: it runs in the engine and in the renderer alike.',
    },
    { group: ['**/electron/**', '**/renderer/**', '**/e2e/**'], message: 'Arrows point to shared, never out of it.' },
  ],
  engine: [
    {
      group: ['electron', 'electron/*', 'react', 'react-dom'],
      message: 'The engine runs under three hosts; one that imports Electron or the DOM runs under one.',
    },
    {
      group: ['**/main/**', '**/renderer/**', '**/hosts/**', '**/e2e/**'],
      message: 'The engine knows nobody above it: hosts hand it ports, it hands back data.',
    },
  ],
  hosts: [
    {
      group: ['**/renderer/**', '**/e2e/**'],
      message: 'A host carries the engine; screens and test rigs are not its business.',
    },
  ],
  main: [
    {
      group: ['**/engine/**', '**/renderer/**', '**/e2e/**'],
      message: 'The main process parses no mail and runs no job: it talks to the worker by messages only.',
    },
  ],
  renderer: [
    {
      group: ['node:*', 'electron', 'electron/*'],
      message: 'The renderer shows hostile mail: it has no Node and no Electron to misuse.',
    },
    { group: ['**/electron/**', '**/e2e/**'], message: 'The renderer reaches the engine through the contract only.' },
  ],
};
const room = (files, patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });

export default tseslint.config(
  { ignores: ['node_modules', '.types', 'dist', 'artifacts'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a name that can be searched for.' },
        {
          selector:
            "BinaryExpression[operator=/^(===|!==|==|!=)$/] > MemberExpression[property.name='message'][object.name=/^(e|err|error|cause)$/]",
          message: 'Nobody decides by error.message: errors cross as data, with a code (design, never 5).',
        },
        {
          selector:
            "CallExpression[callee.property.name=/^(includes|match|test|startsWith|indexOf)$/] > MemberExpression[property.name='message'][object.name=/^(e|err|error|cause)$/]",
          message: 'Nobody parses error.message: errors cross as data, with a code (design, never 5).',
        },
        {
          selector: "CallExpression[callee.object.name=/^(e|err|error|cause)$/][callee.property.name='message']",
          message: 'Nobody parses error.message: errors cross as data, with a code (design, never 5).',
        },
      ],
    },
  },
  room(['shared/**/*.ts'], nevers.shared),
  room(['electron/engine/**/*.ts'], nevers.engine),
  room(['electron/hosts/**/*.ts'], nevers.hosts),
  room(['electron/main/**/*.ts', 'electron/preload.ts'], nevers.main),
  room(['renderer/**/*.{ts,tsx}'], nevers.renderer),
  {
    files: ['*.config.{js,ts}', '**/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['electron/engine/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'The engine has no process of its own: the host passes what it needs as a port.' },
        { name: 'console', message: 'The engine reports facts through its Log port; the host decides where they go.' },
        { name: 'window', message: 'No DOM in the engine.' },
        { name: 'document', message: 'No DOM in the engine.' },
      ],
    },
  },
  {
    files: ['build/scripts/**/*.mjs', '*.config.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
