// Examples name the host that the documentation was written for; the reader's own takes its place.
const PUBLISHED = /\b(https?|wss?):\/\/www\.zen-mode\.io/g;

function ownUrl(_found, scheme) {
  return scheme.startsWith("ws") ? location.origin.replace(/^http/, "ws") : location.origin;
}

const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const text = texts.currentNode;
  if (PUBLISHED.test(text.data)) {
    text.data = text.data.replace(PUBLISHED, ownUrl);
  }
  PUBLISHED.lastIndex = 0;
}
