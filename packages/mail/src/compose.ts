// One plain layout for every mail: a heading, a few paragraphs, at most one button, and why it was sent.

export interface Letter {
  heading: string
  paragraphs: string[]
  action?: { label: string; url: string }
  /** Small print: why this mail came, and what to do when it was not asked for. */
  footnote: string
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character)

/** The words as text and as HTML. Whatever a person typed is escaped. */
export function compose({ heading, paragraphs, action, footnote }: Letter): { text: string; html: string } {
  const text = [heading, ...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), `--\n${footnote}`]
  const body = paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escaped(paragraph)}</p>`).join('')
  const button = action
    ? `<p style="margin:24px 0"><a href="${escaped(action.url)}" style="background:#00696b;border-radius:8px;color:#ffffff;display:inline-block;font-weight:600;padding:12px 20px;text-decoration:none">${escaped(action.label)}</a></p><p style="color:#475569;font-size:13px;margin:0 0 16px;word-break:break-all">${escaped(action.url)}</p>`
    : ''
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(heading)}</title></head><body style="background:#f1f5f9;color:#0f172a;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;font-size:15px;line-height:1.55;margin:0;padding:24px"><div style="background:#ffffff;border-radius:12px;margin:0 auto;max-width:520px;padding:32px"><h1 style="font-size:20px;margin:0 0 16px">${escaped(heading)}</h1>${body}${button}<p style="border-top:1px solid #e2e8f0;color:#64748b;font-size:13px;margin:24px 0 0;padding-top:16px">${escaped(footnote)}</p></div></body></html>`
  return { text: `${text.join('\n\n')}\n`, html }
}
