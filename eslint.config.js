import tseslint from 'typescript-eslint';

/** The import law of the design: each folder may import the ones named here, and itself. */
const layers = {
  model: [],
  diagnostics: ['model'],
  input: ['model', 'diagnostics'],
  live: ['model', 'diagnostics'],
  nginx: ['model', 'diagnostics'],
  plan: ['model', 'diagnostics', 'nginx', 'annotations/define'],
  annotations: ['model', 'diagnostics', 'nginx', 'plan/intents'],
  targets: ['model', 'diagnostics', 'nginx', 'plan'],
  emit: ['model', 'diagnostics', 'targets/lowered', 'targets/profile'],
  validate: ['model', 'diagnostics', 'targets/profile'],
  verify: ['model', 'diagnostics', 'nginx'],
  render: ['model'],
  report: ['model', 'diagnostics'],
  probe: ['model', 'verify/outcome', 'verify/compare/locations', 'report/divergences', 'report/shell-quote', 'report/style', 'report/visible'],
  gate: ['model', 'diagnostics', 'report/define', 'report/failing', 'report/fingerprint'],
};

const folders = [...Object.keys(layers), 'cli'];

const importLaw = Object.entries(layers).map(([folder, allowed]) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: folders
          .filter((other) => other !== folder)
          .map((other) => {
            const exceptions = allowed.filter((name) => name === other || name.startsWith(`${other}/`));
            if (exceptions.includes(other)) return undefined;
            const only = exceptions.map((name) => name.slice(other.length + 1));
            return {
              regex: `^(\\.\\./)+${other}/${only.length > 0 ? `(?!(${only.join('|')})\\.ts$)` : ''}`,
              message: `${folder} must not import ${other} (see docs/adr/0001-import-law.md)`,
            };
          })
          .filter((entry) => entry !== undefined),
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.stryker-tmp/', 'src/validate/generated/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 20],
    },
  },
  ...importLaw,
);
