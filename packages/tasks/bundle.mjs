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
 * By package: the entries of each bundle, each as its path in src/ and dist/ without an ending. What the first one
 * loads at once comes in one piece.
 */
const bundles = {
  state: [
    ['index', 'branches/worker'],
    ['branches/parent-watch'],
    ['runtimes/native/watch/thread'],
    ['runtimes/wasmoon/watch/thread'],
  ],
  sweep: [['index'], ['reaper/main']],
  'vitest-pool-lua': [
    // The main process.
    ['index', 'reporter'],
    // A worker, and what tests import, which shares its guards. The first one turns on the compile cache, so that the
    // others come out of it.
    ['worker/entry', 'worker/worker', 'worker/in-runner', 'test'],
    ['cli/main'],
  ],
}

for (const name of published) await bundlePackage(name)

async function bundlePackage(name) {
  const folder = join(root, 'packages', name)
  const written = []
  for (const entries of bundles[name]) written.push(...(await bundle(folder, entries)))
  removeOthers(join(folder, 'dist'), new Set(written))
}

/** @returns the paths of its files in dist/ */
async function bundle(folder, entries) {
  const src = join(folder, 'src')
  const graph = staticGraph()
  const paths = entries.map(entry => join(src, `${entry}.ts`))
  const built = await rolldown({
    input: Object.fromEntries(entries.map((entry, index) => [entry, paths[index]])),
    // Packages stay where they are: a user's import must find the same instance.
    external: /^[^./]/,
    platform: 'node',
    transform: { target: 'es2023' },
    plugins: [ownPlaces(src), graph.plugin],
  })
  const shared = { name: 'shared', test: id => !paths.includes(id) && graph.loadedBy(paths[0]).has(id) }
  const { output } = await built.write({
    dir: join(folder, 'dist'),
    entryFileNames: '[name].js',
    chunkFileNames: chunk => chunkName(src, entries[0], chunk),
    codeSplitting: { groups: entries.length > 1 ? [shared] : [] },
  })
  return output.map(({ fileName }) => fileName)
}

/** What is loaded on demand keeps its path, below the folder of the first entry; what is shared lies beside that. */
function chunkName(src, first, { facadeModuleId }) {
  const path = facadeModuleId ? pathIn(src, facadeModuleId).replace(/\.ts$/, '') : 'shared/[name]'
  return `${posix.join(posix.dirname(first), path)}.js`
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
  return {
    name: 'own-places',
    transform(code, id) {
      const own = pathIn(src, id).replace(/\.ts$/, '.js')
      return code.replaceAll('import.meta.url', `new URL('${DIST}${own}', import.meta.url).href`)
    },
    renderChunk(code, { fileName }) {
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
