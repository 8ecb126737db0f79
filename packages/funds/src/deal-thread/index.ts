export { dealThread, explainThread } from './thread.service.ts'
