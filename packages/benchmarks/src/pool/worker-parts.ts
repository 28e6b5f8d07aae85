/**
 * Parts of a worker that no surface of the package has, each bundled into one file as the worker itself is: what is
 * measured is what is shipped.
 *
 *     await bundleParts()
 *     const { openJournal } = await loadPart<JournalPart>('journal')
 */
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const SOURCES = fileURLToPath(new URL('../../../vitest-pool-lua/src/', import.meta.url))
/** In this package, where the packages are found that are not bundled. */
const FOLDER = fileURLToPath(new URL('../worker-parts/', import.meta.url))

const BASE = ['guards/engines', 'guards/current-test', 'guards/engine', 'guards/replacing-builtins']
const ENGINES = ['guards/engines/track', 'guards/released/guard']
const PROCESSES = ['guards/processes/guard']

const PARTS = {
  journal: ['worker/journal'],
  // What a worker has without any of these guards, and with them.
  bare: BASE,
  engines: [...BASE, ...ENGINES],
  processes: [...BASE, ...PROCESSES],
  all: [...BASE, ...ENGINES, ...PROCESSES],
}

export type PartName = keyof typeof PARTS

export async function bundleParts(): Promise<void> {
  for (const name of Object.keys(PARTS) as PartName[]) await bundlePart(name)
}

export async function loadPart<T>(name: PartName): Promise<T> {
  return (await import(pathToFileURL(join(FOLDER, `${name}.js`)).href)) as T
}

async function bundlePart(name: PartName): Promise<void> {
  const entry = `\0${name}`
  const source = PARTS[name].map(path => `export * from ${JSON.stringify(join(SOURCES, `${path}.ts`))}`)
  const bundle = await rolldown({
    input: { [name]: entry },
    // As in the worker's own bundle: packages stay outside, but for the sweep.
    external: id => /^[a-z@]/.test(id) && id !== '@vitest-pool-lua/sweep',
    resolve: { conditionNames: ['dev'] },
    platform: 'node',
    plugins: [
      {
        name: 'part',
        resolveId: id => (id === entry ? id : undefined),
        load: id => (id === entry ? source.join('\n') : undefined),
      },
    ],
  })
  await bundle.write({ dir: FOLDER })
}
