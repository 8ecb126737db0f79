/** The file as a whole cannot be taken. Trying again would not help: the person has to mend the file. */
export class FileRefused extends Error {
  readonly line: number | undefined

  constructor(message: string, line?: number) {
    super(message)
    this.name = 'FileRefused'
    this.line = line
  }
}
