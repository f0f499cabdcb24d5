"""A certificate for this machine's own names, and the authority that vouches for it."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAMES = ("localhost", "www.leiz.test", "privacy.leiz.test", "www.leiz.nl")
_FROM, _UNTIL = datetime(2020, 1, 1), datetime(2049, 12, 31)


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files in PEM: the authority to trust, the certificate of the server and its private key."""

    authority: Path
    certificate: Path
    key: Path


def certificates(folder: Path) -> Certificates:
    """Make them in a folder; valid for NAMES and 127.0.0.1, longer than any test."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Certificates(*(folder / name for name in ("authority.pem", "certificate.pem", "key.pem")))
    authority_key, key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    authority = _authority(authority_key)
    made.authority.write_bytes(authority.public_bytes(Encoding.PEM))
    made.certificate.write_bytes(_server(key, authority, authority_key).public_bytes(Encoding.PEM))
    made.key.touch(mode=0o600)
    made.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return made


def _authority(key: EllipticCurvePrivateKey) -> x509.Certificate:
    name = _name("Authority of the tests")
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)  # signs certificates, and lists
    return (
        _builder(name, name, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )


def _server(
    key: EllipticCurvePrivateKey, authority: x509.Certificate, authority_key: EllipticCurvePrivateKey
) -> x509.Certificate:
    names = [*(x509.DNSName(name) for name in NAMES), x509.IPAddress(IPv4Address("127.0.0.1"))]
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    return (
        _builder(_name(NAMES[0]), authority.subject, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(above, critical=False)
        .sign(authority_key, SHA256())
    )


def _builder(subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
