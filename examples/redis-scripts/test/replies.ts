/** What small scripts answer: how values travel between Redis and Lua. */
export interface Answer {
  readonly script: string
  readonly reply: unknown
}

export const replies: readonly Answer[] = [
  // Lua to Redis
  { script: 'return 3.99', reply: 3 },
  { script: 'return { 1, 2.5, nil, 4 }', reply: [1, 2] },
  { script: 'return { true, false, "text" }', reply: [1, null, 'text'] },
  { script: 'return nil', reply: null },
  { script: 'return { ok = "FINE" }', reply: 'FINE' },
  { script: 'return redis.status_reply("FINE")', reply: 'FINE' },
  { script: 'return { err = "BAD luck" }', reply: 'BAD luck' },
  { script: 'return redis.error_reply("BAD luck")', reply: 'BAD luck' },
  // Redis to Lua
  { script: 'return type(redis.call("GET", "missing"))', reply: 'boolean' },
  { script: 'return redis.call("SET", "a", 1).ok', reply: 'OK' },
  { script: 'redis.call("SET", "a", 0.1) return redis.call("GET", "a")', reply: '0.10000000000000001' },
  { script: 'redis.call("SET", "a", 2^40) return redis.call("GET", "a")', reply: '1099511627776' },
  { script: 'redis.call("ZADD", "z", 1e20, "a") return redis.call("ZSCORE", "z", "a")', reply: '1e+20' },
  { script: 'return redis.call("HMGET", "missing", "a", "b")', reply: [null, null] },
  // numbers are doubles
  { script: 'return 3 * 0x100000000 / 2', reply: 6442450944 },
  { script: 'return "0x100000000" --[[ 0x100000000 ]]', reply: '0x100000000' },
  // errors
  {
    script: 'redis.call("SET", "a", 1) return redis.pcall("LPUSH", "a", 1).err',
    reply: 'WRONGTYPE Operation against a key holding the wrong kind of value',
  },
  {
    script: 'redis.call("SET", "a", 1) return redis.call("LPUSH", "a", 1)',
    reply: 'WRONGTYPE Operation against a key holding the wrong kind of value',
  },
  { script: 'return redis.pcall("NOSUCH").err', reply: 'ERR Unknown Redis command called from script' },
  {
    script: 'return redis.pcall("GET").err',
    reply: 'ERR Wrong number of args calling Redis command from script',
  },
  {
    script: 'return redis.pcall("GET", {}).err',
    reply: 'ERR Lua redis lib command arguments must be strings or integers',
  },
  {
    script: 'redis.call("SET", "a", "x") return redis.pcall("INCR", "a").err',
    reply: 'ERR value is not an integer or out of range',
  },
  { script: 'return redis.pcall("ZADD", "z", "x", "a").err', reply: 'ERR value is not a valid float' },
  { script: 'return redis.pcall("SET", "a", 1, "XY").err', reply: 'ERR syntax error' },
  { script: 'error("no")', reply: 'ERR user_script:1: no' },
  { script: 'counter = 1', reply: 'ERR user_script:1: Attempt to modify a readonly table' },
  {
    script: 'return counter',
    reply: "ERR user_script:1: Script attempted to access nonexistent global variable 'counter'",
  },
  // libraries
  { script: 'return cjson.encode({})', reply: '{}' },
  {
    script: 'return cjson.encode({ a = { 1, "b/c", 1 / 3, cjson.null } })',
    reply: String.raw`{"a":[1,"b\/c",0.33333333333333,null]}`,
  },
  { script: 'return cjson.encode(2^40)', reply: '1099511627776' },
  { script: `return tostring(cjson.decode('[null]')[1] == cjson.null)`, reply: 'true' },
  { script: `return #cjson.decode('{"list":[1,2,3]}').list`, reply: 3 },
  { script: 'return cmsgpack.unpack(cmsgpack.pack({ 1, "two", { x = 3 } }))[3].x', reply: 3 },
  { script: 'return #cmsgpack.pack({})', reply: 1 },
  { script: 'return cmsgpack.pack({}):byte()', reply: 0x90 },
  { script: String.raw`return cmsgpack.unpack(cmsgpack.pack("\0\200\255")):byte(3)`, reply: 255 },
  { script: 'return redis.sha1hex("")', reply: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' },
]
