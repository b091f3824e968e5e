/**
 * The house plan. What each folder of src/ may import beside itself and errors.ts: folders below it and never a
 * sibling, packages, and Node.js. So one user's install never carries another's, and what has no `node` here also
 * runs in browsers.
 *
 * @type {Record<string, { folders?: string[], packages?: string[], node?: boolean }>}
 */
const house = {
  profile: {},
  sample: { folders: ['profile'] },
  sensor: { folders: ['sample', 'profile'], packages: ['rxjs'] },
  sink: { folders: ['sample'], packages: ['rxjs'] },
  simulator: { folders: ['sensor', 'profile'], packages: ['rxjs'] },
  // The forks of noble are loaded by name at the first scan, so they are no import that could be seen here.
  noble: { folders: ['sensor', 'profile'], packages: ['rxjs'] },
  'web-bluetooth': { folders: ['sensor', 'profile'], packages: ['rxjs'] },
  recording: { folders: ['sample', 'profile'], packages: ['rxjs'], node: true },
  kinesis: { folders: ['sink', 'sample'], packages: ['@aws-sdk/client-kinesis'] },
  firehose: { folders: ['sink', 'sample'], packages: ['@aws-sdk/client-firehose'] },
  file: { folders: ['sink', 'sample'], node: true },
  testing: { folders: ['sink', 'sample'], packages: ['rxjs'], node: true },
  opensearch: { folders: ['sample'], packages: ['@opensearch-project/opensearch'], node: true },
  lambda: {
    folders: ['opensearch', 'sample'],
    packages: ['@opensearch-project/opensearch', '@aws-lambda-powertools'],
    node: true,
  },
  serving: { folders: ['sample'] },
  local: {
    folders: ['sample', 'sink', 'opensearch', 'lambda'],
    packages: ['@duckdb/node-api', 'rxjs'],
    node: true,
  },
  dashboard: {
    folders: ['local', 'sink', 'sensor', 'sample'],
    packages: ['rxjs', 'ws', '@types/ws', 'prom-client', 'uplot'],
    node: true,
  },
  cli: {
    folders: [
      'dashboard',
      'local',
      'kinesis',
      'firehose',
      'file',
      'opensearch',
      'noble',
      'recording',
      'simulator',
      'sensor',
      'sink',
      'sample',
      'profile',
    ],
    packages: [
      ...['commander', 'rxjs', '@aws-sdk/client-athena', 'echarts', '@resvg/resvg-js'],
      // A Kinesis client for stand-ins, and what it is made of.
      ...['@aws-sdk/client-kinesis', '@smithy/node-http-handler'],
    ],
    node: true,
  },
};
const anyOf = (/** @type {string[]} */ words) => `(${words.join('|')})`;

const folderRules = Object.entries(house).flatMap(([name, { folders = [], packages = [], node = false }]) => [
  {
    name: `${name}-imports-folders-below`,
    severity: 'error',
    from: { path: `^src/${name}/` },
    to: { path: '^src/', pathNot: `^src/(errors\\.ts$|${anyOf([name, ...folders])}/)` },
  },
  {
    name: `${name}-imports-its-packages`,
    severity: 'error',
    from: { path: `^src/${name}/` },
    to: {
      pathNot: ['^src/', ...packages.map((its) => `node_modules/${its}/`)],
      ...(node && { dependencyTypesNot: ['core'] }),
    },
  },
]);

export default {
  forbidden: [
    ...folderRules,
    {
      name: 'index-imports-the-core',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { pathNot: `^src/(errors\\.ts$|${anyOf(['profile', 'sample', 'sensor', 'sink'])}/)` },
    },
    { name: 'errors-import-nothing', severity: 'error', from: { path: '^src/errors\\.ts$' }, to: {} },
    {
      name: 'nothing-outside-the-house-plan',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(index\\.ts$|errors\\.ts$|${anyOf(Object.keys(house))}/)` },
      to: {},
    },
    {
      name: 'constructs-are-made-of-their-parts',
      comment: 'What is private knows the props of the layers, and never a layer.',
      severity: 'error',
      from: { path: '^constructs/src/private/' },
      to: { path: '^constructs/src/[^/]+$', pathNot: '(props|archive-layout|index-rotation)\\.ts$' },
    },
    {
      name: 'sizing-knows-nothing-of-constructs',
      severity: 'error',
      from: { path: '^constructs/src/sizing/' },
      to: { path: '^constructs/src/', pathNot: '^constructs/src/sizing/' },
    },
    {
      name: 'constructs-import-the-cdk-alone',
      comment: 'What they take from the library is bundled beside the functions.',
      severity: 'error',
      from: { path: '^constructs/src/' },
      to: { pathNot: ['^constructs/(src|lib)/', 'node_modules/aws-cdk-lib/', '^(node:)?path$'] },
    },
    { name: 'imports-exist', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // What is built of the workspace, which has the name of a package that it imports.
    exclude: { path: '^constructs/lib/' },
    // Types too: a declaration file that names a package needs it installed as much as code does.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
