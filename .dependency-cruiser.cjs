// Imports go down only. Each layer may import the layers listed after it, never those before it.
const layers = [
  ['main.ts'],
  ['faces'],
  ['operations'],
  ['demo'],
  ['worst-day'],
  ['drills', 'recovery', 'protection', 'procedures'],
  ['evidence'],
  ['execution'],
  ['gates', 'runbooks', 'targets', 'checks', 'engines'],
  ['effects'],
  ['audit'],
  ['store'],
  ['process'],
  ['config'],
  ['errors'],
  ['lib'],
];

const path = (names) =>
  `^src/(${names.map((name) => (name.endsWith('.ts') ? `${name.replace('.', '\\.')}$` : `${name}/`)).join('|')})`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layers.slice(1).map((layer, index) => ({
      name: `${layer[0]}-imports-down`,
      comment: `${layer.join(', ')} may not import what stands above`,
      severity: 'error',
      from: { path: path(layer), pathNot: '\\.test\\.ts$' },
      to: { path: path(layers.slice(0, index + 1).flat()) },
    })),
    {
      name: 'engines-do-not-know-each-other',
      comment: 'A concrete engine is named only in engines/api.ts',
      severity: 'error',
      from: { path: '^src/engines/([^/]+)/.+', pathNot: '\\.test\\.ts$' },
      to: { path: '^src/engines/([^/]+)/.+', pathNot: '^src/engines/$1/' },
    },
    {
      name: 'engines-are-reached-through-api',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/engines/', '\\.test\\.ts$'] },
      to: { path: '^src/engines/[^/]+/.+' },
    },
    {
      name: 'no-test-in-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^test/|\\.test\\.ts$' },
    },
  ],
  options: {
    // TypeScript 7 has no programming interface for dependency-cruiser; without this it would read no file and pass.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
