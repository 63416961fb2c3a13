"""The runbook is true."""

import re
from pathlib import Path

import yaml

from tests.deploy.metrics import METRICS
from tests.deploy.test_manifests import SETTINGS, command_exists

ROOT = Path(__file__).parents[2]
RUNBOOK = (ROOT / "docs" / "running.md").read_text("utf-8")
ALERTS = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text("utf-8"))["groups"][0]["rules"]


def test_every_alert_has_its_place() -> None:
    assert re.findall(r"^### (Testigo\w+)$", RUNBOOK, re.MULTILINE) == [alert["alert"] for alert in ALERTS]
    for alert in ALERTS:
        assert alert["annotations"]["runbook"] == f"docs/running.md#{alert['alert'].lower()}"
        assert alert["labels"]["severity"] in {"page", "ticket"}


def test_every_command_told_exists() -> None:
    told = {tuple(words.split()) for words in re.findall(r"`testigo ((?:db )?[a-z]+)", RUNBOOK)}
    assert told
    assert [words for words in told if not command_exists(list(words))] == []


def test_every_setting_told_exists() -> None:
    assert set(re.findall(r"`((?:TESTIGO|DISCORD)_[A-Z_]+)`", RUNBOOK)) <= SETTINGS


def test_every_metric_told_exists() -> None:
    told = set(re.findall(r"\btestigo_[a-z_]+", RUNBOOK))
    assert told <= {name.removesuffix("_bucket") for name in METRICS}


def test_every_file_told_is_there() -> None:
    told = set(re.findall(r"\b((?:deploy|docs)/[\w./-]*\w)", RUNBOOK)) - {"deploy/secrets", "deploy/secrets/token"}
    assert [path for path in told if not (ROOT / path).exists()] == []
