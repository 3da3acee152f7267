"""What is changed in the generated pages, so that they fit the product that serves them.

The product's Content-Security-Policy allows no inline script or style, and URLs of pages have no
`.html` at their end.
"""

import gzip
import hashlib
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

_ROOT: Final = "/docs/"
_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_INLINE_STYLE: Final = re.compile(r'(\w+)\.appendChild\(\w+\("style",\{\},(\w+)\.toString\(\)\)\)')
_SHEET: Final = "var __sheet=e=>{const t=new CSSStyleSheet;return t.replaceSync(e),t};\n"
_LINK: Final = re.compile(r'(?<=\s)(href|src)="([^"]*)"')
_EMPTY_HEADER: Final = re.compile(r"<th\b([^>]*)></th>")
_NAV_LABEL: Final = re.compile(r'(<nav\b[^>]*\baria-label=")([^"]*)(")')
_CONFIG: Final = re.compile(r'(<script id="__config" type="application/json">)(.*?)(</script>)')
_COMPRESSED: Final = {".html", ".css", ".js", ".json", ".svg"}
_SMALLEST_COMPRESSED: Final = 1_000
# Sections of the navigation whose pages would hide the answers for users.
_UNSEARCHED: Final = {"Measurements", "Contributing"}
_UNUSED: Final = ("404.html", "sitemap.xml")


def finish(site: Path, sources: Path) -> None:
    """Change the site in place; `sources` is the Markdown that it was made from."""
    for name in _UNUSED:
        (site / name).unlink(missing_ok=True)
    bundle, new_bundle = _finish_bundle(site / "assets" / "javascripts")
    for page in site.rglob("*.html"):
        page.write_text(_finished_page(page, site).replace(bundle, new_bundle))
    _finish_search(site / "search.json")
    _copy_markdown(site, sources)
    for path in [one for one in site.rglob("*") if one.suffix in _COMPRESSED]:
        if len(content := path.read_bytes()) >= _SMALLEST_COMPRESSED:
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))


def _finish_bundle(folder: Path) -> tuple[str, str]:
    """Give the search its style by a constructed sheet, which needs no `unsafe-inline`.

    Returns the bundle's old and new file name.
    """
    (bundle,) = folder.glob("bundle.*.js")
    code, count = _INLINE_STYLE.subn(
        r"\1.adoptedStyleSheets=[__sheet(\2.toString())]", bundle.read_text()
    )
    if count != 1:
        raise SystemExit("the search's style is not where it was: see dev/docs_site/finish.py")
    code = _SHEET + code
    new_name = f"bundle.{_hash(code)}.min.js"
    bundle.unlink()
    (folder / new_name).write_text(code)
    return bundle.name, new_name


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _finished_page(page: Path, site: Path) -> str:
    url = _ROOT + page.relative_to(site).as_posix()
    text = _INLINE_SCRIPT.sub(lambda found: _moved_out(found[1], site), page.read_text())
    text = _with_unique_labels(text)
    # A header of nothing is read out as one.
    text = _EMPTY_HEADER.sub(r"<td\1></td>", text)
    text = _LINK.sub(lambda found: f'{found[1]}="{_absolute(url, found[2])}"', text)
    return _CONFIG.sub(lambda found: found[1] + _finished_config(found[2], url) + found[3], text)


def _with_unique_labels(text: str) -> str:
    """Parts of the navigation that are there twice get two names, for screen readers."""
    seen: Counter[str] = Counter()

    def named(found: re.Match[str]) -> str:
        seen[found[2]] += 1
        number = f" ({seen[found[2]]})" if seen[found[2]] > 1 else ""
        return f"{found[1]}{found[2]}{number}{found[3]}"

    return _NAV_LABEL.sub(named, text)


def _moved_out(code: str, site: Path) -> str:
    """The tag that loads the same script, in the same order, from a file."""
    # The generator keeps what readers chose per folder; here, one choice counts for all pages.
    code = code.replace('new URL(".",location)', f'new URL("{_ROOT}",location)')
    name = f"assets/javascripts/inline.{_hash(code)}.js"
    (site / name).write_text(code)
    return f'<script src="{_ROOT}{name}"></script>'


def _absolute(url: str, link: str) -> str:
    """The link from the root, pages without `.html`; links to elsewhere and anchors as they are."""
    parts = urlsplit(link)
    if not link or link.startswith("#") or parts.scheme:
        return link
    joined = urlsplit(urljoin(url, link))
    path = re.sub(r"\.html$", "", joined.path)
    path = re.sub(r"^/docs/(index)?$", "/docs", path)
    return joined._replace(path=path).geturl()


def _finished_config(text: str, url: str) -> str:
    config = json.loads(text)
    config["base"] = _ROOT
    config["search"] = urljoin(url, config["search"])
    return json.dumps(config)


def _finish_search(path: Path) -> None:
    """Locations without `.html`, and no pages that are not for users."""
    index = json.loads(path.read_text())
    index["items"] = [item for item in index["items"] if not _UNSEARCHED & set(item["path"])]
    for item in index["items"]:
        item["location"] = re.sub(r"\.html(?=#|$)", "", item["location"])
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")))


def _copy_markdown(site: Path, sources: Path) -> None:
    """Each page's Markdown beside it, and `llms.txt`, which lists them (llmstxt.org)."""
    rows = []
    for source in sorted(sources.rglob("*.md")):
        name = source.relative_to(sources).as_posix()
        shutil.copy(source, site / name)
        title = re.search(r"^# (.+)$", source.read_text(), re.MULTILINE)
        rows.append(f"- [{title[1] if title else name}](https://www.zen-mode.io/docs/{name})")
    (site / "llms.txt").write_text(_LLMS + "\n".join(rows) + "\n")


_LLMS: Final = """\
# ZenMode

> Queue LinkedIn actions from your code. An agent on your computer runs them. A webhook reports
> the result.

Each page of the documentation, as Markdown. The REST API for programs:
https://www.zen-mode.io/api/v1/openapi.json

## Pages

"""
