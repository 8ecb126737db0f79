export { issueLink, type LinkPurpose, type LinkTarget, purgeLinks, readLink, takeLink } from './links.repo.ts'
