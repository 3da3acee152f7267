"""Which addresses lead to a person's profile, and what is said of those that don't."""

import pytest

from app.domain.linkedin.profile_url import NotAProfileError, find_slug, profile_url_problem

PROFILE = "must be a LinkedIn profile address"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/in/jane-doe",
        "http://linkedin.com/in/jane-doe",
        "HTTPS://WWW.LinkedIn.com/in/jane-doe/",
        "linkedin.com/in/jane-doe",
        "www.linkedin.com/in/jane-doe",
        "//www.linkedin.com/in/jane-doe",
        "  https://linkedin.com/in/jane-doe\n",
        "\u00a0https://linkedin.com/in/jane-doe\u3000",
        "https://m.linkedin.com/in/jane-doe",
        "https://mobile.linkedin.com/in/jane-doe",
        "de.linkedin.com/in/jane-doe",
        "https://www.linkedin.com/IN/jane-doe",
        "https://www.linkedin.com/mwlite/in/jane-doe",
        "https://www.linkedin.com/comm/in/jane-doe?midToken=x",
        "https://www.linkedin.com/MWLITE/In/jane-doe/en",
        "https://www.linkedin.com/in/jane-doe/en",
        "https://www.linkedin.com/in/jane-doe/overlay/contact-info/",
        "https://www.linkedin.com/in/jane-doe/recent-activity/all/",
        "https://www.linkedin.com/in/jane-doe/details/skills/?a=b#c",
        "https://www.linkedin.com/in/jane-doe?utm_source=a,b&x={{y}}",
        "https://www.linkedin.com/in/jane-doe#undefined",
        "https://www.linkedin.com/in/jane-doe/,",
    ],
)
def test_every_way_to_write_one_persons_address_leads_to_them(url: str) -> None:
    assert profile_url_problem(url) is None
    assert find_slug(url) == "jane-doe"


@pytest.mark.parametrize(
    "slug",
    [
        "x",
        "José-García",
        "jos%C3%A9",
        "王小明",
        "😀",
        "%E2%9C%94%EF%B8%8F-jane",
        "ACoAAB12_-",
        "jane-doe%2C-phd",
        "jane%20doe",
        "undefined-jane",
        "annulla",
        "None1",
        "jane.doe",
        "...",
        "%zz",
        "%",
        "100%",
        "jos%E9",
        "علی\u200cرضا",
        "👩\u200d💻",
    ],
)
def test_any_one_path_segment_is_a_slug(slug: str) -> None:
    assert profile_url_problem(f"https://linkedin.com/in/{slug}") is None
    assert find_slug(f"linkedin.com/in/{slug}/en") == slug


@pytest.mark.parametrize(
    "url",
    [
        "jane-doe",
        "/in/jane-doe",
        "in/jane-doe",
        "https://",
        "https://example.com/in/x",
        "https://linkedin.com.example.com/in/x",
        "https://notlinkedin.com/in/x",
        "https://linkedin.com@example.com/in/x",
        "https://example.com/?https://linkedin.com/in/x",
        "https://lin\u212aedin.com/in/x",
        "https://ｌinkedin.com/in/x",
        "https://www2.linkedin.com/in/x",
        "https://deu.linkedin.com/in/x",
        "https://a.b.linkedin.com/in/x",
        "ftp://linkedin.com/in/x",
        "javascript://linkedin.com/in/x",
        "https:linkedin.com/in/x",
        "https:/linkedin.com/in/x",
    ],
)
def test_what_is_no_address_at_linkedin_is_refused(url: str) -> None:
    assert profile_url_problem(url) == PROFILE


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://linkedin.com:443/in/x", "without a port"),
        ("\ufeffhttps://linkedin.com/in/x", "without invisible characters (U+FEFF)"),
        ("https://\u200blinkedin.com/in/x", "without invisible characters (U+200B)"),
        ("https://linkedin.com:/in/x", "without a port"),
        ("https://me@linkedin.com/in/x", "without user name and password"),
        ("https://me:word@linkedin.com/in/x", "without user name and password"),
        ("https://linkedin.com/in/", "with exactly one name behind /in/"),
        ("https://linkedin.com/in", "with exactly one name behind /in/"),
        ("https://linkedin.com/in//x", "with exactly one name behind /in/"),
        ("https://linkedin.com/in/#N/A", "with exactly one name behind /in/"),
        ("https://linkedin.com/in/?x", "with exactly one name behind /in/"),
        ("https://linkedin.com/in/x\\y", "with exactly one name behind /in/"),
        ("https://linkedin.com/in/jane doe", "without white space in it"),
        ("https://linkedin.com/in/x?a=b c", "without white space in it"),
        ("https://linkedin.com/in/x\nhttps://linkedin.com/in/y", "without white space in it"),
        ("https://linkedin.com/in/..", "without . and .. in its path"),
        ("https://linkedin.com/in/x/../../company/y", "without . and .. in its path"),
        ("https://linkedin.com/in/%2E%2e/company/y", "without . and .. in its path"),
    ],
)
def test_an_address_that_is_nearly_right_is_refused_with_what_is_wrong(url: str, what: str) -> None:
    assert profile_url_problem(url) == f"{PROFILE}, {what}"


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("https://www.linkedin.com/sales/lead/ACwAA,NAME_SEARCH", "a Sales Navigator address"),
        ("linkedin.com/sales/people/ACwAA", "a Sales Navigator address"),
        ("https://www.linkedin.com/Sales/lead/x", "a Sales Navigator address"),
        ("https://www.linkedin.com/talent/profile/AEMAA", "a Recruiter address"),
        ("https://www.linkedin.com/recruiter/profile/1,2", "a Recruiter address"),
        ("https://www.linkedin.com/pub/jane-doe/1/2/3", "an old public profile address"),
        ("https://www.linkedin.com/company/acme/", "a company's page"),
        ("https://www.linkedin.com/mwlite/company/acme/", "a company's page"),
        ("https://www.linkedin.com/comm/company/acme", "a company's page"),
        ("https://www.linkedin.com/school/mit", "a school's page"),
        ("https://www.linkedin.com/feed/update/urn:li:activity:1", "a post"),
        ("https://lnkd.in/abc", "a short link"),
        ("lnkd.in/abc", "a short link"),
        ("urn:li:fsd_profile:ACoAA", "a URN"),
        ("URN:li:person:x", "a URN"),
        ("https://www.linkedin.com/", "an address that does not lead to a person's profile"),
        ("https://www.linkedin.com", "an address that does not lead to a person's profile"),
        ("https://www.linkedin.com/authwall", "an address that does not lead to a person's"),
    ],
)
def test_another_kind_of_address_is_refused_with_what_it_is_and_what_to_send(
    url: str, seen: str
) -> None:
    problem = profile_url_problem(url)

    assert problem is not None
    assert problem.startswith(f"{PROFILE}; this is {seen}")
    assert problem.endswith("send the person's own address, https://www.linkedin.com/in/…")


@pytest.mark.parametrize(
    ("slug", "sign"),
    [
        ("undefined", "“undefined”"),
        ("Undefined", "“undefined”"),
        ("null", "“null”"),
        ("NULL", "“null”"),
        ("None", "“none”"),
        ("NaN", "“nan”"),
        ("%6Eull", "“null”"),
        ("undefined?x", "“undefined”"),
        ("undefined/", "“undefined”"),
        ("undefined/en", "“undefined”"),
        ("%20null%20", "“null”"),
        ("%20", "only blanks"),
        ("%20%20/", "only blanks"),
        ("%C2%A0", "only blanks"),
        ("{{slug}}", "a placeholder"),
        ("jane-{{last}}", "a placeholder"),
        ("%7B%7Bslug%7D%7D", "a placeholder"),
        ("${slug}", "a placeholder"),
        ("{slug}", "a placeholder"),
        ("<slug>", "a placeholder"),
        ("[slug]", "a placeholder"),
        ("%5Bobject%20Object%5D", "a placeholder"),
        ("%SLUG%", "a placeholder"),
        ("jane-doe,Jane,Doe", "a comma"),
        ("jane,", "a comma"),
        ("jane%2Fdoe", "an encoded slash"),
        ("https%3a%2f%2flinkedin.com%2fin%2fx", "an encoded slash"),
        ("jane%5Cdoe", "an encoded slash"),
        ("urn%3Ali%3Aperson%3Ax", "a URN"),
        ("urn:li:fsd_profile:x", "a URN"),
        ("jane\u200bdoe", "an invisible character (U+200B)"),
        ("jane-doe\u200b", "an invisible character (U+200B)"),
        ("\ufeffjane", "an invisible character (U+FEFF)"),
        ("jane%E2%80%8Bdoe", "an invisible character (U+200B)"),
        ("jane\u00addoe", "an invisible character (U+00AD)"),
        ("jane\u202edoe", "an invisible character (U+202E)"),
        ("jane\u200ddoe", "an invisible character (U+200D)"),
        ("علی\u200c", "an invisible character (U+200C)"),
        ("\u200d", "an invisible character (U+200D)"),
        ("jane%00", "an invisible character (U+0000)"),
        ("jane%0Adoe", "an invisible character (U+000A)"),
        ("jane%7f", "an invisible character (U+007F)"),
        ("\u3164", "an invisible character (U+3164)"),
        ("jane\u2800", "an invisible character (U+2800)"),
    ],
)
def test_a_slug_that_was_not_filled_in_is_refused_in_words(slug: str, sign: str) -> None:
    problem = profile_url_problem(f"https://linkedin.com/in/{slug}")

    assert problem is not None
    assert problem.startswith("looks like a template that was not filled in: there ")
    assert sign in problem


def test_an_account_that_is_there_already_is_found_whatever_its_slug() -> None:
    assert find_slug("https://linkedin.com/in/null") == "null"


@pytest.mark.parametrize("url", ["", " ", "https://linkedin.com/company/x"])
def test_without_a_profile_there_is_no_slug(url: str) -> None:
    with pytest.raises(NotAProfileError):
        find_slug(url)
