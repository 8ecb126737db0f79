// Lays a document out as a PDF. The renderer is loaded at the first use: the API, which never renders, does not carry it.
import { buffer } from 'node:stream/consumers'
import type { CanvasProps, DocumentProps } from '@react-pdf/renderer'
import { createElement as h, type ReactElement } from 'react'
import type { Paper, Section } from './paper.rules.ts'
import { registerFonts, setText, wideFonts } from './paper-fonts.ts'

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
    wide: { fontFamily: wideFonts },
    wideStrong: { fontFamily: wideFonts, fontWeight: 700 },
    footer: { position: 'absolute', bottom: 24, left: 44, right: 134, fontSize: 7.5, color: quiet },
    number: { position: 'absolute', bottom: 24, right: 44, width: 90, height: 9 },
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
    registerFonts(renderer.Font)
    return { renderer, style: styles(renderer), root: renderer.pdf() }
  })
  return loaded
}

type Style = Loaded['style'][keyof Loaded['style']]

/** A text in the font that has its characters. @param key among its neighbours @param strong where what it stands in is bold */
function textOf(
  { renderer: { Text }, style }: Loaded,
  given: string,
  { own, key, strong = false, more = {} }: { own?: Style; key?: number; strong?: boolean; more?: object },
): ReactElement {
  const { text, isWide } = setText(given)
  const wide = isWide ? [strong ? style.wideStrong : style.wide] : []
  return h(Text, { style: [...(own ? [own] : []), ...wide], key, ...more }, text)
}

function factsOf(with_: Loaded, facts: Paper['facts']): ReactElement {
  const {
    renderer: { View },
    style,
  } = with_
  return h(
    View,
    { style: style.facts },
    facts.map(([label, value], index) =>
      h(
        View,
        { style: style.fact, key: index },
        textOf(with_, label, { own: style.label }),
        textOf(with_, value, { own: style.value }),
      ),
    ),
  )
}

function tableOf(with_: Loaded, { columns, rows }: Extract<Section, { rows: unknown }>): ReactElement {
  const {
    renderer: { View },
    style,
  } = with_
  const cells = (texts: readonly string[], strong = false) =>
    texts.map((text, key) => textOf(with_, text, { own: key === 0 ? style.first : style.figure, key, strong }))
  return h(
    View,
    {},
    h(View, { style: style.head, key: 'head' }, cells(columns)),
    rows.map((row, index) =>
      h(
        View,
        { style: row.strong ? [style.row, style.strong] : style.row, key: index, wrap: false },
        cells(row.cells, row.strong),
      ),
    ),
  )
}

function sectionOf(with_: Loaded, section: Section, key: number): ReactElement {
  const {
    renderer: { View },
    style,
  } = with_
  const body =
    'rows' in section
      ? tableOf(with_, section)
      : 'facts' in section
        ? factsOf(with_, section.facts)
        : section.paragraphs.map((text, key) => textOf(with_, text, { own: style.paragraph, key }))
  return h(
    View,
    { key },
    textOf(with_, section.heading, { own: style.heading, strong: true, more: { minPresenceAhead: 40 } }),
    body,
    section.note ? textOf(with_, section.note, { own: style.note }) : null,
  )
}

interface Pages {
  /** How many there will be, as far as is known. */
  expected: number
  painted: number
}

/** Painted when all is laid out: a text that asks for its page has every page laid out twice more, a third of the work. */
const numbering =
  (pages: Pages): NonNullable<CanvasProps['paint']> =>
  (painter, width) => {
    pages.painted += 1
    const text = `Page ${pages.painted} of ${pages.expected}`
    painter
      .font('Helvetica')
      .fontSize(7.5)
      .fillColor(quiet)
      .text(text, 0, 0, { width, align: 'right', lineBreak: false })
    return null
  }

function documentOf(with_: Loaded, paper: Paper, key: number, pages: Pages): ReactElement<DocumentProps> {
  const {
    renderer: { Canvas, Document, Page },
    style,
  } = with_
  return h(
    Document,
    { key, title: `${paper.title} · ${paper.footer}`, author: paper.from, language: 'en' },
    h(
      Page,
      { size: 'A4', style: style.page },
      textOf(with_, paper.from, { own: style.from }),
      textOf(with_, paper.title, { own: style.title, strong: true }),
      textOf(with_, paper.subtitle, { own: style.subtitle }),
      factsOf(with_, paper.facts),
      paper.sections.map((section, index) => sectionOf(with_, section, index)),
      textOf(with_, paper.footer, { own: style.footer, more: { fixed: true } }),
      h(Canvas, { style: style.number, fixed: true, paint: numbering(pages) }),
    ),
  )
}

let rendered = 0
/** Those of one call nearly always have as many pages as the one before. */
let pagesBefore = 1
let last: Promise<unknown> = Promise.resolve()

async function renderAs(paper: Paper, pages: Pages): Promise<Buffer> {
  const with_ = await load()
  rendered += 1
  const element = documentOf(with_, paper, rendered, pages)
  await new Promise<void>((mounted) => with_.root.updateContainer(element, mounted))
  return buffer(await with_.root.toBuffer())
}

async function render(paper: Paper): Promise<Buffer> {
  const pages = { expected: pagesBefore, painted: 0 }
  const bytes = await renderAs(paper, pages)
  pagesBefore = pages.painted
  return pages.painted === pages.expected ? bytes : renderAs(paper, { expected: pages.painted, painted: 0 })
}

/** The document as a PDF of A4 pages; one after another, because they share what they are rendered in. */
export function renderPaper(paper: Paper): Promise<Buffer> {
  const mine = last.then(() => render(paper))
  last = mine.catch(() => undefined)
  return mine
}
