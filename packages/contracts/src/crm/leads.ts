// What a website's form sends, and what is held back of it for a person to look at.
import * as z from 'zod'
import { id, instant, line, pageOf, pageQuery, text } from '../common.ts'
import { customValues } from './deals.ts'

/** A form sends what was left empty as an empty text. */
const filled = <T extends z.ZodType<string>>(schema: T) =>
  z
    .union([z.literal(''), schema])
    .nullable()
    .default(null)
    .transform((value) => value || null)
const utmPart = filled(line(200))

/** What the visitor typed, and where. */
const leadFields = {
  name: line(200),
  email: z.string().trim().pipe(z.email().max(254).toLowerCase()),
  phone: filled(line(50)),
  company: filled(line(200)),
  /** Of the company, where it is not that of the e-mail: `acme.com`. */
  domain: filled(
    z
      .string()
      .trim()
      .toLowerCase()
      .max(253)
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a domain like acme.com'),
  ),
  message: text(5000).default(''),
  /** Becomes the deal's lead source; `Website` without it. */
  source: filled(line(80)),
  utm: z
    .strictObject({ source: utmPart, medium: utmPart, campaign: utmPart, term: utmPart, content: utmPart })
    .nullable()
    .default(null),
  pageUrl: filled(z.url().max(2000)),
  /** Custom fields of the deal. */
  custom: customValues.default({}),
  /** Whether the visitor has agreed to be written to. */
  consent: z.boolean().default(false),
}

export const submitLead = z
  .strictObject({
    ...leadFields,
    /** The visitor's own address, as the form's server knows it: limits are per visitor. */
    visitorAddress: z.union([z.ipv4(), z.ipv6()]).nullable().default(null),
    /** A field that people do not see: whoever fills it is no person. */
    honeypot: z.string().max(1000).default(''),
    /** When the form was shown, or how many milliseconds ago. */
    startedAt: instant.nullable().default(null),
    elapsedMs: z.number().int().min(0).nullable().default(null),
  })
  .meta({ id: 'SubmitLead' })
export type SubmitLead = z.infer<typeof submitLead>

/** The same whatever becomes of it: a machine that tries learns nothing. */
export const leadReceived = z.object({ received: z.literal(true), id }).meta({ id: 'LeadReceived' })
export type LeadReceived = z.infer<typeof leadReceived>

export const submissionStates = ['ACCEPTED', 'HELD', 'DISCARDED'] as const
export type SubmissionState = (typeof submissionStates)[number]
export const leadSuspicions = [
  'honeypot',
  'too_fast',
  'many_links',
  'disposable_mail',
  'often_from_address',
  'often_this_email',
] as const
export type LeadSuspicion = (typeof leadSuspicions)[number]

/** What is kept of a submission. */
export const keptLead = z.object(leadFields)
export type KeptLead = z.infer<typeof keptLead>

export const leadSubmissionView = z
  .object({
    id,
    state: z.enum(submissionStates),
    reasons: z.array(z.string()),
    lead: z.object({
      name: z.string(),
      email: z.string(),
      phone: z.string().nullable(),
      company: z.string().nullable(),
      message: z.string(),
      source: z.string().nullable(),
      pageUrl: z.string().nullable(),
    }),
    /** Of IPv6 the network: whoever has a line has all of it. */
    visitorAddress: z.string().nullable(),
    dealId: id.nullable(),
    createdAt: instant,
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'LeadSubmission' })
export type LeadSubmissionView = z.infer<typeof leadSubmissionView>
export const listLeads = pageQuery.extend({ state: z.enum(submissionStates).default('HELD') })
export type ListLeads = z.infer<typeof listLeads>
export const leadSubmissionPage = pageOf(leadSubmissionView).meta({ id: 'LeadSubmissionPage' })
