"""What the inventory holds: frozen values, one class per table of the TOML files.

One module, though long: it is the format, read from top to bottom beside the files it describes, and holds no logic.
"""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from policy.inventory.fact import Fact
from policy.inventory.fields import (
    Country,
    Exemption,
    Host,
    Id,
    Language,
    LegalBasis,
    Lifetime,
    Link,
    Loading,
    Origin,
    Party,
    Provision,
    Role,
    StorageKind,
    Sureness,
    Text,
    TransferGround,
)
from policy.inventory.notice import Notice
from policy.inventory.translation import Translation

CONTROLLER = "controller"
"""Stands for the controller itself, as a recipient and as a reader of storage items."""

SITE = "site"
"""Stands for the website's own host, as the host of a storage item."""

OWN_LANGUAGE = "nl"
"""The language of the inventory itself; a notice in another language translates the purposes."""

Signal = Literal[
    "ad_personalization",
    "ad_storage",
    "ad_user_data",
    "analytics_storage",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
]
"""The signals of Google Consent Mode, version 2."""


class Stated(Fact):
    """A fact of one value; `value` may only be left out while `confirm` asks for it."""

    value: Text | None = None


class Address(Fact):
    """A postal or visiting address."""

    street: Text
    postcode: Text
    city: Text
    note: Text | None = None


class PrivacyContact(Fact):
    """Who answers about privacy; an officer only if registered as one (GDPR Art. 37(7))."""

    name: Text
    email: Text
    registered_officer: bool


class EmailTracking(Fact):
    """Whether newsletters measure opening and clicking (EDPB guidelines 2/2023)."""

    opens: bool
    clicks: bool


class Security(Fact):
    """The measures that protect personal data (GDPR Art. 32), as readers are told them."""

    measures: tuple[Text, ...] = Field(min_length=1)


class PolicySite(Fact):
    """Where the policy is published, and on which website's origin that is."""

    address: Link = Field(description="Ends in a slash; may hold a path, such as https://www.leiz.nl/privacy/")
    website: Id


class Controller(Fact):
    """GDPR Art. 13(1)(a) and (b): who is responsible and how to reach them."""

    name: Text
    legal_form: Stated
    postal_address: Address
    visiting_address: Address
    chamber_of_commerce: Stated
    vat: Stated
    phone: Stated
    email: Stated
    website: Stated
    privacy_contact: PrivacyContact
    email_tracking: EmailTracking
    security: Security | None = None
    policy_site: PolicySite


class DataCategory(Fact):
    """A kind of personal data."""

    id: Id
    name: Text
    voluntary: bool = Field(False, description="Given only if the data subject wants to.")
    observed: bool = Field(False, description="Not given by the data subject, but seen or received (GDPR Art. 14).")


class Activity(Fact):
    """A processing activity: what is done with which data, why, and for how long."""

    id: Id
    name: Text
    purpose: Text
    data: tuple[Id, ...] = Field(min_length=1)
    legal_basis: LegalBasis
    interest: Text | None = Field(None, description="Which legitimate interest, where that is the basis.")
    provision: Provision
    consequence: Text | None = Field(None, description="What happens if required data is not given.")
    source: Text = Field(description="Who the data comes from.")
    retention: Text = Field(description="A period, or the criterion that decides it.")
    recipients: tuple[Id, ...] = ()


class AutomatedDecisions(Fact):
    """GDPR Art. 13(2)(f) and 22."""

    used: bool
    explanation: Text


class Processing(Fact):
    """What is done with personal data."""

    data: tuple[DataCategory, ...]
    activities: tuple[Activity, ...]
    automated_decisions: AutomatedDecisions


class Category(Fact):
    """The heading under which purposes are shown."""

    id: Id
    name: Text
    sentence: Text
    also_called: tuple[Id, ...] = Field((), description="Names that the pages of a website already use for it.")


class Purpose(Fact):
    """What a storage item or service is used for; asked for, unless an exemption says why not."""

    id: Id
    category: Id
    name: Text
    sentence: Text = Field(description="One line for the first layer.")
    legal_basis: LegalBasis
    exemption: Exemption | None = None
    exemption_reason: Text | None = Field(
        None, description="Which service the visitor asked for, and why it needs this."
    )
    also_called: tuple[Id, ...] = Field((), description="Names that the pages of a website already use for it.")


class Purposes(Fact):
    """The file purposes.toml."""

    categories: tuple[Category, ...]
    purposes: tuple[Purpose, ...]


class Transfer(Fact):
    """A transfer to a country outside the EEA (GDPR Art. 13(1)(f))."""

    country: Country
    grounds: tuple[TransferGround, ...] = Field(min_length=1)
    copy_of_safeguards: Text = Field(description="How the data subject gets a copy.")
    checked: date


class Recipient(Fact):
    """Who receives personal data (GDPR Art. 4(9), 13(1)(e))."""

    id: Id
    name: Text = Field(description="The legal entity.")
    parent: Text | None = None
    role: Role
    task: Text
    country: Country
    transfers: tuple[Transfer, ...] = ()


class Recipients(Fact):
    """The file recipients.toml."""

    recipients: tuple[Recipient, ...]


class Hosts(Fact):
    """The hosts a service needs, by what the browser does with them; `*.` stands for any sub-domain."""

    script: tuple[Host, ...] = ()
    frame: tuple[Host, ...] = ()
    connect: tuple[Host, ...] = ()
    image: tuple[Host, ...] = ()
    style: tuple[Host, ...] = ()
    font: tuple[Host, ...] = ()
    media: tuple[Host, ...] = ()
    socket: tuple[Host, ...] = Field((), description="Hosts of WebSockets (wss://).")


HOST_KINDS = tuple(kind for kind in Hosts.model_fields if kind not in Fact.model_fields)


class Links(Fact):
    """Where the provider explains itself and where a visitor can object."""

    privacy: Link | None = None
    cookies: Link | None = None
    opt_out: Link | None = None


class LimitedAnalytics(Fact):
    """The conditions for measuring without consent (Tw 11.7a(3)(b)); all must be true."""

    own_use_only: bool
    no_cross_site_id: bool
    no_vendor_reuse: bool
    no_ads_link: bool


class Call(Fact):
    """How a provider's own script is told that consent is withdrawn, such as `fbq("consent", "revoke")`."""

    function: Text = Field(description="Its name, with dots where it lies in another object, such as _paq.push.")
    arguments: tuple[Text | bool | tuple[Text, ...], ...] = ()


class StorageItem(Fact):
    """Anything put on or read from the device; `*` in a name stands for the part that differs."""

    names: tuple[Text, ...] = Field(min_length=1)
    kind: StorageKind
    party: Party
    host: Host = Field(description="'site' for the website's own host, else the host that holds the item.")
    purpose: Id
    description: Text
    lifetime: Lifetime
    lifetime_reason: Text | None = Field(None, description="Needed where the lifetime is over 13 months.")
    renewed: bool = Field(description="Whether a visit starts the lifetime anew.")
    read_by: tuple[Id, ...] = Field(min_length=1, description="Recipient ids, or 'controller'.")
    source: Text = Field(description="Where this was found: an address or a few words.")
    sureness: Sureness


class Service(Fact):
    """Something a website loads or does that stores or reads on the device, or contacts another host.

    It runs only when every purpose it serves is exempt or granted.
    """

    id: Id
    name: Text
    recipient: Id
    description: Text
    purposes: tuple[Id, ...] = Field(min_length=1)
    loading: Loading = Loading.PAGE
    sends: Text = Field(description="Which data the recipient gets when the service runs.")
    retired: date | None = None
    checked: date
    hosts: Hosts = Hosts()
    links: Links = Links()
    limited_analytics: LimitedAnalytics | None = None
    also_called: tuple[Id, ...] = Field((), description="Names that the pages of a website already use for it.")
    consent_mode: dict[Signal, Id] = Field(
        {}, description="Google Consent Mode v2: the purpose that each signal is about. All start as denied."
    )
    on_withdrawal: tuple[Call, ...] = ()
    storage: tuple[StorageItem, ...] = ()


class Website(Fact):
    """A website of the controller, with the services that run on it."""

    id: Id
    name: Text
    origin: Origin
    languages: tuple[Language, ...] = Field(min_length=1)
    services: tuple[Id, ...]
    shared_domain: Host | None = Field(None, description="The domain whose sub-domains share one choice.")
    certified_cmp: Text | None = Field(None, description="The certified consent platform that AdSense needs.")


class Inventory(Fact):
    """The whole inventory; lists keep the order of the files, services and websites that of their ids."""

    controller: Controller
    processing: Processing
    categories: tuple[Category, ...]
    purposes: tuple[Purpose, ...]
    recipients: tuple[Recipient, ...]
    services: tuple[Service, ...]
    websites: tuple[Website, ...]
    notices: tuple[Notice, ...]
    translations: tuple[Translation, ...] = ()

    def purpose(self, id: str) -> Purpose:
        """The purpose of that id; KeyError if there is none."""
        return _by_id(self.purposes, id)

    def recipient(self, id: str) -> Recipient:
        """The recipient of that id; KeyError if there is none."""
        return _by_id(self.recipients, id)

    def service(self, id: str) -> Service:
        """The service of that id; KeyError if there is none."""
        return _by_id(self.services, id)

    def website(self, id: str) -> Website:
        """The website of that id; KeyError if there is none."""
        return _by_id(self.websites, id)


def _by_id(values: tuple[Any, ...], id: str) -> Any:
    for value in values:
        if value.id == id:
            return value
    raise KeyError(id)
