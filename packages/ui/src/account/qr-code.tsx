import { renderSVG } from 'uqr'

/** A QR code. Black on white in both themes: cameras read nothing else well. */
export const QrCode = ({ text, label }: { text: string; label: string }) => (
  <img
    alt={label}
    width={208}
    height={208}
    className="size-52 rounded-xl border border-line"
    src={`data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 3 }))}`}
  />
)
