/**
 * npm run bench: runs the comparisons.
 *
 *     npm run bench                                   every suite
 *     npm run bench -- state                          one
 *     npm run bench -- state lua5.4 luajit --quick    a part of it, roughly
 *     npm run bench -- state --json figures.json      also as data
 *     npm run bench -- state --markdown figures.md    also as the table of the documentation
 *
 * A goal that is not met is told, and is no failure. It ends with 1 where a part could not be measured though
 * what it needs is installed.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { markdownTable } from './report/markdown.ts'
import type { Part } from './report/part.ts'
import { Report } from './report/report.ts'
import { suites } from './suites.ts'
import type { Suite } from './suite.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
})
const [name, ...parts] = positionals
const chosen = name === undefined ? [...suites] : [[name, suiteNamed(name)] as const]
const data: Record<string, readonly Part[]> = {}
for (const [suiteName, suite] of chosen) data[suiteName] = await run(suiteName, suite)
if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify(machineAnd(data), undefined, 2)}\n`)
if (values.markdown !== undefined) {
  writeFileSync(values.markdown, Object.values(data).map(markdownTable).join('\n'))
}
const failed = Object.values(data).some(all => all.some(part => part.status === 'failed'))
process.exitCode = failed ? 1 : 0

async function run(suiteName: string, suite: Suite): Promise<readonly Part[]> {
  const report = new Report(text => process.stdout.write(text), { rough: values.quick })
  report.note(`${suiteName}: ${suite.about}`)
  await suite.run({ parts: partsOf(suiteName, suite), quick: values.quick }, report)
  report.close()
  return report.parts
}

function suiteNamed(wanted: string): Suite {
  return (
    suites.get(wanted) ?? refuse(`There is no suite '${wanted}'. There is ${[...suites.keys()].join(', ')}.`)
  )
}

function partsOf(suiteName: string, suite: Suite): readonly string[] {
  const unknown = parts.filter(part => !suite.parts.includes(part))
  if (unknown.length === 0) return parts.length === 0 ? suite.parts : parts
  return refuse(
    `The suite '${suiteName}' has no part ${unknown.join(', ')}. It has ${suite.parts.join(', ')}.`,
  )
}

function refuse(message: string): never {
  console.error(message)
  process.exit(1)
}

function machineAnd(figures: typeof data): object {
  const { version, platform, arch } = process
  return { node: version, platform, arch, quick: values.quick, suites: figures }
}
