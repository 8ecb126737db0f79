export { createCompany, getCompany, listCompanies, updateCompany } from './companies.service.ts'
export { companyCondition } from './company-reads.repo.ts'
