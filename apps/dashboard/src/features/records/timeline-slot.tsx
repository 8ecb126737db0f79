/** Where calls, mails, meetings and notes about a company or contact are shown: `TimelinePanel` goes in here. */
export const TimelineSlot = (_about: { companyId?: string; contactId?: string }) => null
