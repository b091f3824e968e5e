import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { build as buildWithVite } from 'vite';

/** Whether it is another package than ours, all of whose parts do nothing until they are called. */
const isOther = (name: string) => !/^(\.|\/|[A-Za-z]:|liveheartrate\b)/.test(name);

const leavingOthersOut: Plugin = {
  name: 'leaving others out',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^/ }, ({ path, kind }) =>
      kind !== 'entry-point' && isOther(path) ? { path, external: true, sideEffects: false } : undefined,
    ),
};

/** What esbuild makes of a program, minified: what is loaded with it, and not what it may load later. */
export async function bundleByEsbuild(program: string, folder: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: folder, sourcefile: 'program.js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    minify: true,
    splitting: true,
    outdir: folder,
    absWorkingDir: folder,
    plugins: [leavingOthersOut],
    logLevel: 'silent',
    metafile: true,
    write: false,
  });
  const loaded = new Set<string>();
  const load = (path: string) => {
    loaded.add(path);
    for (const { path: next, kind, external } of metafile.outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !external && !loaded.has(next)) load(next);
  };
  load('stdin.js');
  const files = outputFiles.filter(({ path }) => [...loaded].some((name) => path === join(folder, name)));
  return files.map(({ text }) => text).join('');
}

/** What Vite, which is Rolldown, makes of it. */
export async function bundleByVite(program: string, folder: string): Promise<string> {
  const entry = join(folder, 'program.js');
  const built = await buildWithVite({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => (id === entry ? program : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: { entry, formats: ['es'] },
      rolldownOptions: { external: isOther, treeshake: { moduleSideEffects: 'no-external' } },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('Vite has built nothing.');
  const chunks = output.output.flatMap((file) => (file.type === 'chunk' && file.isEntry ? [file.code] : []));
  return chunks.join('');
}
