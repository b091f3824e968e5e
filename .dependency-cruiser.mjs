/** What each folder of src/ may import beside itself: always downwards, never a sibling. */
const house = {
  profile: [],
  sample: ['profile'],
  sensor: ['sample', 'profile'],
  sink: ['sample'],
  noble: ['sensor', 'profile'],
  simulator: ['sensor', 'profile'],
  kinesis: ['sink', 'sample'],
  firehose: ['sink', 'sample'],
  file: ['sink', 'sample'],
  lambda: ['sample'],
  local: ['sample', 'sink', 'lambda'],
  cli: ['local', 'simulator', 'sensor', 'sink', 'sample'],
};
const core = ['profile', 'sample', 'sensor', 'sink'];

/** The packages that only one folder may load, so that one user's install never carries another's. */
const owners = {
  '@aws-sdk/client-kinesis': 'kinesis',
  '@aws-sdk/client-firehose': 'firehose',
  '@opensearch-project/opensearch': 'lambda',
  '@duckdb/node-api': 'local',
  commander: 'cli',
};

const layers = Object.entries(house).map(([folder, allowed]) => ({
  name: `${folder}-imports-downwards`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(errors\\.ts|(${[folder, ...allowed].join('|')})/)` },
}));

const packages = Object.entries(owners).map(([name, folder]) => ({
  name: `only-${folder}-loads-${name.replaceAll(/\W+/g, '-')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/${folder}/` },
  to: { path: `node_modules/${name}/` },
}));

export default {
  forbidden: [
    ...layers,
    ...packages,
    {
      name: 'errors-import-nothing',
      severity: 'error',
      from: { path: '^src/errors\\.ts$' },
      to: { path: '.' },
    },
    {
      name: 'core-imports-only-rxjs',
      severity: 'error',
      comment: 'The core also runs in browsers.',
      from: { path: `^src/(index\\.ts|(${core.join('|')})/)` },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'core'], pathNot: 'node_modules/rxjs/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
