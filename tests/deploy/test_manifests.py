"""The manifests fit their schemas, and say what the program understands."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import kubernetes_validate
import pytest
import yaml
from compose_spec import PyCompose

from bot import __version__
from bot.settings import Settings
from bot.terminal.commands import main

DEPLOY = Path(__file__).parents[2] / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
MANIFESTS = sorted(path for path in KUBERNETES.rglob("*.yaml") if path.name != "kustomization.yaml")
FOLDERS = sorted(path.parent for path in KUBERNETES.rglob("kustomization.yaml"))
VERSIONS = ("1.30", "1.37")
"""The oldest and the newest Kubernetes that the manifests are checked for."""

SETTINGS = {str(field.validation_alias or f"TESTIGO_{name.upper()}") for name, field in Settings.model_fields.items()}
IMAGE = f"testigo:{__version__}"


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8"))


STATEFUL_SET = read(KUBERNETES / "shards" / "statefulset.yaml")
JOB = read(KUBERNETES / "migration" / "job.yaml")
CONFIGURATION = read(KUBERNETES / "common" / "configuration.yaml")
COMPOSE = read(DEPLOY / "compose.yaml")
SERVICE = COMPOSE["services"]["testigo"]
PODS = {"shard": STATEFUL_SET["spec"]["template"], "migration": JOB["spec"]["template"]}


def command_exists(args: list[str]) -> bool:
    """Return whether `testigo` understands these words."""
    command: click.Command | None = main
    for word in args:
        command = command.get_command(click.Context(command), word) if isinstance(command, click.Group) else None
    return command is not None and not isinstance(command, click.Group)


def probes() -> Iterator[list[str]]:
    """Yield the command of every probe."""
    container = PODS["shard"]["spec"]["containers"][0]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        yield container[probe]["exec"]["command"]
    kind, *command = SERVICE["healthcheck"]["test"]
    assert kind == "CMD"
    yield command


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_a_manifest_fits_kubernetes_schema(path: Path, version: str) -> None:
    kubernetes_validate.validate(read(path), version, strict=True)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_folder_is_whole(folder: Path) -> None:
    if shutil.which("kubectl") is None:
        pytest.skip("kubectl is not installed")
    made = subprocess.run(["kubectl", "kustomize", folder], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    for resource in yaml.safe_load_all(made.stdout):
        kubernetes_validate.validate(resource, VERSIONS[-1], strict=True)


def test_another_number_of_shards_is_written_alike_in_its_three_places() -> None:
    sixteen = read(KUBERNETES / "sixteen" / "kustomization.yaml")
    assert sixteen["nameSuffix"] == "-of-16"
    assert sixteen["labels"] == [{"pairs": {"shards": "16"}, "includeSelectors": True}]
    assert sixteen["replicas"] == [{"name": STATEFUL_SET["metadata"]["name"], "count": 16}]


def test_without_another_number_there_is_one_shard() -> None:
    one = read(KUBERNETES / "shards" / "kustomization.yaml")
    assert one["labels"] == [{"pairs": {"shards": "1"}, "includeSelectors": True}]
    assert STATEFUL_SET["spec"]["replicas"] == 1


def test_compose_fits_its_specification() -> None:
    PyCompose.from_yaml((DEPLOY / "compose.yaml").read_text("utf-8"))


def test_every_variable_is_a_setting() -> None:
    shard = PODS["shard"]["spec"]["containers"][0]
    named = {*CONFIGURATION["data"], *(variable["name"] for variable in shard["env"]), *SERVICE["environment"]}
    assert named <= SETTINGS


def test_every_command_exists() -> None:
    assert command_exists(PODS["migration"]["spec"]["containers"][0]["args"])
    for interpreter, *args in probes():
        assert [interpreter, *args[:2]] == ["python", "-m", "bot"]
        assert command_exists(args[2:])


def test_all_run_the_image_of_this_version() -> None:
    assert {pod["spec"]["containers"][0]["image"] for pod in PODS.values()} | {SERVICE["image"]} == {IMAGE}


@pytest.mark.parametrize("pod", PODS.values(), ids=PODS)
def test_a_pod_has_no_rights(pod: dict[str, Any]) -> None:
    spec, container = pod["spec"], pod["spec"]["containers"][0]
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] == 65532
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {volume["name"]: volume["emptyDir"]["medium"] for volume in spec["volumes"] if "emptyDir" in volume} == {
        "tmp": "Memory"
    }


def test_a_container_of_compose_has_no_rights() -> None:
    assert (SERVICE["read_only"], SERVICE["user"], SERVICE["cap_drop"]) == (True, "65532:65532", ["ALL"])
    assert SERVICE["security_opt"] == ["no-new-privileges:true"]


def test_secrets_come_from_files_that_are_mounted() -> None:
    keys = set(read(KUBERNETES / "secret.example.yaml")["stringData"])
    for pod in PODS.values():
        (mount,) = [m for m in pod["spec"]["containers"][0]["volumeMounts"] if m["name"] == "secrets"]
        files = {value for name, value in CONFIGURATION["data"].items() if name.endswith("_FILE")}
        assert files == {f"{mount['mountPath']}/{key}" for key in keys}
    assert SERVICE["environment"]["DISCORD_TOKEN_FILE"] == f"/run/secrets/{SERVICE['secrets'][0]}"
    assert set(SERVICE["secrets"]) == set(COMPOSE["secrets"])


def test_services_disruptions_and_networks_mean_the_pods() -> None:
    labels = {name: pod["metadata"]["labels"] for name, pod in PODS.items()}
    service = read(KUBERNETES / "common" / "service.yaml")
    budget = read(KUBERNETES / "common" / "disruption.yaml")
    network = read(KUBERNETES / "common" / "network.yaml")
    assert STATEFUL_SET["spec"]["serviceName"] == service["metadata"]["name"]
    for selector in (service["spec"]["selector"], budget["spec"]["selector"]["matchLabels"]):
        assert selector.items() <= labels["shard"].items()
        assert not selector.items() <= labels["migration"].items()
    for found in labels.values():
        assert network["spec"]["podSelector"]["matchLabels"].items() <= found.items()


def test_the_port_of_the_metrics_is_one() -> None:
    port = CONFIGURATION["data"]["TESTIGO_METRICS_PORT"]
    service = read(KUBERNETES / "common" / "service.yaml")
    assert PODS["shard"]["spec"]["containers"][0]["ports"] == [{"name": "metrics", "containerPort": int(port)}]
    assert service["spec"]["ports"][0]["port"] == int(port)
    assert SERVICE["environment"]["TESTIGO_METRICS_PORT"] == port
    assert f"EXPOSE {port}" in (DEPLOY.parent / "Dockerfile").read_text("utf-8")


def test_whoever_stops_a_process_waits_for_what_it_has_begun() -> None:
    assert PODS["shard"]["spec"]["terminationGracePeriodSeconds"] >= 15
    assert SERVICE["stop_grace_period"] == "15s"
