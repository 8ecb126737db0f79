/** Why a cell cannot be taken, in words for the person who sent the file. */
export class CellError extends Error {}

export const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`
export const refuse = (message: string): never => {
  throw new CellError(message)
}
