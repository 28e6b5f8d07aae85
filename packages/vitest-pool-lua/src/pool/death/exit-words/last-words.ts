/**
 * What a process says on stderr of its own end: V8, Node.js, the C library and Lua each have their words.
 *
 * The last line that says so counts: a test may have printed the like before.
 */
const LONGEST = 160

/** From the most to the least that is known. What is in parentheses in a pattern is quoted. */
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/FATAL ERROR: .*JavaScript heap out of memory/, "V8's heap limit: JavaScript ran out of memory"],
  [/(FATAL ERROR: .*out of memory.*)/, 'V8 could get no more memory'],
  [/# (Fatal process (?:out of memory|OOM).*)/, 'V8 could get no more memory'],
  [/(PANIC: unprotected error in call to Lua API.*)/, 'an error of Lua outside of every protected call'],
  [/(terminate called .*)/, 'an exception of C++ that nothing caught'],
  [/(libc\+\+abi: .*)/, 'an exception of C++ that nothing caught'],
  [
    /^((?:double free|free\(\)|malloc\(|realloc\(|munmap_chunk\(|corrupted |malloc: ).*)/,
    'its heap of native memory was corrupt',
  ],
  [/(\*\*\* stack smashing detected.*)/, 'native code overran its stack'],
  [/(Assertion .*failed.*)/, 'an assertion of native code failed'],
  [/(# Check failed: .*)/, 'a check of V8 failed'],
  [/(FATAL ERROR: .*)/, 'Node.js or V8 gave up'],
]

/** @param stderrTail the end of what it printed */
export function lastWords(stderrTail: string): string | undefined {
  for (const line of stderrTail.split(/\r?\n/).toReversed()) {
    const words = wordsOf(line)
    if (words !== undefined) return words
  }
  return undefined
}

function wordsOf(line: string): string | undefined {
  for (const [pattern, meaning] of KNOWN) {
    const found = pattern.exec(line)
    if (found !== null) return found[1] === undefined ? meaning : `${meaning}: "${shortened(found[1])}"`
  }
  return undefined
}

function shortened(text: string): string {
  const line = text.trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 3)}...` : line
}
