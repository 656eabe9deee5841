"""The profiles that come with the program, and what a user's own file may and may not say."""

import tomllib
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import hengjian.law
from hengjian.core.profile import Profile
from hengjian.law import ProfileError, load_profile, profile_names
from hengjian.law.values import FIELDS

FOLDER = Path(hengjian.law.__file__).parent / "profiles"


def own(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "区口径.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_default_comes_first():
    assert profile_names()[0] == "national-2020"
    assert set(profile_names()) == {
        "national-2020", "national-2021", "national-2021-cost", "hunan", "hebei", "sichuan",
    }  # fmt: skip


@pytest.mark.parametrize("name", profile_names())
def test_every_number_is_dated_and_cited(name: str):
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    for key, entry in data.items():
        if key in ("title", "extends"):
            continue
        assert set(entry) == {"value", "from", "basis", "confirmed"}, key
        assert isinstance(entry["from"], date)
        assert entry["basis"]


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_loads_and_names_its_sources(name: str):
    profile = load_profile(name)
    assert profile.name == name
    assert profile.title != name
    assert "财预〔20" in profile.sources["bands"].basis


def test_every_field_of_a_profile_can_be_set():
    assert set(FIELDS) == {f.name for f in fields(Profile)} - {"name", "title", "sources"}


def test_only_what_a_jurisdiction_gives_is_overridden():
    base, hunan, sichuan = load_profile(), load_profile("hunan"), load_profile("sichuan")
    assert hunan.level1_weights == base.level1_weights
    assert dict(sichuan.plan_thresholds) == {4: 25, 6: 40, 8: 60, 10: 80}
    assert not base.plan_thresholds


def test_the_cost_profile_extends_the_one_without():
    profile = load_profile("national-2021-cost")
    assert profile.level1_weights["成本指标"] == 20
    assert profile.pass_threshold == 60
    assert profile.execution_scoring == "banded"
    assert profile.bands == load_profile().bands


def test_a_user_file_overrides_by_bare_values(tmp_path: Path):
    profile = load_profile(
        own(tmp_path, 'title = "衡山区"\nadjustment_limit = 12.5\nweights_required = true\n')
    )
    assert (profile.title, profile.adjustment_limit, profile.weights_required) == (
        "衡山区",
        Decimal("12.5"),
        True,
    )
    assert "区口径.toml" in profile.sources["adjustment_limit"].basis


def test_of_several_dated_values_the_one_in_force_counts(tmp_path: Path):
    path = own(
        tmp_path,
        "[[accept_days]]\nvalue = 15\nfrom = 2022-05-01\n[[accept_days]]\nvalue = 7\nfrom = 2027-01-01\n",
    )
    assert load_profile(path).accept_days == 7
    assert load_profile(path, on=date(2026, 12, 31)).accept_days == 15


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("adjustment_limt = 30", "是不是想写“adjustment_limit”"),
        ('adjustment_limit = "30"', "要写数字"),
        ("adjustment_limit = -1", "不能小于 0"),
        ('execution_scoring = "linear"', "只能写 “proportional” 或 “banded”"),
        ("weights_required = 1", "true 或 false"),
        ("accept_days = 1.5", "整数"),
        ("extends = 5", "extends"),
        ('extends = "nowhere"', "没有名为“nowhere”的口径"),
        ("[adjustment_limit]\nvalue = 3\nbasic = 1", "是不是想写“basis”"),
        ('[adjustment_limit]\nvalue = 3\nfrom = "2020"', "from 要写日期"),
        ('level1_weights = { "产出指标" = 90 }', "合计是 90"),
        ("satisfaction_bands = [[90, 10], [60, 5]]", "0 到 60 没有得分"),
        ("satisfaction_bands = [[60, 5], [90, 10], [0, 0]]", "从大到小"),
        ("plan_thresholds = { 13 = 5 }", "月份"),
        ("adjustment_limit = ", "不是有效的 TOML"),
        ('bands = [{ label = "优", low = 90, high = 100 }, { label = "差", low = 0, high = 89 }]', "空档"),
        ('bands = [{ label = "优", low = 90, high = 100 }, { label = "差", low = 0, high = 91 }]', "重叠"),
        ('bands = [{ label = "优", low = 90, high = 100 }]', "从 0 到 100"),
        ('bands = [{ label = "优", low = 90 }]', "label、low、high"),
        ('bands = [{ label = "优", low = 90, high = 80 }]', "不小于上限"),
    ],
)
def test_a_wrong_file_gets_one_clear_sentence(tmp_path: Path, text: str, said: str):
    with pytest.raises(ProfileError, match=said) as error:
        load_profile(own(tmp_path, text))
    assert "口径" in str(error.value)


def test_a_missing_file_and_an_unknown_name_are_told_apart(tmp_path: Path):
    with pytest.raises(ProfileError, match="打不开"):
        load_profile(tmp_path / "没有.toml")
    with pytest.raises(ProfileError, match="可用的有"):
        load_profile("nonsense")


def test_profiles_that_extend_each_other_are_refused(tmp_path: Path):
    first = tmp_path / "甲.toml"
    first.write_text(f'extends = "{tmp_path / "乙.toml"}"\n', encoding="utf-8")
    (tmp_path / "乙.toml").write_text(f'extends = "{first}"\n', encoding="utf-8")
    with pytest.raises(ProfileError, match="绕成了一圈"):
        load_profile(first)
