"""What goes and what stays when services are no longer allowed."""

from tests.consent.visitor import Visitor

ERASE = """
async (items) => {
  for (const name of ['mine', 'mine_1', 'xmine', 'm.ne', 'shared', 'other']) {
    document.cookie = `${name}=1; path=/`
    localStorage.setItem(name, '1')
  }
  const { erase } = await import('/sources/eraser.js')
  await erase(items, (service) => service !== 'allowed')
  const names = document.cookie.split('; ').map((pair) => pair.split('=')[0])
  return [names.sort(), Object.keys(localStorage).sort()]
}
"""


def _left(visitor: Visitor, *items: tuple[str, str, str]) -> list[list[str]]:
    return visitor.opens("/lang.html", "kaal.test").page.evaluate(ERASE, [list(item) for item in items])


ALL = ["m.ne", "mine", "mine_1", "other", "shared", "xmine"]


def test_a_name_is_the_whole_name(visitor: Visitor) -> None:
    left = ["m.ne", "mine_1", "other", "shared", "xmine"]
    assert _left(visitor, ("refused", "cookie", "mine")) == [left, ALL]


def test_a_dot_is_a_dot_and_a_star_is_anything(visitor: Visitor) -> None:
    items = ("refused", "cookie", "m.ne"), ("refused", "local", "mine*")
    assert _left(visitor, *items) == [
        ["mine", "mine_1", "other", "shared", "xmine"],
        ["m.ne", "other", "shared", "xmine"],
    ]


def test_what_an_allowed_service_also_keeps_stays(visitor: Visitor) -> None:
    items = ("refused", "cookie", "*"), ("allowed", "cookie", "shared"), ("allowed", "local", "mine")
    assert _left(visitor, *items) == [["shared"], ALL]
