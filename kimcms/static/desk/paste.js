// What is pasted or shared from elsewhere, as the text it was meant to be.

// "[10:32, 24/11/2026] Nama: " and "24/11/26 10.32 - Nama: ": who sent it and when is no news.
const SENDER = /^\u200e?(?:\[\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: ?[AP]M)?, ?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\]|\[\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?: ?[AP]M)?\]|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[.:]\d{2}(?: ?[AP]M)? -) ?[^:\n]{1,60}: ?/gimu;
const MARKS = [
  [/(^|[\s(“"'_~])\*(?! )([^*\n]+?)(?<! )\*(?=$|[\s).,;:!?”"'_~])/gmu, "$1<strong>$2</strong>"],
  [/(^|[\s(“"'>~])_(?! )([^_\n]+?)(?<! )_(?=$|[\s).,;:!?”"'<~])/gmu, "$1<em>$2</em>"],
  [/(^|[\s(“"'>])~(?! )([^~\n]+?)(?<! )~(?=$|[\s).,;:!?”"'<])/gmu, "$1$2"],
];
const BULLET = /^(?:[-•·*●▪]|\d{1,2}[.)]) +/u;

const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

// Whether a text is a message: with its senders, or plain, with signs or lines that the editor would
// run together. What comes `formatted` as well is better taken from there.
export function isChat(text, formatted = false) {
  if (text.search(SENDER) >= 0) return true;
  return !formatted && (text.includes("\n") || MARKS.some(([sign]) => text.search(sign) >= 0));
}

export const isOffice = (html) => /\bmso-|urn:schemas-microsoft-com|docs-internal-guid/i.test(html);

// A message as HTML: *tebal*, _miring_, its line breaks and lists, without the senders.
export function fromChat(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(SENDER, "\n").replace(/[\u200e\u200f]/g, "").split("\n");
  const blocks = [];
  for (const raw of lines) {
    const line = raw.trim();
    const last = blocks.at(-1);
    if (!line) blocks.push(null);
    else if (BULLET.test(line)) {
      const tag = /^\d/.test(line) ? "ol" : "ul";
      if (last?.tag === tag) last.items.push(line.replace(BULLET, ""));
      else blocks.push({ tag, items: [line.replace(BULLET, "")] });
    } else if (last?.tag === "p") last.items.push(line);
    else blocks.push({ tag: "p", items: [line] });
  }
  return blocks.filter(Boolean).map(written).join("");
}

function written({ tag, items }) {
  const texts = items.map(marked);
  return tag === "p" ? `<p>${texts.join("<br>")}</p>` : `<${tag}>${texts.map((one) => `<li><p>${one}</p></li>`).join("")}</${tag}>`;
}

function marked(line) {
  return MARKS.reduce((text, [sign, put]) => text.replace(sign, put), escaped(line));
}

// HTML from Word and its like: their own markup goes, their lists become lists.
export function fromOffice(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const marks = document.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (marks.nextNode()) comments.push(marks.currentNode);
  for (const comment of comments) comment.remove();
  for (const gone of page.querySelectorAll("style, script, meta, link, title, xml, [style*='mso-hide:all'], [style*='mso-list:Ignore'], [style*='mso-list: Ignore']")) {
    gone.remove();
  }
  for (const item of [...page.querySelectorAll("p[style*='mso-list'], p[class*='MsoListParagraph']")]) listed(item);
  for (const bold of page.querySelectorAll("b, strong")) { // a wrapper of Google's, that means nothing
    if (/normal|400/.test(bold.style.fontWeight)) bold.replaceWith(...bold.childNodes);
  }
  for (const element of [...page.body.querySelectorAll("*")]) {
    if (element.localName.includes(":")) element.replaceWith(...element.childNodes); // <o:p>
  }
  for (const paragraph of page.querySelectorAll("p")) {
    if (!paragraph.textContent.replaceAll("\u00a0", " ").trim() && !paragraph.querySelector("img")) paragraph.remove();
  }
  const text = document.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (text.nextNode()) text.currentNode.data = text.currentNode.data.replace(/[\u00a0\s]+/g, " ");
  return page.body.innerHTML;
}

// A paragraph of Word that stands for an item, moved into a list.
function listed(item) {
  const first = item.textContent.replaceAll("\u00a0", " ").trim();
  const tag = /^\d{1,2}[.)]/.test(first) ? "ol" : "ul";
  const before = item.previousElementSibling;
  const list = before?.dataset.office === tag ? before : item.ownerDocument.createElement(tag);
  if (list !== before) {
    list.dataset.office = tag;
    item.before(list);
  }
  const line = item.ownerDocument.createElement("li");
  line.append(...item.childNodes);
  const start = line.firstChild;
  if (start?.nodeType === Node.TEXT_NODE) start.data = start.data.replace(/^[\s\u00a0]*(?:[·•▪o§-]|\d{1,2}[.)])[\s\u00a0]+/u, "");
  list.append(line);
  item.remove();
}
