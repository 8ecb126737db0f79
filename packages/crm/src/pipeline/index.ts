export { probabilitiesOf } from './pipeline.rules.ts'
export { getPipeline, readPipeline, updatePipeline } from './pipeline.service.ts'
