// The HTML report as a page of a panel.
//
// A report carries a policy of its own: nothing from elsewhere, and only the styles and the script whose
// hashes it names. That stays as it is; what is added here is let in by a nonce.

/** How a report is shown. */
export interface Look {
  /** Whether the editor is dark: reports follow the system, which may be set otherwise. */
  dark: boolean;
  /** Lets in what is added; new for every page. */
  nonce: string;
  /** What is said above the report, such as that it is no longer that of the text. */
  notice?: string;
}

/** Goes to the graph at first, and later stays where the reader was. */
const SCRIPT = `(() => {
  const editor = acquireVsCodeApi(), canvas = document.getElementById("canvas");
  const kept = editor.getState();
  if (kept) {
    scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    if (canvas) canvas.scrollTo({ left: kept.left, top: kept.top, behavior: "instant" });
  } else {
    document.getElementById("graph")?.scrollIntoView({ behavior: "instant" });
  }
  const keep = () => editor.setState({ x: scrollX, y: scrollY, left: canvas?.scrollLeft ?? 0, top: canvas?.scrollTop ?? 0 });
  addEventListener("scroll", keep, { passive: true });
  canvas?.addEventListener("scroll", keep, { passive: true });
})();`;

/** A report, ready to be the page of a panel. */
export function reportPage(report: string, { dark, nonce, notice }: Look): string {
  const scheme = dark ? 'dark' : 'light';
  const said = notice ? `<p class="notice" role="status">${escape(notice)}</p>\n` : '';
  const parts = report.split(/(<style>[^]*?<\/style>)/);
  return parts
    .map((part, at) => (at % 2 === 1 ? styles(part, dark, nonce) : part))
    .join('')
    .replace(/(<meta http-equiv="Content-Security-Policy" content="[^"]*)"/, (_, policy: string) =>
      `${policy.replace(/(style-src|script-src)/g, `$1 'nonce-${nonce}'`)}"`)
    .replace('name="color-scheme" content="light dark"', `name="color-scheme" content="${scheme}"`)
    .replace('<body>', () => `<body>\n${said}`)
    .replace(/<\/body>(?![^]*<\/body>)/, () => `<script nonce="${nonce}">${SCRIPT}</script>\n</body>`);
}

/** Styles that ask whether the system is dark, told whether the editor is. */
function styles(element: string, dark: boolean, nonce: string): string {
  return element
    .replace('<style>', `<style nonce="${nonce}">`)
    .replace(/\(prefers-color-scheme:\s*dark\)/g, dark ? '(min-width:0)' : '(max-width:0)');
}

/** A page that only says something. */
export function messagePage(title: string, text: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>${escape(title)}</title>
</head>
<body>
<h1>${escape(title)}</h1>
<pre>${escape(text)}</pre>
</body>
</html>
`;
}

function escape(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, sign => signs[sign]);
}
