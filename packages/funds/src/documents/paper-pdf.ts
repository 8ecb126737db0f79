// Lays a document out as a PDF. The renderer is loaded at the first use: the API, which never renders, does not carry it.
import { buffer } from 'node:stream/consumers'
import type { DocumentProps } from '@react-pdf/renderer'
import { createElement as h, type ReactElement } from 'react'
import type { Paper, Section } from './paper.rules.ts'

type Renderer = typeof import('@react-pdf/renderer')

const ink = '#0f172a'
const quiet = '#475569'
const rule = '#cbd5e1'

function styles({ StyleSheet }: Renderer) {
  return StyleSheet.create({
    page: {
      paddingTop: 40,
      paddingBottom: 52,
      paddingHorizontal: 44,
      fontSize: 8.5,
      color: ink,
      fontFamily: 'Helvetica',
    },
    from: { fontSize: 9, color: quiet, marginBottom: 14 },
    title: { fontSize: 17, fontFamily: 'Helvetica-Bold', marginBottom: 2 },
    subtitle: { fontSize: 11, color: quiet, marginBottom: 12 },
    facts: { flexDirection: 'row', flexWrap: 'wrap', marginBottom: 4 },
    fact: { flexDirection: 'row', width: '50%', paddingVertical: 1.5, paddingRight: 8 },
    label: { width: 78, color: quiet },
    value: { flex: 1 },
    heading: { fontSize: 10.5, fontFamily: 'Helvetica-Bold', marginTop: 12, marginBottom: 4 },
    head: { flexDirection: 'row', borderBottomWidth: 0.8, borderBottomColor: ink, paddingBottom: 2, color: quiet },
    row: { flexDirection: 'row', borderBottomWidth: 0.4, borderBottomColor: rule, paddingVertical: 2.2 },
    strong: { fontFamily: 'Helvetica-Bold' },
    first: { flex: 1, paddingRight: 6 },
    figure: { width: 86, textAlign: 'right' },
    note: { color: quiet, marginTop: 3, lineHeight: 1.3 },
    paragraph: { marginBottom: 3, lineHeight: 1.35 },
    footer: { position: 'absolute', bottom: 24, left: 44, right: 44, fontSize: 7.5, color: quiet },
  })
}

interface Loaded {
  renderer: Renderer
  style: ReturnType<typeof styles>
  /** One for all documents: the renderer never lets go of a root, and a thousand notices would be a thousand trees. */
  root: ReturnType<Renderer['pdf']>
}

let loaded: Promise<Loaded> | undefined
const load = () => {
  loaded ??= import('@react-pdf/renderer').then((renderer) => {
    // Names and amounts are not to be parted, and looking for places to part them is a third of the work.
    renderer.Font.registerHyphenationCallback((word) => [word])
    return { renderer, style: styles(renderer), root: renderer.pdf() }
  })
  return loaded
}

function factsOf({ renderer: { View, Text }, style }: Loaded, facts: Paper['facts']): ReactElement {
  return h(
    View,
    { style: style.facts },
    facts.map(([label, value], index) =>
      h(
        View,
        { style: style.fact, key: index },
        h(Text, { style: style.label }, label),
        h(Text, { style: style.value }, value),
      ),
    ),
  )
}

function tableOf(
  { renderer: { View, Text }, style }: Loaded,
  { columns, rows }: Extract<Section, { rows: unknown }>,
): ReactElement {
  const cells = (texts: readonly string[]) =>
    texts.map((text, index) => h(Text, { style: index === 0 ? style.first : style.figure, key: index }, text))
  return h(
    View,
    {},
    h(View, { style: style.head, key: 'head' }, cells(columns)),
    rows.map((row, index) =>
      h(View, { style: row.strong ? [style.row, style.strong] : style.row, key: index, wrap: false }, cells(row.cells)),
    ),
  )
}

function sectionOf(with_: Loaded, section: Section, key: number): ReactElement {
  const {
    renderer: { View, Text },
    style,
  } = with_
  const body =
    'rows' in section
      ? tableOf(with_, section)
      : 'facts' in section
        ? factsOf(with_, section.facts)
        : section.paragraphs.map((text, index) => h(Text, { style: style.paragraph, key: index }, text))
  return h(
    View,
    { key },
    h(Text, { style: style.heading, minPresenceAhead: 40 }, section.heading),
    body,
    section.note ? h(Text, { style: style.note }, section.note) : null,
  )
}

function documentOf(with_: Loaded, paper: Paper, key: number): ReactElement<DocumentProps> {
  const {
    renderer: { Document, Page, Text },
    style,
  } = with_
  const numbered = ({ pageNumber, totalPages }: { pageNumber: number; totalPages: number }) =>
    `${paper.footer} · Page ${pageNumber} of ${totalPages}`
  return h(
    Document,
    { key, title: `${paper.title} · ${paper.footer}`, author: paper.from, language: 'en' },
    h(
      Page,
      { size: 'A4', style: style.page },
      h(Text, { style: style.from }, paper.from),
      h(Text, { style: style.title }, paper.title),
      h(Text, { style: style.subtitle }, paper.subtitle),
      factsOf(with_, paper.facts),
      paper.sections.map((section, index) => sectionOf(with_, section, index)),
      h(Text, { style: style.footer, fixed: true, render: numbered }),
    ),
  )
}

let rendered = 0
let last: Promise<unknown> = Promise.resolve()

async function render(paper: Paper): Promise<Buffer> {
  const with_ = await load()
  rendered += 1
  const element = documentOf(with_, paper, rendered)
  await new Promise<void>((mounted) => with_.root.updateContainer(element, mounted))
  return buffer(await with_.root.toBuffer())
}

/** The document as a PDF of A4 pages; one after another, because they share what they are rendered in. */
export function renderPaper(paper: Paper): Promise<Buffer> {
  const mine = last.then(() => render(paper))
  last = mine.catch(() => undefined)
  return mine
}
