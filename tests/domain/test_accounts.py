"""How people are named, and what a password must be."""

from __future__ import annotations

import pytest

from kimcms.domain.accounts import SignInName, check_password, sign_in_name
from kimcms.domain.refusal import Refused


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        " 0812.3456.7890 ",
        "(0812) 3456-7890",
        "6281234567890",
        "62 812 3456 7890",
        "+6281234567890",
        "+62 812-3456-7890",
    ],
)
def test_one_number_in_every_spelling(typed):
    assert sign_in_name(typed) == SignInName(phone="+6281234567890")


def test_a_number_of_another_country():
    assert sign_in_name("+44 20 7946 0958") == SignInName(phone="+442079460958")


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        ("Bu.Siti@Contoh.ID", "bu.siti@contoh.id"),
        ("  a@b.co  ", "a@b.co"),
        ("nama+kim@surat.go.id", "nama+kim@surat.go.id"),
        ("redaksi@localhost", "redaksi@localhost"),
        ("0812@contoh.id", "0812@contoh.id"),
    ],
)
def test_an_address(typed, email):
    assert sign_in_name(typed) == SignInName(email=email)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "siti",
        "0812",
        "081234567890123456",
        "08123456789a",
        "++6281234567890",
        "+0812345678",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "0812\x0034567890",
        "@contoh.id",
        "a@",
        "a@b",
        "a b@contoh.id",
        "a@b@contoh.id",
        "a@contoh.id\nBcc: x@y.id",
        "a\nb@contoh.id",
        "a\0b@contoh.id",
        "a\0b@localhost",
        "a\x7fb@localhost",
        "a\x85b@localhost",
        "x" * 65 + "@contoh.id",
        "a@" + "x" * 250 + ".id",
        "a@contoh.i",
    ],
)
def test_what_names_nobody(typed):
    with pytest.raises(Refused) as refused:
        sign_in_name(typed)
    assert refused.value.code == "bad_name"


@pytest.mark.parametrize(
    "password", ["tiga-kata-acak", "abcdefghij", "sandi dengan spasi", "kata acak " * 20]
)
def test_passwords_that_will_do(password):
    check_password(password, "siti@contoh.id")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"),
        ("abcdefghi", "password_short"),
        ("abcd" * 50 + "e", "password_long"),
        ("siti.aminah@contoh.id", "password_is_name"),
        ("SITI.AMINAH@contoh.ID", "password_is_name"),
        ("siti.aminah", "password_is_name"),
        ("aaaaaaaaaaaa", "password_monotone"),
        ("abcabcabcabc", "password_monotone"),
    ],
)
def test_passwords_that_will_not(password, code):
    with pytest.raises(Refused) as refused:
        check_password(password, "siti.aminah@contoh.id")
    assert refused.value.code == code


def test_the_phone_number_is_no_password():
    with pytest.raises(Refused, match="password_is_name"):
        check_password("+6281234567890", "+6281234567890")
