import { signedIn } from '@throughline/contracts'

/** @returns an access token, as a mobile client gets it */
export async function signIn(api: { url: string }, credentials: { email: string; password: string }): Promise<string> {
  const response = await fetch(`${api.url}/auth/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-client': 'api' },
    body: JSON.stringify(credentials),
  })
  const { accessToken } = signedIn.parse(await response.json())
  if (!accessToken) throw new Error('signing in gave no token')
  return accessToken
}
