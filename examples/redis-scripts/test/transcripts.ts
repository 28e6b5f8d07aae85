/** Commands, each with its reply: what the store must do and a real Redis does. */
import type { ClientReply, Redis } from '../src/redis.ts'

export interface Transcript {
  readonly title: string
  readonly lines: readonly (readonly [command: string, reply: ClientReply])[]
}

/** The same lines with what this Redis answers. */
export async function replay({ lines }: Transcript, redis: Redis): Promise<Transcript['lines']> {
  const answered: [string, ClientReply][] = []
  for (const [line] of lines) {
    const [command = '', ...args] = line.split(' ')
    answered.push([line, await redis.call(command, ...args)])
  }
  return answered
}

export const transcripts: readonly Transcript[] = [
  {
    title: 'strings, counters and how long they live',
    lines: [
      ['SET a 1', 'OK'],
      ['SET a 2 NX', null],
      ['SET b 2 XX', null],
      ['SET a 5 XX', 'OK'],
      ['INCR a', 6],
      ['INCRBY a -10', -4],
      ['GET a', '-4'],
      ['GET missing', null],
      ['PTTL a', -1],
      ['PTTL missing', -2],
      ['PEXPIRE a 100000', 1],
      ['PERSIST a', 1],
      ['PERSIST a', 0],
      ['SET c x PX 100000', 'OK'],
      ['SET c y KEEPTTL', 'OK'],
      ['PERSIST c', 1],
      ['SET d x EX 100', 'OK'],
      ['SET d y', 'OK'],
      ['PTTL d', -1],
      ['PEXPIRE d -1', 1],
      ['PEXPIREAT c 1', 1],
      ['PEXPIREAT c 1', 0],
      ['EXISTS a c d', 1],
    ],
  },
  {
    title: 'keys of any type',
    lines: [
      ['LPUSH l x', 1],
      ['TYPE l', 'list'],
      ['TYPE missing', 'none'],
      ['RENAME l m', 'OK'],
      ['EXISTS l m m', 2],
      ['DEL m missing', 1],
      ['SADD s x', 1],
      ['UNLINK s', 1],
    ],
  },
  {
    title: 'hashes',
    lines: [
      ['HSET h a 1 b 2', 2],
      ['HSET h a 3 c 4', 1],
      ['HMSET h d 5', 'OK'],
      ['HGET h a', '3'],
      ['HGET h z', null],
      ['HMGET h a z d', ['3', null, '5']],
      ['HGETALL h', ['a', '3', 'b', '2', 'c', '4', 'd', '5']],
      ['HINCRBY h a 39', 42],
      ['HINCRBY h new -1', -1],
      ['HEXISTS h b', 1],
      ['HLEN h', 5],
      ['HDEL h a b c z', 3],
      ['HDEL h d new', 2],
      ['EXISTS h', 0],
    ],
  },
  {
    title: 'lists',
    lines: [
      ['RPUSH l a b c', 3],
      ['LPUSH l y z', 5],
      ['LRANGE l 0 -1', ['z', 'y', 'a', 'b', 'c']],
      ['LRANGE l -2 100', ['b', 'c']],
      ['LRANGE l -100 0', ['z']],
      ['LRANGE l 3 1', []],
      ['LRANGE l 0 -9', []],
      ['LINDEX l -1', 'c'],
      ['LINDEX l 9', null],
      ['LPOS l b', 3],
      ['LPOS l q', null],
      ['LSET l -1 b', 'OK'],
      ['LREM l -1 b', 1],
      ['LREM l 0 q', 0],
      ['LPOP l', 'z'],
      ['RPOPLPUSH l l', 'b'],
      ['RPOPLPUSH l other', 'a'],
      ['RPOPLPUSH missing other', null],
      ['LTRIM l 0 0', 'OK'],
      ['RPOP l', 'b'],
      ['RPOP l', null],
      ['LLEN other', 1],
      ['LTRIM other 1 0', 'OK'],
      ['EXISTS other', 0],
    ],
  },
  {
    title: 'sets',
    lines: [
      ['SADD s a b a', 2],
      ['SADD s b', 0],
      ['SISMEMBER s a', 1],
      ['SISMEMBER s z', 0],
      ['SREM s a z', 1],
      ['SMEMBERS s', ['b']],
      ['SCARD s', 1],
    ],
  },
  {
    title: 'sorted sets',
    lines: [
      ['ZADD z 2 b 1 a 2 B', 3],
      ['ZADD z NX 9 a 3 c', 1],
      ['ZADD z XX 5 c 5 q', 0],
      ['ZRANGE z 0 -1 WITHSCORES', ['a', '1', 'B', '2', 'b', '2', 'c', '5']],
      ['ZREVRANGE z 0 1', ['c', 'b']],
      ['ZRANGEBYSCORE z (1 +inf LIMIT 1 1', ['b']],
      ['ZREVRANGEBYSCORE z 5 2 WITHSCORES LIMIT 0 2', ['c', '5', 'b', '2']],
      ['ZCOUNT z -inf (5', 3],
      ['ZSCORE z c', '5'],
      ['ZSCORE z q', null],
      ['ZADD z 0.1 tenth 17179869185 big inf top', 3],
      ['ZSCORE z tenth', '0.10000000000000001'],
      ['ZSCORE z big', '17179869185'],
      ['ZSCORE z top', 'inf'],
      ['ZPOPMIN z', ['tenth', '0.10000000000000001']],
      ['ZREMRANGEBYSCORE z 17179869185 +inf', 2],
      ['ZREMRANGEBYRANK z 0 1', 2],
      ['ZREM z c q', 1],
      ['ZCARD z', 1],
      ['ZPOPMIN z 5', ['b', '2']],
      ['ZPOPMIN z', []],
      ['EXISTS z', 0],
      ['ZADD lex 0 a 0 ab 0 b 0 c', 4],
      ['ZRANGEBYLEX lex - + LIMIT 1 2', ['ab', 'b']],
      ['ZRANGEBYLEX lex [ab (c', ['ab', 'b']],
      ['ZLEXCOUNT lex (a +', 3],
    ],
  },
  {
    title: 'streams',
    lines: [
      ['XADD x 1-1 a 1', '1-1'],
      ['XADD x 1-2 b 2', '1-2'],
      ['XADD x MAXLEN ~ 1 5-0 c 3', '5-0'],
      ['XLEN x', 3],
      ['XRANGE x - + COUNT 1', [['1-1', ['a', '1']]]],
      [
        'XRANGE x 1-2 5',
        [
          ['1-2', ['b', '2']],
          ['5-0', ['c', '3']],
        ],
      ],
      ['XREAD COUNT 5 STREAMS x 1-2', [['x', [['5-0', ['c', '3']]]]]],
      ['XREAD STREAMS x 5-0', null],
      ['XDEL x 1-1 9-9', 1],
      ['XTRIM x MAXLEN 1', 1],
      ['XDEL x 5-0', 1],
      ['XADD x 6-0 d 4', '6-0'],
      ['XTRIM x MAXLEN ~ 0', 1],
      ['EXISTS x', 1],
      ['XTRIM missing MAXLEN 0', 0],
      ['EXISTS missing', 0],
    ],
  },
]
