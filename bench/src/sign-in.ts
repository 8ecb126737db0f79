import { signedIn } from '@throughline/contracts'
import { password } from './fill.ts'
import type { Server } from './processes.ts'

/** @returns an access token of one of the filled firms' members */
export async function signIn(api: Server, email: string): Promise<string> {
  const response = await fetch(`${api.url}/auth/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-client': 'api' },
    body: JSON.stringify({ email, password }),
  })
  const { accessToken } = signedIn.parse(await response.json())
  if (!accessToken) throw new Error('signing in gave no token')
  return accessToken
}
