# ruff: noqa: E501
"""Odd requests: what they are does not matter, only that each gets a proper answer."""

import json

PROFILE = "https://linkedin.com/in/jane-doe"
NEW_TASK = {"action_type": "follow", "payload": {"profile_url": PROFILE}}


def ordered(**fields: object) -> bytes:
    """An order with some fields of another kind."""
    return json.dumps({**NEW_TASK, **fields}).encode()


def paid(**fields: object) -> bytes:
    """An order with an odd payload."""
    return ordered(payload={"profile_url": PROFILE, **fields})


ODD_VALUES: list[object] = [
    None, True, False, 0, -1, 1.5, 2**31, 2**63, 2**64, 1e308, "", " ", "\x00", "a\x00b",
    "\ud800", "\udfff", "😀" * 2_000, "‮", "%00", "../../etc/passwd", "' OR 1=1 --", "<script>",
    "{{7*7}}", "${jndi:ldap://x}", [], [[]], {}, {"$ne": None}, [None], ["a"] * 1_000,
]  # fmt: skip
FIELDS = ("action_type", "linkedin_account_id", "payload", "priority", "scheduled_at")

REST_BODIES: list[bytes] = [
    *(ordered(**{field: value}) for field in FIELDS for value in ODD_VALUES),
    *(paid(profile_url=value) for value in ODD_VALUES),
    *(paid(message=value) for value in ODD_VALUES),
    *(
        paid(profile_url=url)
        for url in (
            "https://linkedin.com/in/",
            "https://linkedin.com/in//",
            "https://linkedin.com:443/in/x",
            "https://user@linkedin.com/in/x",
            "https://linkedin.com.evil.example/in/x",
            "https://evil.example/linkedin.com/in/x",
            "https://linkedin.com@evil.example/in/x",
            "https://linkedin.com\\@evil.example/in/x",
            "javascript://linkedin.com/in/x",
            "https://linkedin.com/in/x\nHost: y",
            "https://linkedin.com/in/..",
            "https://xx.yy.linkedin.com/in/x",
            "//linkedin.com/in/x",
            "https://linkedin.com/company/x",
            "https://linkedin.com/in/" + "x" * 2_100,
        )
    ),
    b"",
    b" ",
    b"\x00",
    b"\xef\xbb\xbf{}",
    b"\xff\xff",
    b"{",
    b"}",
    b"{]",
    b"[",
    b"[" * 50_000,
    b'{"a":' * 20_000,
    b'"',
    b"nul",
    b"NaN",
    b"-",
    b"1e999999",
    b'{"action_type":"follow","action_type":"message"}',
    b'{"action_type":"\\ud83d"}',
    b'{"action_type":"\\u0000"}',
    b"{'action_type':'follow'}",
    b'{"action_type":"follow",}',
    b"// comment\n{}",
    b'{"__proto__":{}}',
    b'{"constructor":1}',
    b"<xml/>",
    b"action_type=follow",
    b"\x1f\x8b\x08\x00\x00",
]
REST_PATHS = [
    "/tasks?status=%00", "/tasks?status=%FF", "/tasks?limit=1e2", "/tasks?limit=%20 1",
    "/tasks?limit=٣", "/tasks?offset=2147483648", "/tasks?offset=-0", "/tasks?%00=1",
    "/tasks?linkedin_account_id=%00", "/tasks?linkedin_account_id=%ED%A0%80", "/tasks?status",
    "/tasks?status=completed&status=failed", "/tasks?" + "a" * 3_000, "/tasks?limit[]=1",
    "/tasks/%2e%2e/%2e%2e/etc/passwd", "/tasks/%00", "/tasks/%FF%FE", "/tasks/" + "9" * 1_000,
    "/tasks/task_%F0%9F%98%80", "/tasks/;drop", "/tasks//", "//tasks", "/webhooks?id=%00",
    "/webhooks?id=1;2", "/webhooks?id=0x10", "/webhooks?id=" + "9" * 1_000, "/webhooks/-1",
    "/webhooks/1e3", "/webhooks/%31", "/linkedin-accounts?x=1", "/openapi.json?x=1", "/%2F",
]  # fmt: skip
WEBHOOK_BODIES = [
    json.dumps({"url": url, "events": ["task.failed"]}).encode()
    for url in (
        "http://example.com/", "https://", "https://localhost/", "https://127.0.0.1/",
        "https://2130706433/", "https://0x7f.1/", "https://0177.0.0.1/", "https://127.1/",
        "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/",
        "https://169.254.169.254/latest", "https://user:pw@example.com/",
        "https://example.com:22/", "https://example.com:99999/", "https://exa mple.com/",
        "https://１２７.0.0.1/", "ftp://example.com", "https://[fe80::1%25eth0]/", "https://.",
        "https://" + "a" * 300 + ".com/", "https://example.com/" + "x" * 2_100,
    )
] + [
    json.dumps({"url": "https://x.example/", "events": events}).encode()
    for events in (
        [], None, "task.failed", ["task.failed", "task.failed"], ["other"], [1], [[]], {}, [None],
    )
]  # fmt: skip
GRAPHQL_BODIES: list[bytes] = [
    *(json.dumps({"query": value}).encode() for value in ODD_VALUES),
    *(
        json.dumps({"query": "{ viewer { workspace { id } } }", "variables": value}).encode()
        for value in ODD_VALUES
    ),
    *(
        json.dumps({"query": "query Q($id: ID!) { task(id: $id) { id } }",
                    "variables": {"id": value}}).encode()
        for value in ODD_VALUES
    ),
    *(
        json.dumps({"query": document}).encode()
        for document in (
            "{", "}", "query", "{ }", "{ nothing }", "{ viewer }", "query A { viewer { x } }",
            "{ task(id: \"\\u0000\") { id } }", "{ tasks(first: 0) { nodes { id } } }",
            "{ tasks(first: 101) { nodes { id } } }", "{ tasks(first: -1) { nodes { id } } }",
            "{ tasks(first: 99999999999) { nodes { id } } }", "{ tasks(offset: -5) { nodes { id } } }",
            "{ tasks(after: \"nope\") { nodes { id } } }", "{ tasks(after: \"c2VxOng=\") { nodes { id } } }",
            "{ webhook(id: 99999999999) { id } }", "{ webhook(id: -1) { id } }",
            "{ usage(days: 0) { days { date } } }", "{ usage(days: 100000) { days { date } } }",
            "{ node(id: \"\") { id } }", "{ node(id: \"xyz_1\") { id } }", "subscription { task(id: \"x\") { id } }",
            "fragment A on Task { ...A } { task(id: \"x\") { ...A } }",
            "{ a: viewer { b: workspace { id } } }" * 50, "{" + " a: viewer { workspace { id } }" * 500 + "}",
            "{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }",
            "mutation { createTask(input: {}) { task { id } } }",
            "mutation { recoverDeliveries(webhookId: 1, since: \"yesterday\") { count } }",
            "mutation { createTasks(inputs: []) { tasks { id } } }", "#" * 3_000, "{" * 3_000,
            "query($a: Int = 1e999) { usage(days: $a) { days { date } } }", "\u2028{ viewer { workspace { id } } }",
        )
    ),
]  # fmt: skip
