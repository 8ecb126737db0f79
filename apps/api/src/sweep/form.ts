const boundary = 'sweep-4f1c'

/** One file as a browser's form would send it. */
export const formWith = ({ name, content }: { name: string; content: string }) => ({
  headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  payload: `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--${boundary}--\r\n`,
})
