/** Whether a decimal is anything but zero, below it too. */
export const isSome = (amount: string): boolean => /[1-9]/.test(amount)
