"""Date-times, times, UUIDs and bytes are written as they were read, and are plain values."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from uuid import UUID

import msgspec
import pytest
from _runtime.codec import decode, decode_lenient, encode
from _runtime.hooks import decode_hook
from _runtime.models import UNSET, Model, UnsetType, replace
from _runtime.spelled import Base64, DateTime, Time, Uuid
from hypothesis import example, given
from hypothesis import strategies as st

LOWER = "0ee0cd4f-1c0b-4a2c-9f5f-0d4c8e8a7f11"


class Event(Model, kw_only=True):
    at: DateTime
    until: DateTime | UnsetType | None = UNSET
    opens: Time | None = None
    id: Uuid | None = None
    others: list[Uuid] | None = None
    data: Base64 | None = None


@pytest.mark.parametrize(
    "at",
    [
        "2024-05-01T12:00:00Z",
        "2024-05-01T12:00:00.5Z",
        "2024-05-01T12:00:00.123Z",
        "2024-05-01T12:00:00.000000Z",
        "2024-05-01T12:00:00.1234567Z",
        "2024-05-01T12:00:00+00:00",
        "2024-05-01t12:00:00z",
        "2024-05-01T12:00:00",
        "2024-05-01T12:00:00.250+02:00",
    ],
)
def test_a_date_time_is_written_as_it_was_read(at: str) -> None:
    data = f'{{"at":"{at}"}}'.encode()
    event = decode(data, Event)
    assert event.at.replace(tzinfo=None, microsecond=0) == dt.datetime(
        2024, 5, 1, 12, 0, 0
    )
    assert encode(event) == data
    assert decode_lenient(data, Event) == (event, [])


def test_the_last_moment_is_a_moment() -> None:
    data = b'{"at":"9999-12-31T23:59:59.9999999Z"}'
    event, issues = decode_lenient(data, Event)
    assert event.at == dt.datetime(9999, 12, 31, 23, 59, 59, 999_999, dt.UTC)
    assert issues == []
    assert encode(event) == data


def test_times_and_uuids_are_too() -> None:
    data = (
        '{"at":"2024-05-01T12:00:00Z","until":null,"opens":"08:30:00.250Z",'
        f'"id":"{LOWER.upper()}","others":["{LOWER}","{LOWER.upper()}"]}}'
    ).encode()
    event = decode(data, Event)
    assert event.opens == dt.time(8, 30, 0, 250_000, dt.UTC)
    assert event.id == UUID(LOWER)
    assert event.others == [UUID(LOWER), UUID(LOWER)]
    assert encode(event) == data


texts = st.tuples(
    st.sampled_from(
        ["2026-05-01", "2024-02-30", "20260501", "2026-W01-1", "2026-5-01"]
    ),
    st.sampled_from(["T", "t", " ", "_"]),
    st.sampled_from(
        ["00:00:00", "04:00:00", "24:00:00", "23:59:60", "040000", "04:00"]
    ),
    st.just("") | st.from_regex(r"[.,][0-9]{0,8}", fullmatch=True),
    st.sampled_from(["Z", "z", "", "+00:00", "-00:00", "+0000", "-05:30", "+01", "Z0"]),
).map("".join)


@given(text=texts)
@example(text="2026-W01-1T04:00:00Z")
@example(text="2026-05-01T24:00:00Z")
@example(text="2026-05-01T24:00:00.5Z")
@example(text="2026-05-01T04:00:00.Z")
@example(text="2026-05-01T04:00:00.000000Z")
@example(text="2026-05-01T04:00:00.123456Z")
def test_date_times_are_read_as_msgspec_reads_them(text: str) -> None:
    data = msgspec.json.encode([text])
    try:
        plain = msgspec.json.decode(data, type=list[dt.datetime])
    except msgspec.ValidationError:
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(data, type=list[DateTime], dec_hook=decode_hook)
        return
    [found] = read = msgspec.json.decode(
        data, type=list[DateTime], dec_hook=decode_hook
    )
    assert read == plain
    assert found.tzinfo == plain[0].tzinfo
    assert (type(found) is dt.datetime) is (msgspec.json.encode(plain) == data)
    assert encode(read) == data


@pytest.mark.parametrize("text", ["", "YQ==", "YR==", "YWI=", "YWJ=", "YWJj"])
def test_bytes_are_written_with_the_bits_that_mean_nothing(text: str) -> None:
    data = f'{{"at":"2024-05-01T12:00:00Z","data":"{text}"}}'.encode()
    event, issues = decode_lenient(data, Event)
    assert issues == []
    assert event == decode(data, Event)
    assert event.data == b"abc"[: len(text.rstrip("=")) * 3 // 4]
    assert isinstance(event.data, bytes)
    assert encode(event) == data


@pytest.mark.parametrize("text", ["YQ", "YWI", "-_-_", "YWJj\\n", " YWJj"])
def test_other_base64_is_an_issue_and_is_kept(text: str) -> None:
    data = f'{{"at":"2024-05-01T12:00:00Z","data":"{text}"}}'.encode()
    event, issues = decode_lenient(data, Event)
    assert [issue.path for issue in issues] == ["$.data"]
    assert isinstance(event.data, bytes)
    assert encode(event) == data


def test_a_spelled_uuid_is_a_uuid_in_every_way() -> None:
    id_ = decode(f'"{LOWER.upper()}"'.encode(), Uuid)
    assert isinstance(id_, UUID)
    assert {id_: 1}[UUID(LOWER)] == 1
    assert (str(id_), id_.hex, id_.version) == (LOWER, UUID(LOWER).hex, 4)
    assert sorted([UUID(int=2**127), id_])[0] is id_
    for copied in (copy.deepcopy(id_), pickle.loads(pickle.dumps(id_))):
        assert copied == id_
        assert encode(copied) == f'"{LOWER.upper()}"'.encode()


def test_a_changed_value_is_written_as_usual() -> None:
    event = decode(b'{"at":"2024-05-01T12:00:00.000Z"}', Event)
    later = replace(event, at=event.at + dt.timedelta(hours=1))
    assert encode(later) == b'{"at":"2024-05-01T13:00:00Z"}'


@pytest.mark.parametrize("at", ['"May"', "1", "true"])
def test_what_is_none_is_an_issue(at: str) -> None:
    data = f'{{"at":{at}}}'.encode()
    event, issues = decode_lenient(data, Event)
    assert [issue.path for issue in issues] == ["$.at"]
    assert encode(event) == data
