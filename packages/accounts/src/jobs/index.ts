export { getJob, listJobs, listRunningJobs } from './jobs.service.ts'
