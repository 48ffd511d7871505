"""The mini-program: it compiles, it is small, it is what WeChat takes, and its pages do what its own tests say."""

import json
import random
import re

import pytest
from PIL import Image, ImageFilter

from core.imaging import quality
from messages import ways
from mobile_api import scenes
from tests.clients.conftest import ROOT

HERE = ROOT / "clients" / "miniprogram"
SOURCES = HERE / "src"
MAIN_PACKAGE = 1_500_000  # bytes; WeChat takes 2 MB
APP = json.loads((SOURCES / "app.json").read_text())
PUBLIC = {"home", "learn", "article", "nearby", "station", "check", "hotlines"}
GATED = {"getLocation", "chooseLocation", "choosePoi", "getFuzzyLocation", "chooseAddress", "onLocationChange"}


@pytest.fixture(scope="session")
def package(compiled, tmp_path_factory):
    """Build the package WeChat's tools open; a fault of types stops it."""
    built = tmp_path_factory.mktemp("miniprogram") / "dist"
    done = compiled.run(HERE / "build.mjs", built)
    assert done.returncode == 0, done.stderr
    return built


def sources(ending):
    return {path.relative_to(SOURCES).as_posix(): path.read_text() for path in SOURCES.rglob(f"*{ending}")}


def test_does_what_its_own_tests_say(compiled, package):
    done = compiled.run("--test", HERE / "tests" / "all.mjs", RUFA_MINIPROGRAM=str(package))

    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.search(r"^(?:#|ℹ) pass (\d+)$", done.stdout, re.MULTILINE)[1]) > 25


def test_stays_small(package):
    files = [path for path in package.rglob("*") if path.is_file() and path.name != "package.json"]

    assert sum(path.stat().st_size for path in files) <= MAIN_PACKAGE


def test_has_every_page_whole_and_none_besides(package):
    for page in APP["pages"]:
        assert all((package / f"{page}{ending}").is_file() for ending in (".js", ".json", ".wxml", ".wxss")), page

    assert {f"pages/{path.name}/{path.name}" for path in (SOURCES / "pages").iterdir()} == set(APP["pages"])
    assert [tab["pagePath"] for tab in APP["tabBar"]["list"]] == APP["pages"][: len(APP["tabBar"]["list"])]


def test_reaches_nothing_outside_the_package(package):
    for path in package.rglob("*.js"):
        for needed in re.findall(r"require\(\"([^\"]+)\"\)", path.read_text()):
            found = (path.parent / needed).resolve()
            assert found.is_relative_to(package.resolve()), (path, needed)
            assert found.with_suffix(".js").is_file(), (path, needed)


def test_every_page_follows_the_readers_size_and_stands_in_the_frame():
    for name, text in sources(".wxml").items():
        if name.startswith("pages/"):
            assert text.startswith('<page-meta root-font-size="{{frame.root}}" />\n<rf-page '), name


def test_whatever_is_tapped_says_what_it_is():
    """A screen reader names what answers a tap: by a role, or because it is one of ours that has it."""
    for name, text in sources(".wxml").items():
        for tag in re.findall(r"<view\b[^>]*\bbindtap=[^>]*>", text):
            assert "aria-role=" in tag, (name, tag)
        for tag in re.findall(r"<(?:input|textarea|canvas)\b[^>]*>", text):
            assert "aria-label=" in tag, (name, tag)


def test_sizes_of_text_follow_the_reader():
    for name, text in sources(".wxss").items():
        assert re.findall(r"font-size:\s*[\d.]+(?:px|rpx|pt)", text) == [], name


def test_colours_are_the_portals():
    def colours(path):
        blocks = re.split(r"prefers-color-scheme: dark", path.read_text(), maxsplit=1)
        return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in blocks]

    pairs = {"tokens.wxss": "tokens.css"}
    for ours, theirs in pairs.items():
        kept, portal = colours(SOURCES / "styles" / ours), colours(ROOT / "static" / "css" / theirs)
        for mine, other in zip(kept, portal, strict=True):
            assert len(mine) > 15
            assert {name: value for name, value in mine.items() if other[name] != value} == {}


def test_lets_searchers_see_only_what_everybody_may_read():
    rules = json.loads((SOURCES / "sitemap.json").read_text())["rules"]

    assert {rule["page"].split("/")[-1] for rule in rules if rule["action"] == "allow"} == PUBLIC
    assert rules[-1] == {"action": "disallow", "page": "*"}


def test_declares_what_wechat_wants_declared():
    used = {name for text in sources(".ts").values() for name in re.findall(r"\bwx\s*\.\s*(\w+)", text)}

    assert set(APP["requiredPrivateInfos"]) == used & GATED
    assert APP["__usePrivacyCheck__"] is True
    assert not used & {"getUserProfile", "getUserInfo", "showShareMenu", "createRewardedVideoAd"}


def test_files_stay_small():
    code = [path for path in [*SOURCES.rglob("*"), *(HERE / "tests").rglob("*")] if path.suffix in {".ts", ".mjs"}]

    assert {path.name: n for path in code if (n := path.read_text().count("\n")) > 300} == {}


def photographs():
    dice = random.Random(7)  # noqa: S311  # pictures that are the same every time
    page = Image.new("RGB", (640, 900), (240, 238, 230))
    for _ in range(900):
        page.paste((30, 30, 30), (x := dice.randrange(20, 600), y := dice.randrange(20, 860), x + 10, y + 14))
    return {
        "sharp": page,
        "blurred": page.filter(ImageFilter.GaussianBlur(9)),
        "dark": page.point(lambda value: value // 6),
        "small": page.crop((0, 0, 400, 500)),
        "flat": Image.new("RGB", (700, 700), (200, 200, 200)),
    }


def test_the_coach_measures_as_the_service_does(compiled, package, tmp_path):
    """The same photograph gets the same advice before it is sent and after (FEATURES A23)."""
    asked, served = [], {}
    for name, image in photographs().items():
        (tmp_path / name).write_bytes(image.convert("RGBA").tobytes())
        asked.append([name, *image.size])
        served[name] = quality.judge(image, image.size)
    script = tmp_path / "judge.cjs"
    script.write_text(
        f"""const {{ greyOf, judge }} = require({json.dumps(str(package / "lib" / "photo.js"))});
const told = {json.dumps(asked)}.map(([name, width, height]) => {{
  const colours = new Uint8ClampedArray(require("fs").readFileSync(`${{__dirname}}/${{name}}`));
  return [name, judge(greyOf(colours, width, height), Math.min(width, height))];
}});
console.log(JSON.stringify(Object.fromEntries(told)));"""
    )
    (package / "package.json").write_text('{ "type": "commonjs" }\n')

    assert json.loads(compiled.run(script).stdout) == served
    assert sorted({flaw for flaws in served.values() for flaw in flaws}) == [
        "photo_blurred",
        "photo_dark",
        "photo_small",
    ]


def test_every_page_wechat_is_told_of_is_there(settings):
    told = {template.page for template in ways.agreed().templates.values()} | {scenes.PAGE}

    assert told - set(APP["pages"]) == set()
