export {
  beginSecondFactor,
  confirmSecondFactor,
  dropSecondFactor,
  hasConfirmedFactor,
  proveSecondFactor,
  renewRecoveryCodes,
  secondFactorStatus,
} from './second-factor.service.ts'
