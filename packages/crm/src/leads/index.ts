export { acceptLead, discardLead, listLeads, purgeLeads, submitLead } from './leads.service.ts'
