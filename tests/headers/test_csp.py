"""What the guard refuses to write, and how long its header may become."""

import pytest

from policy.errors import PolicyError
from policy.headers.csp import LONGEST, Guarded, as_data, csp, directives
from policy.headers.htaccess import htaccess
from tests.headers.apache import apache
from tests.headers.website import NUMBER, SERVICES, act, header


def _services(number: int) -> list[Guarded]:
    """Services as large as the usual one: a script, a host for its data, and an image."""
    return [
        Guarded(
            id=f"service-{place}",
            code=f"s{place:03}",
            since=1,
            purposes=(f"p{place % 5:03}",),
            hosts={
                "script": [f"js.service-{place}.example"],
                "connect": [f"*.service-{place}.example"],
                "image": [f"js.service-{place}.example"],
            },
        )
        for place in range(number)
    ]


@pytest.mark.parametrize(
    ("hosts", "code", "sentence"),
    [
        ({"script": ["a.test; report-uri b.test"]}, "0000", "'a.test; report-uri b.test' is no host"),
        ({"script": ['a.test" evil']}, "0000", "is no host"),
        ({"script": ["a.test\nHeader unset x"]}, "0000", "is no host"),
        ({"script": ["%{GUARD_RECORD}e"]}, "0000", "is no host"),
        ({"script": [".a.test"]}, "0000", "'.a.test' is no host"),
        ({"script": ["*"]}, "0000", "'*' is no host"),
        ({"script": ["'unsafe-hashes'"]}, "0000", "is no host"),
        ({"scripts": ["a.test"]}, "0000", "no hosts of the kind 'scripts'"),
        ({"script": ["a.test"]}, "00.*", "'00.*' is no code"),
        ({"script": ["a.test"]}, "000", "'000' is no code"),
    ],
)
def test_what_would_reach_further_than_a_host_is_refused(hosts: dict[str, list[str]], code: str, sentence: str):
    with pytest.raises(PolicyError, match=sentence.replace("*", r"\*").replace(".", r"\.")) as raised:
        htaccess([Guarded(id="counter", hosts=hosts, code=code, purposes=("0001",))], NUMBER)
    assert "'counter'" in str(raised.value)


def test_fifty_services_fit_and_apache_serves_them():
    services = _services(50)
    granted = act("".join(one.code for one in services) + "p000p001p002p003p004")
    whole = csp(directives(services), [one.id for one in services])
    assert len(whole) < LONGEST
    with apache({"index.html": "<!doctype html>", ".htaccess": htaccess(services, NUMBER)}) as server:
        assert server.csp(f"consent=2{granted}") == whole
        assert server.csp(f"consent=2{granted.replace('s049', 's050')}") == csp(
            directives(services), [one.id for one in services[:-1]]
        )
        assert server.csp(None) == header().replace(" css.letters.test font.letters.test", "").replace(
            " css.letters.test", ""
        )


def test_more_than_others_on_the_way_or_apache_would_take_is_refused_by_the_build():
    with pytest.raises(PolicyError, match=r"would send a header of \d+ bytes, and 8000 is what others"):
        htaccess(_services(500), NUMBER)
    with pytest.raises(PolicyError, match=r"would need a line of \d+ bytes in .htaccess, and Apache reads lines up to"):
        htaccess(_of_all_kinds(100), NUMBER)


def test_apache_reads_the_longest_line_that_is_written():
    most = next(number for number in range(100) if _is_too_much(number + 1))
    with apache({"index.html": "<!doctype html>", ".htaccess": htaccess(_of_all_kinds(most), NUMBER)}) as server:
        assert server.csp("a=1").startswith("default-src 'self'; ")


def _of_all_kinds(number: int) -> list[Guarded]:
    """Services with a short host of each kind: more variables than hosts can tell."""
    hosts = dict.fromkeys(("script", "style", "image", "font", "media", "frame", "connect"), ("a.nl",))
    return [Guarded(id=f"s{place}", code=f"s{place:03}", purposes=("p000",), hosts=hosts) for place in range(number)]


def _is_too_much(number: int) -> bool:
    try:
        return not htaccess(_of_all_kinds(number), NUMBER)
    except PolicyError:
        return True


def test_the_script_is_given_the_same_directives():
    data = as_data(SERVICES)
    assert "; ".join(always for always, _ in data["csp"]) == header()
    assert data["names"] == {
        "counter": [["00s2", 9], ["00p1", 0]],
        "cinema": [["00s3", 1], ["00p2", 0]],
        "ratings": [["00s4", 12], ["00p1", 0], ["00p2", 0]],
    }
    # The guard is about hosts and leaves the inline code and eval of WordPress pages alone: decisions/0008.
    assert data["csp"][1] == [
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
        {"counter": "js.counter.test", "ratings": "js.ratings.test"},
    ]


def test_a_host_that_is_always_needed_is_not_added_again():
    (style,) = [one for one in directives(SERVICES) if one.name == "style-src"]
    assert style.added == {}
