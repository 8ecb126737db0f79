export { apiKeyPrefix } from './api-keys.rules.ts'
export { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from './api-keys.service.ts'
export { ApiKeyVerifier, type VerifiedKey } from './verifier.ts'
