/** Where `npm test` has put its Postgres and Redis. */
export function loadTestServices(): { adminUrl: string; redisUrl: string } {
  const adminUrl = process.env.TEST_DATABASE_ADMIN_URL
  const redisUrl = process.env.TEST_REDIS_URL
  if (!adminUrl || !redisUrl)
    throw new Error('integration tests need TEST_DATABASE_ADMIN_URL and TEST_REDIS_URL: run npm run test:integration')
  return { adminUrl, redisUrl }
}
