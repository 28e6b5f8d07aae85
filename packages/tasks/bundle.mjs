/**
 * Bundles the published packages into their dist/, beside the types that tsc writes there. Every test file has a worker
 * that loads them anew, and Node takes ten times as long to find and link many small modules as to run them.
 *
 * What shares a bundle shares its modules: a process loads one bundle of a package, so that a register is there once.
 * Run by the workspace's own Node.js, after the installation.
 */
import { readdirSync, rmSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { rolldown } from 'rolldown'
import { published, root } from './workspace.mjs'

/**
 * By package. Each bundle has entries, each as its path in src/ and dist/ without an ending. What the first one loads at
 * once comes in one piece.
 */
const bundles = {
  state: [
    { entries: ['index', 'branches/worker'] },
    { entries: ['branches/parent-watch'] },
    { entries: ['runtimes/native/watch/thread'] },
    { entries: ['runtimes/wasmoon/watch/thread'] },
  ],
  sweep: [{ entries: ['index'] }, { entries: ['reaper/main'] }],
  'vitest-pool-lua': [
    // The main process.
    { entries: ['index', 'reporter'] },
    // A worker, and what tests import, which shares its guards. The first one turns on the compile cache, so that the
    // others come out of it. The sweep has no registers that anybody shares, and is half as much to load in here.
    {
      entries: ['worker/entry', 'worker/worker', 'worker/in-runner', 'test'],
      including: ['@vitest-pool-lua/sweep'],
      groups: [{ name: 'guards', minShareCount: 2 }],
    },
    { entries: ['cli/main'] },
  ],
}

for (const name of published) await bundlePackage(name)

async function bundlePackage(name) {
  const folder = join(root, 'packages', name)
  const written = []
  for (const wanted of bundles[name]) written.push(...(await bundle(folder, wanted)))
  removeOthers(join(folder, 'dist'), new Set(written))
}

/** @returns the paths of its files in dist/ */
async function bundle(folder, { entries, including = [], groups = [] }) {
  const src = join(folder, 'src')
  const graph = staticGraph()
  const paths = entries.map(entry => join(src, `${entry}.ts`))
  const built = await rolldown({
    input: Object.fromEntries(entries.map((entry, index) => [entry, paths[index]])),
    // Packages stay where they are, as a rule: a user's import must find the same instance.
    external: id => /^[^./]/.test(id) && !including.includes(id),
    // To the sources of packages of the workspace.
    resolve: { conditionNames: ['dev'] },
    platform: 'node',
    transform: { target: 'es2023' },
    plugins: [ownPlaces(src), graph.plugin],
  })
  const first = {
    name: 'shared',
    priority: 1,
    test: id => !paths.includes(id) && graph.loadedBy(paths[0]).has(id),
  }
  const { output } = await built.write({
    dir: join(folder, 'dist'),
    entryFileNames: '[name].js',
    chunkFileNames: chunk => chunkName(src, entries[0], chunk),
    codeSplitting: { groups: entries.length > 1 ? [first, ...groups] : [] },
  })
  return output.map(({ fileName }) => fileName)
}

/** What is loaded on demand keeps its path, below the folder of the first entry; what is shared lies beside that. */
function chunkName(src, first, { facadeModuleId }) {
  const path = facadeModuleId ? pathIn(src, facadeModuleId) : 'shared/[name].ts'
  // Of another package: ../../sweep/src/end/posix.ts
  const own = path.replace(/^(?:\.\.\/)+([^/]+)\/src\//, '$1/')
  return posix.join(posix.dirname(first), own.replace(/\.ts$/, '.js'))
}

/** Who imports whom, without what is imported on demand. */
function staticGraph() {
  const imports = new Map()
  const plugin = {
    name: 'static-graph',
    moduleParsed: ({ id, importedIds }) => void imports.set(id, importedIds),
  }
  const loadedBy = id => {
    const found = new Set([id])
    // A Set's iteration also comes to what is added while it goes on.
    for (const importer of found) for (const imported of imports.get(importer) ?? []) found.add(imported)
    return found
  }
  return { plugin, loadedBy }
}

/**
 * A module keeps its own address, in whatever file it ends: it finds other files by it. `import.meta.url` becomes the
 * URL that the module would have if it stood alone in dist/.
 */
function ownPlaces(src) {
  const DIST = 'the folder dist:'
  const ELSEWHERE = '__addressInAnotherPackage'
  return {
    name: 'own-places',
    transform(code, id) {
      const own = pathIn(src, id).replace(/\.ts$/, '.js')
      if (own.startsWith('../')) return code.replaceAll('import.meta.url', ELSEWHERE)
      return code.replaceAll('import.meta.url', `new URL('${DIST}${own}', import.meta.url).href`)
    },
    renderChunk(code, { fileName }) {
      if (code.includes(ELSEWHERE))
        throw new Error(`${fileName} has a module of another package that asks for its address`)
      return code.replaceAll(DIST, `${posix.relative(posix.dirname(fileName), '.') || '.'}/`)
    },
  }
}

function pathIn(folder, path) {
  return relative(folder, path).split(sep).join('/')
}

/** Those of an earlier build. */
function removeOthers(dist, written) {
  for (const path of readdirSync(dist, { recursive: true })) {
    if (path.endsWith('.js') && !written.has(path.split(sep).join('/'))) rmSync(join(dist, path))
  }
}
