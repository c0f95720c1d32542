"""Makes the finished site from the Markdown: configuration, builder, finish, and into its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from okrdocs.errors import UsageError
from okrdocs.site.configuration import (
    SiteConfiguration,
    read_configuration,
    source_folders,
    write_configuration,
)
from okrdocs.site.finish import FinishSettings, finish_site
from okrdocs.site.other_builders import MKDOCS, ZENSICAL, run_builder
from okrdocs.site.settings.contradictions import refuse_what_zensical_ignores
from okrdocs.site.target_folder import new_site_folder, put_in_place
from okrdocs.site.unsafe_sources import refuse_unsafe_sources

OKRS = "okrs"
_LEFT_OUT = "Left out with --safe, of {}: {}."


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How a site is built: where to, where not as configured, by which builder, how carefully.

    `organization` names a site that has no name of its own.
    """

    organization: str
    folder: Path | None = None
    builder: str = MKDOCS
    safe: bool = False


def build_site(root: Path, options: BuildOptions, print_message: Callable[[str], None]) -> Path:
    """Build the whole site and return its folder; a broken link or anchor fails.

    The site that is there stays until the new one is complete. Raises OkrError where the builder
    fails, UsageError where the configuration is broken and where its folder must stay as it is.
    """
    configuration = prepare_site(root, options, print_message)
    settings = FinishSettings(
        root / configuration.text("docs_dir"),
        policy=configuration.text("extra", "content_security_policy").lower() == "true",
        edit_base=configuration.text("extra", "edit_base"),
        address=configuration.text("site_url"),
        safe=options.safe,
    )
    if options.builder == MKDOCS:
        from okrdocs.site.mkdocs import build_with_mkdocs

        path = write_configuration(root, configuration, None)
        built = build_with_mkdocs(path, options.folder, root, print_message)
        fresh, target = built.folder, built.target
        settings = replace(settings, address=built.address)
    else:
        fresh, target = _build_with_another(root, configuration, options, print_message)
    finish_site(fresh, settings)
    put_in_place(fresh, target)
    return target


def prepare_site(
    root: Path, options: BuildOptions, print_message: Callable[[str], None]
) -> SiteConfiguration:
    """Return the configuration of a site whose sources may be read. Raises UsageError."""
    configuration = read_configuration(root, options.organization, safe=options.safe)
    if configuration.left_out:
        print_message(_LEFT_OUT.format(configuration.name, ", ".join(configuration.left_out)))
    if options.builder == ZENSICAL:
        refuse_what_zensical_ignores(configuration.own, configuration.name)
    refuse_unsafe_sources(root, source_folders(root, configuration))
    return configuration


def _build_with_another(
    root: Path,
    configuration: SiteConfiguration,
    options: BuildOptions,
    print_message: Callable[[str], None],
) -> tuple[Path, Path]:
    target = options.folder or root / configuration.text("site_dir")
    sources = [root / OKRS, root / configuration.name, *source_folders(root, configuration)]
    fresh = new_site_folder(target, root, sources)
    if options.builder == ZENSICAL and not fresh.is_relative_to(root.resolve()):
        raise UsageError(
            "Zensical builds only within the folder of your OKRs' repository. Name a folder there,"
            " with `--site-dir DIR`, or build with `--builder mkdocs`."
        )
    path = write_configuration(root, configuration, fresh)
    run_builder(options.builder, path, print_message)
    return fresh, target
