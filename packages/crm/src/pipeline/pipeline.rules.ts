// What holds for the words, the order and the odds of the five stages. Pure.
import {
  type DealStage,
  defaultPipeline,
  type ErrorIssue,
  type PipelineStage,
  type UpdatePipeline,
} from '@throughline/contracts'

/** A stage as the firm has it in the database. */
export interface StageRow {
  stage: DealStage
  name: string
  position: number
  probability: number
}

const kindOrder = { open: 0, won: 1, lost: 2 } as const

/** The stages in the firm's order; those that it has said nothing about have the defaults. */
export function pipelineOf(rows: readonly StageRow[]): PipelineStage[] {
  const stages = defaultPipeline.map((stage, index) => {
    const row = rows.find((candidate) => candidate.stage === stage.stage)
    // Won is certain and lost is nothing: only an open stage has odds.
    const probability = row && stage.kind === 'open' ? row.probability : stage.probability
    return { ...stage, name: row?.name ?? stage.name, probability, position: row?.position ?? index }
  })
  return stages
    .sort((a, b) => kindOrder[a.kind] - kindOrder[b.kind] || a.position - b.position)
    .map(({ position: _position, ...stage }) => stage)
}

/** How a name is compared: `lead` and `Lead` would be one word to whoever reads the board. */
const sameName = (name: string): string => name.normalize('NFKC').toLowerCase()

/** What is wrong with a pipeline that somebody wants: a stage that stands twice, two stages of one name. */
export function pipelineIssues({ open, won, lost }: UpdatePipeline): ErrorIssue[] {
  const stages = new Set<DealStage>()
  const names = new Set<string>()
  const issues: ErrorIssue[] = []
  for (const [index, { stage }] of open.entries()) {
    if (stages.has(stage)) issues.push({ path: `body.open.${index}.stage`, message: 'stands there twice' })
    stages.add(stage)
  }
  const named = [
    ...open.map(({ name }, index) => ({ path: `body.open.${index}.name`, name })),
    { path: 'body.won', name: won },
    { path: 'body.lost', name: lost },
  ]
  for (const { path, name } of named) {
    if (names.has(sameName(name))) issues.push({ path, message: 'is the name of another stage too' })
    names.add(sameName(name))
  }
  return issues
}

/** The rows that keep a pipeline. */
export const rowsOf = ({ open, won, lost }: UpdatePipeline): StageRow[] => [
  ...open.map((stage, position) => ({ ...stage, position })),
  { stage: 'CLOSED_WON', name: won, position: open.length, probability: 100 },
  { stage: 'CLOSED_LOST', name: lost, position: open.length + 1, probability: 0 },
]

/** Per cent that a deal counts for in each stage. */
export const probabilitiesOf = (stages: readonly PipelineStage[]): Record<DealStage, number> => {
  const of = (wanted: DealStage) => stages.find(({ stage }) => stage === wanted)?.probability ?? 0
  return {
    LEAD: of('LEAD'),
    QUALIFIED: of('QUALIFIED'),
    NEGOTIATION: of('NEGOTIATION'),
    CLOSED_WON: of('CLOSED_WON'),
    CLOSED_LOST: of('CLOSED_LOST'),
  }
}
