/** The whole table, topic by topic. */
import type { Topic } from './row.ts'
import { numbers } from './topics/numbers.ts'
import { objects } from './topics/objects.ts'
import { plainData } from './topics/plain-data.ts'
import { resultsAndVarargs } from './topics/results-and-varargs.ts'
import { strings } from './topics/strings.ts'
import { tables } from './topics/tables.ts'
import { valuesIntoLua } from './topics/values-into-lua.ts'
import { valuesOutOfLua } from './topics/values-out-of-lua.ts'

export const topics: readonly Topic[] = [
  numbers,
  strings,
  valuesIntoLua,
  valuesOutOfLua,
  plainData,
  objects,
  tables,
  resultsAndVarargs,
]
