"""Makes single pages of a locale with MkDocs and Material: the steps of `mkdocs build`, page by page.

`mkdocs build` makes all pages or none. Here a page is made alone, with the same configuration, plugins, hook, theme
and Markdown parser; tests compare with what MkDocs itself makes. One parser serves all pages, one set of templates
all locales of a process.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import yaml
from babel import negotiate_locale
from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs import utils as mkdocs_utils
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_theme_dir
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from helptree.render.pages import split_page
from helptree.site_parser import make_parser
from helptree.site_shells import NOT_FOUND, BuildFault, ShellKind, ShellSettings, mark

# Material's string files are called by these tags, where ours differ.
_THEME_NAMES = {"no": "nb", "zh-Hans": "zh"}
# What `quick_html` knows of.
_PLUGINS = frozenset(["material/search", "i18n"])
_EXTENSIONS = frozenset(
    ["toc", "tables", "fenced_code", "attr_list", "admonition", "pymdownx.details", "helptree.render.no_html"]
)


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page as HTML, and what the search is to know of it."""

    html: str
    search: list[dict[str, Any]]


class _Collector(logging.Handler):
    """Keeps MkDocs' warnings: each of them is an error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def complaints() -> Iterator[None]:
    """Raise BuildFault in the end if MkDocs has warned of anything."""
    collector, log = _Collector(), logging.getLogger("mkdocs")
    log.addHandler(collector)
    log.propagate = False
    try:
        yield
    except (MkDocsException, OSError) as error:
        collector.messages.append(str(error))
    finally:
        log.removeHandler(collector)
    if collector.messages:
        raise BuildFault(collector.messages)


def theme_language(locale: str) -> str:
    """Return the tag of the theme's string file for a locale; English words where it has none."""
    wanted = [_THEME_NAMES.get(locale, locale), locale.partition("-")[0]]
    return negotiate_locale(wanted, _theme_languages(), sep="-") or "en"


@cache
def _theme_languages() -> list[str]:
    folder = Path(get_theme_dir("material")) / "partials" / "languages"
    return [path.stem for path in folder.glob("*.html")]


def configure(
    config_file: Path, docs_dir: Path, site_dir: Path, tree: Path, locale: str, frame: dict[str, Any]
) -> MkDocsConfig:
    """Return MkDocs' configuration for one locale, before its plugins have seen it."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with _variables(HELPTREE_LOCALE=locale, HELPTREE_THEME_LANGUAGE=theme_language(locale), HELPTREE_TREE=str(tree)):
        config = _load_config(config_file, docs_dir=str(docs_dir), site_dir=str(site_dir))
    config.extra["helptree_frame"] = frame
    environment = _templates(tuple(config.theme.dirs), config_file)
    # It would hold on to the words of the locale that asked first; the search plugin asks it for its language.
    environment.get_template("partials/language.html")._module = None
    config.theme.get_env = lambda: environment  # type: ignore[method-assign]
    return config


def _load_config(config_file: Path, **options: str) -> MkDocsConfig:
    """Do what MkDocs' own `load_config` does; that reads YAML without libyaml, and lists all packages each time."""
    config = MkDocsConfig(config_file_path=str(config_file))
    mkdocs_utils.get_themes = _themes  # type: ignore[assignment]
    with config_file.open("rb") as file:
        config.load_dict(yaml_load(file, get_yaml_loader(getattr(yaml, "CLoader", yaml.Loader), config)))
        config.load_dict(options)
        errors, warnings = config.validate()
    for name, message in (*errors, *warnings):
        logging.getLogger("mkdocs").warning(f"Config value '{name}': {message}")
    if errors:
        raise Abort("Aborted with a configuration error!")
    return config


class _Themes:
    """The installed themes, listed once: MkDocs forgets them again and again, and looks at all installed packages."""

    def __init__(self, find: Callable[[], Any]) -> None:
        self._find = cache(find)

    def __call__(self) -> Any:
        return self._find()

    def cache_clear(self) -> None:
        """Forget nothing: a process sees the packages that were there when it began."""


_themes = _Themes(mkdocs_utils.get_themes)


@contextmanager
def _variables(**values: str) -> Iterator[None]:
    """Set what mkdocs.yml reads by `!ENV`, for as long as it is read: a wizard may be started by this process."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@cache
def _templates(folders: tuple[str, ...], config_file: Path) -> Environment:
    """Return the theme's templates, loaded once a process: they hold nothing of a locale."""
    from mkdocs.theme import Theme

    environment = Theme(name="material", custom_dir=folders[0]).get_env()
    cache_dir = config_file.absolute().parent / ".cache" / "templates"
    cache_dir.mkdir(parents=True, exist_ok=True)
    environment.bytecode_cache = FileSystemBytecodeCache(str(cache_dir))
    return environment


def warm_up(config_file: Path) -> None:
    """Load what all locales need, before processes are forked: plugins, the theme's templates, the parser."""
    config = _load_config(config_file)
    environment = _templates(tuple(config.theme.dirs), config_file)
    make_parser(config["markdown_extensions"], config["mdx_configs"] or {})
    for name in ("main.html", "base.html", "partials/header.html", "partials/footer.html", "partials/search.html"):
        environment.get_template(name)


class PageMaker:
    """Makes pages of one locale, out of the Markdown in `docs_dir/<locale>/`."""

    def __init__(self, config: MkDocsConfig, locale: str, names: Iterable[str]) -> None:
        """`names`: all files of the locale below `docs_dir`, pages and others."""
        config.plugins.on_startup(command="build", dirty=False)
        self._config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files = Files([File(name, config.docs_dir, config.site_dir, True) for name in names])
        self._files = config.plugins.on_files(files, config=config)
        self._environment = config.plugins.on_env(config.theme.get_env(), config=config, files=self._files)
        nav = get_navigation(self._files, config)
        self._nav = config.plugins.on_nav(nav, config=config, files=self._files)
        self._by_source = {Path(file.abs_src_path or ""): file for file in self._files.documentation_pages()}
        self._folder = Path(config.docs_dir) / locale
        self._parser = make_parser(config["markdown_extensions"], config["mdx_configs"] or {})
        self._index: Any = config.plugins["material/search"].search_index  # type: ignore[attr-defined]

    def make(self, source: str) -> MadePage:
        """Return the page of a Markdown file."""
        file = self._by_source[self._folder / source]
        page = file.page or Page(None, file, self._config)
        self._config._current_page = page
        self._read(page)
        before = len(self._index.entries)
        html = self._render(page)
        return MadePage(html, self._index.entries[before:])

    def _read(self, page: Page) -> None:
        plugins, config, files = self._config.plugins, self._config, self._files
        page = plugins.on_pre_page(page, config=config, files=files)
        page.markdown, page.meta = split_page(page.file.content_string)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        self._convert(page)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)

    def _convert(self, page: Page) -> None:
        """Do what Page.render does, without making a parser for each page."""
        parser = self._parser.reset()
        title = _ExtractTitleTreeprocessor()
        for processor in (
            _RawHTMLPreprocessor(),
            _ExtractAnchorsTreeprocessor(page.file, self._files, self._config),
            _RelativePathTreeprocessor(page.file, self._files, self._config),
            title,
        ):
            processor._register(parser)
        page.content = parser.convert(page.markdown or "")
        page.toc = get_toc(getattr(parser, "toc_tokens", []))
        page._title_from_render = title.title

    def _render(self, page: Page, more: Mapping[str, str] = MappingProxyType({})) -> str:
        page.active = True
        context = get_context(self._nav, self._files.documentation_pages(), self._config, page)
        context = self._config.plugins.on_page_context(context, page=page, config=self._config, nav=self._nav)
        output = self._environment.get_template("main.html").render({**context, **more})
        page.active = False
        return str(self._config.plugins.on_post_page(output, page=page, config=self._config))

    def make_shell(self, kind: ShellKind) -> str:
        """Return a page of a kind whose words are marks."""
        name = "/".join([mark("url")] * kind.depth) or "index"
        page = Page(None, self._by_source[self._folder / f"{name}.md"], self._config) if kind.depth else self._home()
        page.markdown, page.content = "", ""
        page.toc = get_toc([{"level": 1, "id": mark("heading"), "name": "", "children": []}])
        page.meta = {"title": mark("title"), "complete": kind.is_complete}
        if kind.is_described:
            page.meta["description"] = mark("description")
        more = {"article": mark("article"), **({"linked_data": mark("data")} if kind.has_data else {})}
        return self._render(page, more)

    def _home(self) -> Page:
        page = self._by_source[self._folder / "index.md"].page
        assert page
        return page

    def make_not_found(self) -> str:
        """Return the locale's 404 page."""
        context = get_context(self._nav, self._files, self._config, base_url="/")
        plugins, name = self._config.plugins, NOT_FOUND
        template = plugins.on_pre_template(
            self._environment.get_template(name), template_name=name, config=self._config
        )
        context = plugins.on_template_context(context, template_name=name, config=self._config)
        return str(plugins.on_post_template(template.render(context), template_name=name, config=self._config))

    @property
    def settings(self) -> ShellSettings:
        """What the configuration says that our own way of making pages has to know."""
        config = self._config
        return ShellSettings(
            is_plain=self._is_plain(),
            root=config.extra.get("root_url", ""),
            wizard=config.extra.get("wizard_url") or "",
            search={key: self._index.config[key] for key in ("lang", "separator", "pipeline", "fields")},
        )

    def _is_plain(self) -> bool:
        """Say whether nothing but what we know of has a say in an article: then `quick_html` may make it."""
        config = self._config
        named: Mapping[str, ModuleType] = config["hooks"]
        hooks = [hook.__file__ or "" for hook in named.values()]
        # Hooks stand among the plugins as well.
        is_known = set(config.plugins) - set(named) <= _PLUGINS and len(hooks) == 1 and _is_ours(hooks[0])
        is_known = is_known and set(config["markdown_extensions"]) <= _EXTENSIONS
        return is_known and not any((config["mdx_configs"] or {}).values()) and find_spec("jieba") is None


def _is_ours(hook: str) -> bool:
    return Path(hook).read_bytes() == Path(__file__).with_name("mkdocs_hook.py").read_bytes()
