"""A newcomer with clients/README.md alone: its script, as it stands there, against the service as it is started."""

import re

from tests.clients.conftest import ROOT, compiled  # noqa: F401  # the client, compiled once

README = ROOT / "clients" / "README.md"


def test_the_ten_lines_of_the_readme_call_the_service(live, compiled, tmp_path):  # noqa: F811  # the fixture of this name
    script = re.search(r"```js\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[1]
    (tmp_path / "clients" / "typescript").mkdir(parents=True)
    (tmp_path / "clients" / "typescript" / "dist").symlink_to(compiled.built)
    (tmp_path / "hello.mjs").write_text(script, encoding="utf-8")

    done = compiled.run("hello.mjs", cwd=tmp_path, RUFA=live.url)

    assert len(script.splitlines()) <= 10
    assert done.returncode == 0, done.stderr
    *places, sent = done.stdout.splitlines()
    assert sent == "138****0001"
    assert [place.startswith("〔演示〕") for place in places] == [True] * 3, places
