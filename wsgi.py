"""The composition root: the one module that knows everybody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask, current_app
from werkzeug.middleware.proxy_fix import ProxyFix

import accounts.commands
import accounts.jobs  # whoever carries out errands is imported here, by name
import api.commands
import api.directory_commands
import api.http
import api.messages
import api.tokens
import applications.commands
import applications.jobs
import applications.rulebook
import appointments.aftercare.jobs
import appointments.aftercare.rules
import appointments.calls
import appointments.commands
import appointments.conventions
import appointments.doorstep.jobs
import appointments.doorstep.rules
import appointments.jobs
import appointments.leaving
import appointments.offers
import appointments.reminders
import appointments.replies
import appointments.unreached
import appointments.visits.jobs
import appointments.visits.rules
import appointments.waiting_jobs
import content.commands
import content.jobs
import content.rulebook
import core.commands
import core.crypto
import core.db
import core.deadline
import core.jobs
import core.logs
import core.readonly
import core.schema
import core.serving
import core.settings
import core.worker
import locator.commands
import locator.jobs
import locator.travel
import locator.warming
import messages.carrying
import messages.pushed
import messages.sweeping
import messages.ways
import mobile_api
import mobile_api.commands
import mobile_api.viewing
import portal
import portal.failures

COMMANDS = (
    core.commands,
    core.worker,
    accounts.commands,
    locator.commands,
    applications.commands,
    content.commands,
    api.commands,
    api.directory_commands,
    mobile_api.commands,
)
FACES = (api.http, mobile_api, portal)
SIGN_IN = """
  如法已经就绪：{url}

  市民：打开 {url}/sign-in，输入任何一个大陆手机号，短信验证码会显示在这个窗口。
  工作人员：演示账号与口令见上方，入口是 {url}/desk。
  停止：Ctrl+C。
"""


def create_app(settings: core.settings.Settings | None = None) -> Flask:
    """Put the service together from its settings.

    Raises `SettingsError` when they are not fit to start with, `RulesError`, `TravelError` or `MenuError` when
    the rule files are not.
    """
    settings = settings or core.settings.load()
    core.settings.use(settings)
    applications.rulebook.rulebook()
    locator.travel.load(settings.rules_dir)
    content.rulebook.check(settings.rules_dir)
    appointments.offers.menu()
    appointments.conventions.agreed()
    appointments.visits.rules.agreed()
    appointments.aftercare.rules.rules()
    appointments.doorstep.rules.agreed()
    messages.ways.agreed()
    core.logs.configure()
    core.deadline.allow(settings.database_deadline)
    core.readonly.watch(settings.data_dir / core.readonly.FLAG, switched=settings.read_only)
    core.db.connect(settings.database_url, pool_size=settings.database_pool)
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.secret_key = settings.secret_key
    for face in FACES:
        face.install(app)
    mobile_api.viewing.tell(reader=api.tokens.viewer_of_request, speaker=api.messages.in_words)
    _add_commands(app)
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=1)  # type: ignore[method-assign]
    return app


def _add_commands(app: Flask) -> None:
    for module in COMMANDS:
        for command in vars(module).values():
            if isinstance(command, click.Command):
                app.cli.add_command(command)
    app.cli.add_command(start)
    app.cli.add_command(serve)


@click.command("serve")
@click.pass_context
def serve(context: click.Context) -> None:
    """Answer until told to stop, then finish what is under way."""
    settings = core.settings.current()
    core.serving.share_heaps()
    application = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # outlives the context
    where = core.serving.Place(settings.host, settings.port, settings.threads)
    serving = core.serving.Serving(application, where, sorry=portal.failures.last_word)
    worker = core.jobs.Worker()
    if settings.errands == "table":
        worker.start()
    warming = locator.warming.Warming(lambda: datetime.now(UTC))
    warming.start()
    core.logs.get("serving").info("serving.started", host=settings.host, port=serving.port, mode=settings.mode)
    finished = serving.serve()
    warming.stop()
    worker.stop()
    context.exit(0 if finished else 1)


def _edition(database: str) -> str:
    """Tell one edition of the loaded data from the next, so that a second start need not compare every row."""
    files = sorted(path for path in (Path(__file__).parent / "locator").rglob("*") if path.suffix in {".py", ".gz"})
    return core.crypto.fingerprint(database.encode() + b"".join(path.read_bytes() for path in files))


@click.command("start")
@click.pass_context
def start(context: click.Context) -> None:
    """Prepare an embedded place (tables, divisions, demo places and people) and serve it."""
    settings = core.settings.current()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with core.db.reading():
        is_new = core.schema.revision() is None
    core.schema.upgrade()
    now = datetime.now(UTC)
    prepared, edition = settings.data_dir / "prepared", _edition(settings.database_url)
    if is_new or not prepared.exists() or prepared.read_text() != edition:
        locator.commands.load(now=now)
        prepared.write_text(edition)
    accounts.commands.load_demo(now)
    applications.commands.load_demo(now)
    appointments.commands.load_demo(now)
    content.commands.load_demo(now)
    if settings.is_demo:
        click.echo(SIGN_IN.format(url=f"http://{settings.host}:{settings.port}"))
    context.invoke(serve)
