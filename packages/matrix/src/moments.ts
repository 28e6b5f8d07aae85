/** When in the life of a test file its process dies. The names are those that fixtures/project/cell.ts knows. */

export interface Moment {
  readonly name: string
  /** How a sentence has it. */
  readonly words: string
  readonly where: Where
}

export type Where =
  | { readonly phase: 'import' }
  /** Of which suite; '' is the file. */
  | { readonly phase: 'hook of a suite'; readonly hook: 'beforeAll' | 'afterAll'; readonly suite: string }
  | { readonly phase: 'hook of a test'; readonly hook: 'beforeEach' | 'afterEach'; readonly test: string }
  /** Who dies, and which run beside it, all in the order in which they begin. */
  | { readonly phase: 'test'; readonly dying: string; readonly running: readonly string[] }
  /** By a timer that was left behind. It may come too late: the worker ends as soon as it can. */
  | { readonly phase: 'after'; readonly delay: number }
  /** The worker is being ended. */
  | { readonly phase: 'ending'; readonly by: '__gc' | 'teardown' | 'signal' }

const MIDDLE = ['middle > one', 'middle > two', 'middle > three']
const TOGETHER = ['together > one', 'together > two', 'together > three']

/** Of the file that dies, in the order in which they run. */
export const TESTS: readonly string[] = ['first', ...MIDDLE, ...TOGETHER, 'last']

export const MOMENTS: readonly Moment[] = [
  { name: 'import', words: 'while the file is imported', where: { phase: 'import' } },
  inSuite('beforeAll', 'beforeAll', 'middle'),
  inHook('beforeEach', 'middle > two'),
  inTest('the first test', 'first'),
  inTest('the middle test', 'middle > two'),
  {
    name: 'concurrent tests',
    words: 'in one of three concurrent tests',
    where: { phase: 'test', dying: 'together > two', running: TOGETHER },
  },
  inTest('the last test', 'last'),
  inHook('afterEach', 'middle > two'),
  inSuite('afterAll', 'afterAll', 'middle'),
  inSuite("the file's afterAll", 'afterAll', ''),
  after(0, 'the last test'),
  after(30, 'the last test'),
  after(0, 'the last hook'),
  after(30, 'the last hook'),
  ending('__gc', 'in __gc when the state is closed', '__gc'),
  ending('teardown', 'when the environment is torn down', 'teardown'),
  ending('SIGTERM', 'in a handler of SIGTERM', 'signal'),
  ending('an exit handler', 'in an exit handler', 'signal'),
]

function inTest(name: string, test: string): Moment {
  return { name, words: `in ${name}`, where: { phase: 'test', dying: test, running: [test] } }
}

function inHook(hook: 'beforeEach' | 'afterEach', test: string): Moment {
  return { name: hook, words: `in ${hook}`, where: { phase: 'hook of a test', hook, test } }
}

function inSuite(name: string, hook: 'beforeAll' | 'afterAll', suite: string): Moment {
  return { name, words: `in ${name}`, where: { phase: 'hook of a suite', hook, suite } }
}

function after(delay: number, what: string): Moment {
  const name = `${delay} ms after ${what}`
  return { name, words: name, where: { phase: 'after', delay } }
}

function ending(name: string, words: string, by: '__gc' | 'teardown' | 'signal'): Moment {
  return { name, words, where: { phase: 'ending', by } }
}
