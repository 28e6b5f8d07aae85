/**
 * Writes into the journal which module is being evaluated, so that a death at import names it.
 * https://github.com/vitejs/vite/blob/v8.0.0/packages/vite/src/module-runner/types.ts (ModuleEvaluator)
 */
import type { Journal } from './journal.ts'
import { moduleName } from './module-name.ts'
import type { ModuleRunner } from './upstream.ts'

type Evaluate = (this: unknown, ...args: unknown[]) => unknown

interface Evaluator {
  /** Given the code's context first, and the module third. */
  runInlinedModule?: Evaluate
  /** Given the file's URL or path. */
  runExternalModule?: Evaluate
}

/** Where modules are not evaluated by Vite (`viteModuleRunner: false`) only the file's own import is known. */
export function journalImports(moduleRunner: ModuleRunner, journal: Journal, root: string): void {
  const evaluator = (moduleRunner as { evaluator?: Evaluator }).evaluator
  if (evaluator === undefined) return
  const name = (file: unknown): string => moduleName(root, String(file))
  wrap(evaluator, 'runInlinedModule', journal, (...args) =>
    name((args[2] as { file?: string } | undefined)?.file),
  )
  wrap(evaluator, 'runExternalModule', journal, file => name(file))
}

function wrap(
  evaluator: Evaluator,
  method: keyof Evaluator,
  { write }: Journal,
  nameOf: (...args: unknown[]) => string,
): void {
  const original = evaluator[method]
  if (original === undefined) return
  evaluator[method] = async function evaluate(this: unknown, ...args) {
    const module = nameOf(...args)
    write({ type: 'import-began', module })
    const evaluated = await original.apply(this, args)
    // Only what has been evaluated is over: one that threw is still what the file died of.
    write({ type: 'import-ended', module })
    return evaluated
  }
}
