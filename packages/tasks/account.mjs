/**
 * A Vitest reporter that writes down for `npm test` how the tests of a suite ended: in the file that the variable
 * SUITE_ACCOUNT names, as `Account`.
 *
 * When the suite is told to end (SIGTERM) because it takes too long, it says which files were running, and ends their
 * workers with it: one that is blocked would go on for ever.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], unsteady: string[] }} Account
 * `failures` name what failed, each with its first error; `unsteady` are tests that passed when they were tried again.
 */
import { writeFileSync } from 'node:fs'
import treeKill from 'tree-kill'

export default class AccountReporter {
  #running = new Set()

  onInit() {
    process.once('SIGTERM', () => {
      console.error(`\ntakes too long; these files were running: ${[...this.#running].join(', ')}`)
      treeKill(process.pid, 'SIGKILL')
    })
  }

  onTestModuleQueued({ relativeModuleId }) {
    this.#running.add(relativeModuleId)
  }

  onTestModuleEnd({ relativeModuleId }) {
    this.#running.delete(relativeModuleId)
  }

  onTestRunEnd(modules, errors) {
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const inState = state => tests.filter(test => test.result().state === state)
    const files = modules.filter(module => module.errors().length > 0)
    const account = {
      passed: inState('passed').length,
      failed: inState('failed').length + files.length + errors.length,
      skipped: inState('skipped').length,
      failures: [
        ...inState('failed').map(test => `${nameOf(test)}: ${firstLine(test.result().errors[0])}`),
        ...files.map(module => `${module.relativeModuleId}: ${firstLine(module.errors()[0])}`),
        ...errors.map(error => `outside of the tests: ${firstLine(error)}`),
      ],
      unsteady: tests.filter(test => test.diagnostic()?.flaky).map(nameOf),
    }
    writeFileSync(process.env.SUITE_ACCOUNT, JSON.stringify(account))
  }
}

function nameOf(test) {
  return `${test.module.relativeModuleId} > ${test.fullName}`
}

function firstLine({ message }) {
  return String(message).split('\n', 1)[0]
}
