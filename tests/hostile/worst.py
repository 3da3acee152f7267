"""The requests of strangers that cost the most of a process, for what they are.

Each was once, or could be, more than 50 ms of work before it is refused. Whoever finds another
adds it here: `python -m bench hostile` shows how long it holds others up, and the tests beside
this module that the work for it ends at a limit.
"""

import json
from dataclasses import dataclass
from typing import Any

BODY_BYTES = 256 * 1024
_ROOM = 1_000
"""What stands around a document in a body."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL operation of a stranger: a document and its variables."""

    name: str
    document: str
    variables: dict[str, Any]

    @property
    def body(self) -> bytes:
        """As it is sent."""
        return json.dumps(
            {"query": self.document, "variables": self.variables}, separators=(",", ":")
        ).encode()


def _filled(piece: str, size: int = BODY_BYTES, *, escaped: int | None = None) -> str:
    """The piece as often as a body has room for it; `escaped` is what it takes in JSON."""
    return piece * ((size - _ROOM) // (escaped or len(json.dumps(piece)) - 2))


_CREATE = "mutation($i: CreateTaskInput!) { createTask(input: $i) { task { id } } }"
_CREATE_ALL = "mutation($i: [CreateTaskInput!]!) { createTasks(inputs: $i) { tasks { id } } }"
_COMPLETE = "mutation($i: CompleteTaskInput!) { completeTask(input: $i) { task { id } } }"
_CLAIM = "mutation($i: ClaimTasksInput!) { claimTasks(input: $i) { leases { leaseToken } } }"
_ORDER = {"actionType": "FOLLOW", "payload": {"profileUrl": "https://linkedin.com/in/x"}}
_NESTED = "[" * 90 + "]" * 90


def _unknown_names(count: int) -> dict[str, int]:
    return {f"f{number}": 1 for number in range(count)}


def variables_of_strangers() -> list[Asked]:
    """Variables that do not fit their types, as many as a body holds."""
    return [
        Asked("unknown names", _CREATE, {"i": _unknown_names(20_000)}),
        Asked("unknown names in what is right", _CREATE, {"i": _ORDER | _unknown_names(19_000)}),
        Asked("unknown names, deeper", _CREATE,
              {"i": {"actionType": "FOLLOW", "payload": _unknown_names(20_000)}}),
        Asked("long unknown names", _CREATE, {"i": {"n" * 1_000 + str(n): 1 for n in range(240)}}),
        Asked("a list of wrong items", _CREATE_ALL, {"i": [1] * 120_000}),
        Asked("a list of empty items", _CREATE_ALL, {"i": [{}] * 80_000}),
        Asked("a list of nulls", _CREATE_ALL, {"i": [None] * 50_000}),
        Asked("a list of orders with unknown names", _CREATE_ALL,
              {"i": [_ORDER | {"x": 1}] * 2_200}),
        Asked("one bad order behind good ones", _CREATE_ALL, {"i": [_ORDER] * 2_400 + [1]}),
        Asked("too many good orders", _CREATE_ALL, {"i": [_ORDER] * 2_400}),
        Asked("a list of wrong ids", _CLAIM, {"i": {"linkedinAccountIds": [[1]] * 60_000}}),
        Asked("a list of ids", _CLAIM, {"i": {"linkedinAccountIds": ["a"] * 60_000}}),
        Asked("a large object for a string", _CREATE,
              {"i": {"actionType": "FOLLOW", "payload": {"profileUrl": _unknown_names(20_000)}}}),
        Asked("a large enum", _CREATE, {"i": {**_ORDER, "actionType": "x" * 250_000}}),
        Asked("a large time", _CREATE, {"i": {**_ORDER, "scheduledAt": "1" * 250_000}}),
        Asked("a large number", _CREATE, {"i": {**_ORDER, "priority": 2**62}}),
        Asked("large JSON", _COMPLETE,
              {"i": {"taskId": "t", "leaseToken": "t", "result": _unknown_names(19_000)}}),
        Asked("nested JSON", _COMPLETE,
              {"i": {"taskId": "t", "leaseToken": "t", "result": [json.loads(_NESTED)] * 1_300}}),
        Asked("variables of no operation", "{__typename}", _unknown_names(20_000)),
    ]  # fmt: skip


def _fragments(count: int, spreads: int) -> str:
    bodies = (" ".join(["...F%d"] * spreads) % ((number + 1,) * spreads) for number in range(count))
    return " ".join(f"fragment F{n} on Query {{{body}}}" for n, body in enumerate(bodies))


def documents_of_strangers() -> list[Asked]:
    """Documents of the worst shapes, within the limits and past them."""
    documents: list[tuple[str, str]] = [
        ("one selection, many times", "{" + "viewer{__typename}" * 490 + "}"),
        ("one selection in braces", "{" + "...{viewer{__typename}}" * 280 + "}"),
        ("one selection in fragments on a type",
         "{" + "...on Query{viewer{__typename}}" * 240 + "}"),
        ("one selection with a wrong field", "{" + "tasks(first:1){nodes{id}}" * 160 + "nope}"),
        ("one name, ever other arguments",
         "{" + "".join(f"tasks(first:{n}){{nodes{{id}}}}" for n in range(1, 160)) + "}"),
        ("one name, ever other fields below",
         "{" + "".join(f"viewer{{a{n}}}" for n in range(490)) + "}"),
        ("one name, ever other fragments",
         "{" + "".join(f"viewer{{...F{n}}}" for n in range(150)) + "}"
         + "".join(f"fragment F{n} on Viewer{{__typename}}" for n in range(150))),
        ("one name under one directive each",
         "{" + "viewer{id @skip(if:true)} viewer{id @skip(if:false)}" * 10 + "}"),
        ("comments", _filled("#\n") + "{__typename}"),
        ("one long comment", "#" + _filled("#") + "\n{__typename}"),
        ("comments with words", _filled("# word\n") + "{__typename}"),
        ("blanks", _filled(" ") + "{__typename}"),
        ("line breaks", _filled("\n") + "{__typename}"),
        ("carriage returns", _filled("\r") + "{__typename}"),
        ("commas", _filled(",") + "{__typename}"),
        ("byte-order marks", _filled("\ufeff") + "{__typename}"),
        ("a long string", '{task(id:"' + _filled("x") + '"){id}}'),
        ("a string of escapes", '{task(id:"' + _filled("\\n") + '"){id}}'),
        ("a string of long escapes", '{task(id:"' + _filled("\\u{41}") + '"){id}}'),
        ("a block string of lines", '{task(id:"""' + _filled("\n x") + '"""){id}}'),
        ("a block string of quotes", '{task(id:"""' + _filled('\\"""') + '"""){id}}'),
        ("strings left open", _filled('"a')),
        ("a block string left open", '{a(b:"""' + _filled('\\""')),
        ("a long name", "{" + _filled("a") + "}"),
        ("a long number", "{tasks(first:" + _filled("9") + "){nodes{id}}}"),
        ("a long fraction", "{tasks(first:0." + _filled("9") + "){nodes{id}}}"),
        ("a long number in JSON",
         'mutation{completeTask(input:{taskId:"t",leaseToken:"t",result:' + _filled("9")
         + "}){task{id}}}"),
        ("2,000 names", "{" + "a " * 1_998 + "}"),
        ("2,000 fields that are there", "{" + "__typename " * 1_998 + "}"),
        ("deep braces", "{a" * 650),
        ("deep inline fragments", "{" + "...{" * 190 + "__typename" + "}" * 190 + "}"),
        ("deep lists", "{a(b:" + "[" * 1_900),
        ("deep objects", "{a(b:" + "{a:" * 600),
        ("fragments that spread the next one twice",
         "{...F0}" + _fragments(40, 2) + "fragment F40 on Query{__typename}"),
        ("fragments that spread the next one ten times",
         "{...F0}" + _fragments(60, 10) + "fragment F60 on Query{__typename}"),
        ("a ring of fragments", "{...F0}" + _fragments(100, 3) + "fragment F100 on Query{...F0}"),
        ("fragments without use", "{__typename}" + _fragments(190, 1)),
        ("operations that share a fragment",
         " ".join(f"query Q{n}{{...F}}" for n in range(180))
         + "fragment F on Query{" + "viewer{__typename}" * 200 + "}"),
        ("operations that share a fragment with variables",
         " ".join(f"query Q{n}($a:ID!){{...F}}" for n in range(90))
         + "fragment F on Query{" + "".join(f"a{n}:task(id:$a){{id}}" for n in range(60)) + "}"),
        ("operations that share unknown variables",
         " ".join(f"query Q{n}{{...F}}" for n in range(180))
         + "fragment F on Query{" + "task(id:$a){id}" * 80 + "}"),
        ("operations and a chain of fragments",
         " ".join(f"query Q{n}{{...F0}}" for n in range(130))
         + _fragments(130, 1) + "fragment F130 on Query{__typename}"),
        ("variables without use", "query(" + "$a:Int " * 490 + "){__typename}"),
        ("variables of other names",
         "query(" + " ".join(f"$a{n}:Int" for n in range(480)) + "){__typename}"),
        ("arguments without end",
         "{task(" + " ".join(f"a{n}:1" for n in range(600)) + "){id}}"),
        ("unknown names in a literal",
         "mutation{createTask(input:{" + " ".join(f"a{n}:1" for n in range(600)) + "}){task{id}}}"),
        ("unknown names beside a long string",
         'mutation{createTask(input:{idempotencyKey:"' + "x" * 200_000 + '",'
         + " ".join(f"a{n}:1" for n in range(600)) + "}){task{id}}}"),
        ("wrong items in a literal",
         "mutation{createTasks(inputs:[" + "1 " * 1_950 + "]){tasks{id}}}"),
        ("one argument, many times", "{task(" + 'id:"a" ' * 600 + "){id}}"),
        ("directives", "{viewer" + "@skip(if:true)" * 280 + "{__typename}}"),
        ("unknown directives", "{viewer" + "@a" * 950 + "{__typename}}"),
        ("aliases", "{" + "".join(f"a{n}:__typename " for n in range(490)) + "}"),
        ("introspection under aliases",
         "{" + "".join(f"a{n}:__schema{{...S}}" for n in range(29)) + "}fragment S on __Schema"
         "{types{name fields{name args{name type{name ofType{name ofType{name}}}}"
         "type{name ofType{name ofType{name}}}}inputFields{name type{name}}}}"),
        ("introspection of every type",
         "{__schema{types{fields{type{fields{type{fields{type{name}}}}}}}}}"),
        ("definitions of types", "type A{a:Int}" * 280),
        ("descriptions", '"a"' * 1_000),
        ("no document", "@" * 1_990),
        ("odd characters", "\u2028" * 40_000),
        ("a page size of many digits", "{tasks(first:" + "9" * 4_000 + "){nodes{id}}}"),
        ("sign-ups", "mutation{" + "".join(
            f'a{n}:signUp(input:{{email:"a{n}@x.example",password:"short"}}){{user{{id}}}}'
            for n in range(30)) + "}"),
    ]  # fmt: skip
    return [Asked(name, document, {}) for name, document in documents]


def of_strangers() -> list[Asked]:
    """All GraphQL operations here."""
    return [*variables_of_strangers(), *documents_of_strangers()]


@dataclass(frozen=True, slots=True)
class Sent:
    """Bytes of a stranger on a connection of their own; `opening` turns it into a WebSocket."""

    name: str
    data: bytes
    opening: bytes = b""


_HANDSHAKE = (
    b"GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)


def posted(path: str, body: bytes) -> bytes:
    """A request with JSON in it."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def frame(opcode: int, text: bytes = b"", *, is_last: bool = True) -> bytes:
    """One frame of a client, masked with zeros (RFC 6455, section 5.2)."""
    first = (0x80 if is_last else 0) | opcode
    if len(text) < 126:
        size = bytes([0x80 | len(text)])
    elif len(text) < 65_536:
        size = b"\xfe" + len(text).to_bytes(2)
    else:
        size = b"\xff" + len(text).to_bytes(8)
    return bytes([first]) + size + b"\0\0\0\0" + text


def _got(*fields: bytes, path: bytes = b"/healthz") -> bytes:
    return b"\r\n".join([b"GET " + path + b" HTTP/1.1", b"Host: x", *fields, b"", b""])


def heads_and_bodies() -> list[Sent]:
    """Requests that are odd before anybody looks for a document."""
    bodies = [
        ("a body of brackets", b"[" * 250_000),
        ("a body of nested objects", b'{"a":' * 50_000),
        ("a body of empty objects", b'{"a":[' + b"{}," * 85_000 + b"{}]}"),
        ("a body of short lists", b'{"a":[' + b"[]," * 85_000 + b"[]]}"),
        ("a body of escapes", b'{"a":"' + b"\\u0061" * 42_000 + b'"}'),
        ("a body of strings with escapes", b'{"a":[' + b'"\\u00e9",' * 26_000 + b"1]}"),
        ("a body of digits", b'{"a":' + b"9" * 250_000 + b"}"),
        ("a body of keys", b"{" + b",".join(b'"k%d":1' % n for n in range(22_000)) + b"}"),
        ("a body that is not UTF-8", b'{"a":"' + b"\xff" * 250_000 + b'"}'),
        ("a batch", b"[" + b'{"query":"{__typename}"},' * 9_000 + b"{}]"),
    ]
    return [
        *(Sent(name, posted("/graphql", body)) for name, body in bodies),
        Sent("many header fields", _got(*(b"a%d: b" % n for n in range(5_000)))),
        Sent("many cookies", _got(b"Cookie: " + b"; ".join(b"a%d=b" % n for n in range(2_000)))),
        Sent("a long cookie", _got(b"Cookie: zenmode_session=" + b"x" * 15_000)),
        Sent("a long Authorization",
             _got(b"Authorization: Bearer " + b"x" * 15_000, path=b"/graphql?query=a")),
        Sent("a long Accept", _got(b"Accept: " + b"a/b;q=0.1," * 1_500, path=b"/graphql?query=a")),
        Sent("a long path", _got(path=b"/" + b"a/" * 7_000)),
        Sent("a long query", _got(path=b"/api/v1/tasks?" + b"a=1&" * 3_500)),
        Sent("many requests at once", _got() * 3_000),
        Sent("many refused requests at once", _got(path=b"/nope") * 3_000),
        Sent("many operations at once", posted("/graphql", b'{"query":"{__typename}"}') * 1_000),
    ]  # fmt: skip


def frames_of_strangers() -> list[Sent]:
    """What can be said on a WebSocket before anybody is known."""
    text, continued, ping, pong = 1, 0, 9, 10
    init = json.dumps({"type": "connection_init", "payload": _unknown_names(4_000)}).encode()
    frames = [
        ("empty pings", frame(ping) * 300_000),
        ("pings", frame(ping, b"x" * 125) * 15_000),
        ("empty pongs", frame(pong) * 300_000),
        ("messages that ping", frame(text, b'{"type":"ping"}') * 100_000),
        ("messages that pong", frame(text, b'{"type":"pong"}') * 100_000),
        ("a message in pieces",
         frame(text, b"{", is_last=False) + frame(continued, b" ", is_last=False) * 200_000),
        ("a large introduction", frame(text, init)),
        ("a frame of 60 kB", frame(text, b'{"type":"' + b"x" * 60_000 + b'"}')),
        ("a frame of 2 MB", frame(text, b" " * 2_000_000)),
    ]  # fmt: skip
    return [Sent(name, data, _HANDSHAKE) for name, data in frames]


def sent_by_strangers() -> list[Sent]:
    """Everything here, as bytes."""
    operations = [Sent(one.name, posted("/graphql", one.body)) for one in of_strangers()]
    return [*operations, *heads_and_bodies(), *frames_of_strangers()]
