"""Short names and short ways to say the same: what each piece of code becomes, and that it still does the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import rjsmin
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from policy.consent.shorten import shorten
from policy.errors import PolicyError
from tests.length import tries

SOURCES = Path(__file__).parents[2] / "consent_js"

SHORTER = {
    "white space and comments": ("/* a */ start( 1 ,\n 2 ) // b\n", "start(1,2);"),
    "brackets around one parameter": ("run((word) => word)", "run(e=>e);"),
    "brackets that order needs": ("run((a + b) * c, (a * b) + c, -(-a), (a, b))", "run((a+b)*c,a*b+c,- -a,(a,b));"),
    "brackets of what groups alike": ("run(a || (b || c), a - (b - c))", "run(a||b||c,a-(b-c));"),
    "mixed nullish": ("run((a ?? b) || c, a ?? (b && c))", "run((a??b)||c,a??(b&&c));"),
    "powers": ("run((a ** b) ** c, a ** (b ** c), -(a ** b))", "run((a**b)**c,a**b**c,-(a**b));"),
    "chains": ("run((a?.b).c, a?.b.c, a?.[b]?.(c))", "run((a?.b).c,a?.b.c,a?.[b]?.(c));"),
    "new": (
        "run(new Map(), new Map().size, new (a())(), new a.b(c))",
        "run(new Map,new Map().size,new(a()),new a.b(c));",
    ),
    "signs that would run together": ("run(a + +b, a - --b, a-- > b, a < !--b)", "run(a+ +b,a- --b,a-- >b,a< !--b);"),
    "words that would run together": (
        "run(typeof a in b, /x/ in b, void 0)",
        "run((typeof a in b),(/x/ in b),void 0);",
    ),
    "division and patterns": ("run(a / /b/.c, a / b)", "run(a/ /b/.c,a/b);"),
    "objects that look like blocks": ("({ a } = b)\nrun(() => ({}))", "({a}=b);run(()=>({}));"),
    "destructuring that V8 reads in brackets only": (
        "run({}, ({ a } = b), [([a] = b)], (c = [a] = b))",
        "run({},({a}=b),[([a]=b)],c=([a]=b));",
    ),
    "functions that look like declarations": ("(function () {})()", "(function(){}());"),
    "arrows that are called": ("(() => 1)()\nrun((() => 1) ? 2 : 3)", "(()=>1)();run((()=>1)?2:3);"),
    "texts": ("run('a', 'say \"a\"', '\\'')", "run(\"a\",'say \"a\"','\\'');"),
    "numbers": ("run(60000, 0.5, 100, 0, 5..a, 5)", "run(6e4,.5,100,0,(5.).a,5);"),
    "yes and no": ("run(true, false)", "run(!0,!1);"),
    "products": ("run(182 * 24 * 60, 9007199254740991 * 3)", "run(262080,9007199254740991*3);"),
    "braces around one statement": ("if (a) { b() } else { c() }", "if(a)b();else c();"),
    "braces that an else needs": ("if (a) { if (b) c() } else d()", "if(a){if(b)c()}else d();"),
    "braces around a declaration": ("if (a) { let word = 1; run(word) }", "if(a){let e=1;run(e)}"),
    "an empty body": ("for (;;);\nwhile (a);", "for(;;){}while(a){}"),
    "loops": (
        "for (let at = 0; at < a; at++) b(at)\nfor (const x of a) b(x)\nfor (const x in a) b(x)\ndo b(); while (a)",
        "for(let e=0;e<a;e++)b(e);for(let e of a)b(e);for(let e in a)b(e);do b();while(a);",
    ),
    "the word `in` in the head of a loop": ("for (let at = ('a' in b); at;) run()", 'for(let e=("a"in b);e;)run();'),
    "declarations that follow each other": (
        "const one = a()\nlet two\nconst { three } = b\nrun(one, two, three)",
        "let e=a(),t,{three:n}=b;run(e,t,n);",
    ),
    "constants used once": ("const TERM = 3 * 4\nconst MARK = /a/i\nrun(TERM, MARK)", "run(12,/a/i);"),
    "constants used twice": ("const TERM = 5\nrun(TERM, TERM)", "let e=5;run(e,e);"),
    "patterns that remember": ("const MARK = /a/g\nrun(() => MARK.test(a))", "let e=/a/g;run(()=>e.test(a));"),
    "what nothing needs": (
        "function one() { two() }\nfunction two() { one() }\nconst three = [one => two]\nconst four = a()\nrun(b.one)",
        "let e=a();run(b.one);",
    ),
    "what nothing needs in a function": (
        "(() => { const A = 1; const B = 2; let c; function d() { return d }; run(A) })()",
        "(()=>{{}run(1)})();",
    ),
    "an unused name whose value may fail": ("(() => { const word = a })()", "(()=>{let e=a})();"),
    "strictness": (
        "'use strict'\n\nrun(() => { 'use strict'; return 1 })",
        '"use strict";run(()=>{"use strict";return 1});',
    ),
    "a text that would become a directive": ("const A = 'use strict'\nA", '("use strict");'),
    "labels": ("outer: for (;;) { for (;;) break outer }", "outer:for(;;)for(;;)break outer;"),
    "trying": ("try { a() } catch { b() } finally { c() }", "try{a()}catch{b()}finally{c()}"),
    "async": (
        "run(async () => await a, async (word) => word, async function () { await a(1) })",
        "run(async()=>await a,async e=>e,async function(){await a(1)});",
    ),
    "generators": ("run(function* () { yield* a; yield; yield 1 })", "run(function*(){yield*a;yield;yield 1});"),
    "import": ("run(async () => (await import(a)).b)", "run(async()=>(await import(a)).b);"),
    "members": (
        "run({ get a() { return 1 }, set a(word) {}, async b() {}, *c() {}, [a]: 1, 'e-f': 2, ...g })",
        'run({get a(){return 1},set a(e){},async b(){},*c(){},[a]:1,"e-f":2,...g});',
    ),
    "holes": ("run([, a, ,], ([, , word]) => word)", "run([,a,,],([,,e])=>e);"),
}

TRAPS = {
    "shadowing": (
        "run((word) => { run(word); { const word = a(); run(word) } return word })",
        "run(e=>{run(e);{let e=a();run(e)}return e});",
    ),
    "an outer name used inside": ("run((one) => (two) => one + two)", "run(e=>t=>e+t);"),
    "an outer name not used inside": ("run((one) => run(one, (two) => two))", "run(e=>run(e,e=>e));"),
    "a parameter that its body may not declare again": (
        "run((unused) => { const word = a; return word })",
        "run(e=>{let t=a;return t});",
    ),
    "a default that uses an outer name": (
        "run((word) => (other = word) => { const word = a(); return other + word })",
        "run(e=>(t=e)=>{let e=a();return t+e});",
    ),
    "destructuring": (
        "run(({ one, two: renamed = one, ...rest }, [three = 3]) => [one, renamed, rest, three])",
        "run(({one:e,two:t=e,...n},[r=3])=>[e,t,n,r]);",
    ),
    "destructuring into what is there": (
        "run((one) => { [one] = a; ({ one, b: one = 2, ...c.d } = a) })",
        "run(e=>{[e]=a;({one:e,b:e=2,...c.d}=a)});",
    ),
    "a key that is the short name": ("run((word) => ({ e: word }), ({ e: word }) => word)", "run(e=>({e}),({e})=>e);"),
    "prototypes": ("run({ __proto__: __proto__ })", "run({__proto__:__proto__});"),
    "a name in a template": ("run((word) => `word ${word} ${`${word}`}`)", "run(e=>`word ${e} ${`${e}`}`);"),
    "properties": ("run((word) => word.word?.word[word].word)", "run(e=>e.word?.word[e].word);"),
    "a method and its name": ("run({ word(word) { return word } })", "run({word(e){return e}});"),
    "a function used before it stands": (
        "run(later())\nfunction later() { return later }",
        "run(e());function e(){return e}",
    ),
    "a function in a block": ("{ run(later); function later() {} }\nlater()", "{run(e);function e(){}}later();"),
    "a function that names itself": ("run(function word() { return word })", "run(function e(){return e});"),
    "catching": ("try { a() } catch (error) { run(error) }", "try{a()}catch(e){run(e)}"),
    "a global with a short name": ("run((word) => e + word)", "run(t=>e+t);"),
    "a global with a short name, further in": ("run((word) => () => e + word)", "run(t=>()=>e+t);"),
    "arguments": ("run(function (word) { return arguments[0] + word })", "run(function(e){return arguments[0]+e});"),
    "a loop over what has the name of its variable": (
        "run((word) => { for (const x of word) x() })",
        "run(e=>{for(let t of e)t()});",
    ),
    "a label with the name of a variable": (
        "run((word) => { word: for (;;) break word })",
        "run(e=>{word:for(;;)break word});",
    ),
}


@pytest.mark.parametrize(("code", "short"), SHORTER.values(), ids=SHORTER)
def test_code_becomes_shorter(code: str, short: str) -> None:
    assert shorten(code, []) == short


@pytest.mark.parametrize(("code", "short"), TRAPS.values(), ids=TRAPS)
def test_a_name_means_what_it_meant(code: str, short: str) -> None:
    assert shorten(code, []) == short


def test_names_that_others_use_stay_and_all_they_need() -> None:
    code = "const data = 1\nfunction start(word) { return help(word) }\nfunction help(word) { return word }"
    assert shorten(code, ["start", "data"]) == "let data=1;function start(t){return e(t)}function e(e){return e}"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("const a = 1\nvar b = a", "'var' reaches outside its block. Write 'const' or 'let': var b = a"),
        ("run(eval('a'))", "'eval' may use names that become shorter. Do without it: run(eval('a'))"),
        (
            "\nclass A {}",
            "The shortener does not know a ClassDeclaration. Say it otherwise, or teach it in shorten/: class A {}",
        ),
        (
            "a`b`",
            "The shortener does not know a TaggedTemplateExpression. Say it otherwise, or teach it in shorten/: a`b`",
        ),
        ("with (a) b()", "This is not read as JavaScript. Say it otherwise: with (a) b()"),
        ("const a = (\n", "This is not read as JavaScript. Say it otherwise: "),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(code: str, message: str) -> None:
    with pytest.raises(PolicyError) as raised:
        shorten(code, [])
    assert str(raised.value) == message


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.js")), ids=lambda path: path.stem)
def test_every_module_is_understood_and_nothing_is_left_to_minify(path: Path) -> None:
    lines = (line for line in path.read_text("utf-8").splitlines() if not line.startswith(("import ", "export {")))
    code = "\n".join(line.removeprefix("export ") for line in lines)
    short = shorten(code, [])
    assert rjsmin.jsmin(short) == short
    assert shorten(code, []) == short


# Small programs, made at random. They log what they see and come to an end, since they run out of fuel.
# A constant is never written to, and no plain one is read before it stands: those are errors that TypeScript tells,
# and that a shorter program does not make.
CHANGING, CONSTANT, CALLED = ("alpha", "beta", "e", "t"), ("gamma", "delta", "n"), ("work", "call", "r")
NAMES = st.sampled_from(CHANGING + CONSTANT)
KEYS = st.sampled_from(("alpha", "gamma", "e", "n", "key"))
LITERALS = st.sampled_from(
    ("0", "1", "2000", "0.5", "'text'", "'say \"e\"'", "true", "false", "null", "undefined", "/e/g")
)
BINARY = st.sampled_from(("+", "-", "*", "/", "%", "&&", "||", "??", "<", "===", "!==", "&", ">>>", "^", "|"))
UNARY = st.sampled_from(("!", "-", "+", "typeof ", "void "))
ASSIGNING = st.sampled_from(("=", "+=", "-=", "||=", "&&=", "??="))


def _expressions(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    made = st.builds
    changing = st.sampled_from(CHANGING)
    return st.one_of(
        made("({} {} {})".format, inner, BINARY, inner),
        made("({} ** {})".format, NAMES, inner),
        made("({}({}))".format, UNARY, inner),
        made("({} ? {} : {})".format, inner, inner, inner),
        made("({} {} {})".format, changing, ASSIGNING, inner),
        made("({}++)".format, changing),
        made("(--{})".format, changing),
        made("([{}, {} = {}] = [{}, ...[{}]])".format, changing, changing, inner, inner, inner),
        made("({{ {0}, {1}: {2} = {3} }} = {{ {0}: {4} }})".format, changing, KEYS, changing, inner, inner),
        made("[{}, , {}]".format, inner, inner),
        made("({{ {}: {}, {}, [{}]: {}, ...{} }})".format, KEYS, inner, NAMES, inner, inner, inner),
        made("{}?.{}".format, inner, KEYS),
        made("({}?.[{}])?.{}".format, inner, inner, KEYS),
        made("`{{e}}${{{}}}${{`${{{}}}`}}`".format, inner, inner),
        made("{}({}, {})".format, st.sampled_from(CALLED), inner, inner),
        made("(({} = {}) => {})({})".format, NAMES, inner, inner, inner),
        made(
            "(({{ {}: {} = {} }}, ...gamma) => ({}))({{ {}: {} }}, {})".format,
            KEYS,
            changing,
            *[inner] * 2,
            KEYS,
            *[inner] * 2,
        ),
        made("[{}, {}].map(({}) => {})".format, inner, inner, NAMES, inner),
        made("({{ key({}) {{ return {} }} }}).key({})".format, NAMES, inner, inner),
        made(
            "(function {}({}) {{ return --fuel > 0 && {} }})({})".format, st.sampled_from(CALLED), NAMES, inner, inner
        ),
        made("new Array({}, {}).concat({})".format, inner, inner, inner),
    )


EXPRESSIONS = st.recursive(NAMES | LITERALS, _expressions, max_leaves=6)


@st.composite
def _statements(draw: st.DrawFn, depth: int, taken: tuple[str, ...] = (), loop: bool = False) -> str:
    """The inside of a block, in which no name is declared twice, nor one that is taken."""
    declared = set(taken)
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(_SIMPLE if depth == 0 else _SIMPLE + _NESTED))
        free = sorted({*CHANGING, *CONSTANT} - declared)
        uncalled = sorted({*CALLED} - declared)
        inside = _statements(max(depth - 1, 0), loop=loop)
        looped = _statements(max(depth - 1, 0), loop=True)
        values = {"e": EXPRESSIONS, "inside": inside, "looped": looped, "name": NAMES}
        values |= {"let": st.sampled_from(CHANGING), "constant": st.sampled_from(CONSTANT)}
        if kind == "declare" and free:
            name = draw(st.sampled_from(free))
            declared.add(name)
            word = (
                "const"
                if name in CONSTANT
                else draw(st.sampled_from(("let", "const") if name not in CHANGING else ("let",)))
            )
            form = draw(st.sampled_from(("{} {} = (0, {})", "{} [{} = 1] = [{}]", "{} {{ key: {} }} = {{ key: {} }}")))
            parts.append(form.format(word, name, draw(EXPRESSIONS)))
        elif kind == "function" and uncalled:
            name = draw(st.sampled_from(uncalled))
            declared.add(name)
            one, two = draw(st.permutations(CHANGING + CONSTANT))[:2]
            body = draw(_statements(max(depth - 1, 0), taken=(one, two)))
            parts.append(f"function {name}({one}, {two} = {draw(EXPRESSIONS)}) {{\nif (--fuel < 0) return\n{body}\n}}")
        elif kind in ("break", "continue"):
            parts.append(f"if ({draw(EXPRESSIONS)}) {kind if loop else 'return'}")
        elif kind not in ("declare", "function"):
            parts.append(kind.format(**{name: _Late(draw, values[name]) for name in values}))
    return "\n".join(f";{part}" for part in parts)


class _Late:
    """Draws each time it is written, so that each place of a form gets its own."""

    def __init__(self, draw: st.DrawFn, strategy: st.SearchStrategy[str]) -> None:
        self.draw, self.strategy = draw, strategy

    def __format__(self, how: str) -> str:
        return self.draw(self.strategy)


_SIMPLE = ("declare", "declare", "log({e})", "{e}", "return {e}", "if ({e}) log({e})", "throw {e}", "break", "continue")
_NESTED = (
    "function",
    "function",
    "{{ {inside} }}",
    "if ({e}) {{ {inside} }}",
    "if ({e}) {{ if ({e}) {{ log({e}) }} }} else {{ {inside} }}",
    "if ({e}) log({e})\nelse if ({e}) {{ {inside} }}",
    "for (const {constant} of [{e}, {e}]) {{ {looped} }}",
    "for (let [{name} = {e}] of [[], [{e}]]) log({e})",
    "for (let {name} in {{ key: {e}, n: {e} }}) {{ {looped} }}",
    "for (let {let} = 0; --fuel > 0 && {let} < 3; {let}++) {{ {looped} }}",
    "while (--fuel > 0 && {e}) {{ {looped} }}",
    "do {{ {looped} }} while (--fuel > 0 && {e})",
    "try {{ {inside} }} catch {{ log({e}) }}",
    "try {{ {inside} }} catch ({let}) {{ {{ {inside} }} }} finally {{ log({e}) }}",
)


@st.composite
def _programs(draw: st.DrawFn) -> str:
    literals = draw(st.lists(LITERALS, max_size=3))
    names = draw(st.permutations(CONSTANT))
    top = [f"const {name} = {literal}" for name, literal in zip(names, literals, strict=False)]
    helpers = [
        f"function {name}(one, two) {{\nif (--fuel < 0) return\n{draw(_statements(1))}\n}}" for name in CALLED[:2]
    ]
    return "\n".join([*top, *helpers, f"function main() {{\n{draw(_statements(2))}\n}}"])


_RUN = """(programs) => programs.map((code) => {
  Object.assign(globalThis, { fuel: 300, alpha: 1, beta: 'b', gamma: 3, delta: [4], e: 5, t: 't', n: {} })
  Object.assign(globalThis, { work: String, call: Number, r: Boolean })
  const seen = []
  const log = (value) => seen.push(JSON.stringify(value) ?? String(value))
  try {
    log(new Function('log', `'use strict'; ${code}; return main()`)(log))
  } catch (error) {
    seen.push(error instanceof Error ? error.name : ['thrown', String(error)])
  }
  return seen
})"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


# A program that fails is shown as it is: making it smaller would take minutes.
@settings(tries(20, 60), phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False)
@given(programs=st.lists(_programs(), min_size=1, max_size=8))
def test_a_shorter_program_does_the_same(page: Page, programs: list[str]) -> None:
    short = [shorten(program, ["main", "log", "fuel"]) for program in programs]
    seen = zip(programs, short, page.evaluate(_RUN, programs), page.evaluate(_RUN, short), strict=True)
    for program, shorter, expected, found in seen:
        assert found == expected, f"{program}\n\nbecame\n\n{shorter}"
