/** Where answers are kept: Redis. Nothing in it is the only copy, and without it everything is computed. */
export interface AnswerStore {
  /** One round trip. */
  read(keys: string[]): Promise<(string | null)[]>
  write(key: string, value: string, ttlMs: number): Promise<void>
  /** Writes where nothing is yet. @returns what is there now */
  claim(key: string, value: string, ttlMs: number): Promise<string>
}

/** The part of ioredis that a store needs; this package knows no Redis. */
interface RedisLike {
  mget(keys: string[]): Promise<(string | null)[]>
  get(key: string): Promise<string | null>
  set(key: string, value: string, unit: 'PX', milliseconds: number): Promise<unknown>
  set(key: string, value: string, unit: 'PX', milliseconds: number, condition: 'NX'): Promise<unknown>
}

export const createAnswerStore = (redis: RedisLike, prefix: string): AnswerStore => {
  const named = (key: string) => `${prefix}:answers:${key}`
  return {
    read: (keys) => redis.mget(keys.map(named)),
    async write(key, value, ttlMs) {
      await redis.set(named(key), value, 'PX', ttlMs)
    },
    async claim(key, value, ttlMs) {
      await redis.set(named(key), value, 'PX', ttlMs, 'NX')
      return (await redis.get(named(key))) ?? value
    },
  }
}
