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

// The theme puts tables that may scroll, and the buttons of code blocks, into the page by itself. The
// keyboard can reach the tables; buttons of a code block are no part of the navigation.
function improveAccess() {
  for (const buttons of document.querySelectorAll("nav.md-code__nav:not([role])")) {
    buttons.setAttribute("role", "presentation");
  }
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap:not([role])")) {
    table.setAttribute("role", "group");
    table.setAttribute("aria-label", "Table");
    table.setAttribute("tabindex", "0");
  }
}

new MutationObserver(improveAccess).observe(document.body, { childList: true, subtree: true });
improveAccess();
