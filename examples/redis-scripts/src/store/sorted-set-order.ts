/** The order of a sorted set, and the intervals that commands cut out of it. */
import { RedisError } from '../redis-reply.ts'
import { parseFloatOr } from './numbers.ts'

export type Member = readonly [member: string, score: number]

/** By score, then by the bytes of the member. */
export function inOrder(zset: ReadonlyMap<string, number>): Member[] {
  return [...zset].toSorted((a, b) => compareScores(a[1], b[1]) || compareBytes(a[0], b[0]))
}

/** `5`, `(5` (without 5), `-inf`, `+inf`. */
export function byScore(min: string, max: string): (member: Member) => boolean {
  const [low, high] = [scoreBound(min), scoreBound(max)]
  return ([, score]) =>
    (low.open ? score > low.score : score >= low.score) &&
    (high.open ? score < high.score : score <= high.score)
}

/** `[a`, `(a` (without a), `-`, `+`. */
export function byLex(min: string, max: string): (member: Member) => boolean {
  const [above, below] = [lexBound(min), lexBound(max)]
  return ([member]) => above(member, 1) && below(member, -1)
}

function scoreBound(text: string): { open: boolean; score: number } {
  const open = text.startsWith('(')
  return { open, score: parseFloatOr(open ? text.slice(1) : text, badBound) }
}

const badBound = (): RedisError => new RedisError('ERR min or max is not a float')

/** Whether a member lies on the given side (1: above, -1: below) of a bound. */
function lexBound(text: string): (member: string, side: 1 | -1) => boolean {
  if (text === '-') return (_, side) => side === 1
  if (text === '+') return (_, side) => side === -1
  const [kind, value] = [text[0], text.slice(1)]
  if (kind !== '[' && kind !== '(') throw new RedisError('ERR min or max not valid string range item')
  return (member, side) => {
    const difference = compareBytes(member, value) * side
    return kind === '[' ? difference >= 0 : difference > 0
  }
}

// Two infinities differ by NaN: compare, do not subtract.
const compareScores = (a: number, b: number): number => (a < b ? -1 : Number(a > b))

const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
