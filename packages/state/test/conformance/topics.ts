/** The whole table, topic by topic. */
import type { Topic } from './row.ts'
import { asyncChunks } from './topics/async.ts'
import { closing } from './topics/closing.ts'
import { coroutines } from './topics/coroutines.ts'
import { errorPlaces } from './topics/error-places.ts'
import { errors } from './topics/errors.ts'
import { errorsOfJs } from './topics/errors-of-js.ts'
import { garbage } from './topics/garbage.ts'
import { libraries } from './topics/libraries.ts'
import { libraryVersions } from './topics/library-versions.ts'
import { limits } from './topics/limits.ts'
import { memory } from './topics/memory.ts'
import { metatables } from './topics/metatables.ts'
import { modules } from './topics/modules.ts'
import { numbers } from './topics/numbers.ts'
import { objects } from './topics/objects.ts'
import { options } from './topics/options.ts'
import { plainData } from './topics/plain-data.ts'
import { reEntrancy } from './topics/re-entrancy.ts'
import { resultsAndVarargs } from './topics/results-and-varargs.ts'
import { strings } from './topics/strings.ts'
import { tables } from './topics/tables.ts'
import { unkindCode } from './topics/unkind-code.ts'
import { valuesIntoLua } from './topics/values-into-lua.ts'
import { valuesOutOfLua } from './topics/values-out-of-lua.ts'
import { versions } from './topics/versions.ts'

export const topics: readonly Topic[] = [
  numbers,
  strings,
  valuesIntoLua,
  valuesOutOfLua,
  plainData,
  objects,
  tables,
  resultsAndVarargs,
  metatables,
  garbage,
  coroutines,
  asyncChunks,
  errors,
  errorsOfJs,
  errorPlaces,
  reEntrancy,
  closing,
  limits,
  memory,
  unkindCode,
  modules,
  libraries,
  options,
  versions,
  libraryVersions,
]
