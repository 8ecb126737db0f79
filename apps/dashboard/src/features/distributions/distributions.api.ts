// What the pages about distributions ask the API.
import {
  type DraftDistribution,
  distributionDetail,
  distributionLinePage,
  distributionPage,
  distributionPreview,
  distributionWaterfall,
  type PayDistribution,
  type UpdateDistribution,
  waterfallStatement,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const one = (id: string) => `/tenant/v1/distributions/${id}`
const ofFund = (fundId: string) => `/tenant/v1/funds/${fundId}/distributions`
const schema = distributionDetail

export const readDistributions = (fundId: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${ofFund(fundId)}${queryString({ cursor, limit: 25 })}`, { schema: distributionPage, signal })
export const readDistribution = (id: string, signal?: AbortSignal) => apiFetch(one(id), { schema, signal })
export const readDistributionLines = (id: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${one(id)}/lines${queryString({ cursor, limit: 100 })}`, { schema: distributionLinePage, signal })
export const readWaterfall = (id: string, signal: AbortSignal) =>
  apiFetch(`${one(id)}/waterfall`, { schema: distributionWaterfall, signal })
export const readFundWaterfall = (fundId: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/funds/${fundId}/waterfall`, { schema: waterfallStatement, signal })
/** Stores nothing. */
export const previewDistribution = (fundId: string, body: DraftDistribution, signal: AbortSignal) =>
  apiFetch(`${ofFund(fundId)}/preview`, { method: 'POST', body, schema: distributionPreview, signal })

const post = (path: string, body: object, idempotencyKey: string) =>
  apiFetch(path, { method: 'POST', body, schema, idempotencyKey })
export const postDraft = (fundId: string, body: DraftDistribution, key: string) => post(ofFund(fundId), body, key)
export const putDraft = (id: string, body: UpdateDistribution, idempotencyKey: string) =>
  apiFetch(one(id), { method: 'PUT', body, schema, idempotencyKey })
export const postSubmit = (id: string, key: string) => post(`${one(id)}/submit`, {}, key)
export const postApproval = (id: string, matrixSha256: string, key: string) =>
  post(`${one(id)}/approve`, { matrixSha256 }, key)
export const postDeclaration = (id: string, amount: string, key: string) => post(`${one(id)}/declare`, { amount }, key)
export const postPay = (id: string, body: PayDistribution, key: string) => post(`${one(id)}/pay`, body, key)
export const postCancel = (id: string, reason: string, key: string) => post(`${one(id)}/cancel`, { reason }, key)
