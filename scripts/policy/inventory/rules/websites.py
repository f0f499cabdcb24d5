"""What may run on a website."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from policy.findings import Finding
from policy.inventory.explain import shown
from policy.inventory.fields import Loading, TransferGround
from policy.inventory.model import CONTROLLER, Inventory, Service
from policy.inventory.rules.names import service_file, website_file
from policy.inventory.rules.trackers import is_under

CONSENT_RECORD = "consent-record"
"""The service that the consent module itself is."""

_LOGIN_HOSTS = ("accounts.google.com", "appleid.apple.com", "appleid.cdn-apple.com", "login.microsoftonline.com")
_AD_SERVERS = ("googlesyndication.com", "pubads.g.doubleclick.net", "securepubads.g.doubleclick.net")


def own_record(inventory: Inventory) -> Iterator[Finding]:
    """The module's own record is declared on every website (GDPR Art. 13)."""
    for website in inventory.websites:
        if CONSENT_RECORD not in website.services:
            message = f'The module\'s own record is not listed. Add "{CONSENT_RECORD}" to services.'
            yield Finding(message, website_file(website.id), path="services")


def none_retired(inventory: Inventory) -> Iterator[Finding]:
    """A retired service runs nowhere."""
    retired = {service.id: service.retired for service in inventory.services if service.retired}
    for website in inventory.websites:
        for index, id in enumerate(website.services):
            if id in retired:
                message = f"{shown(id)} was retired on {retired[id]}. Take it off this list, or remove `retired` there."
                yield Finding(message, website_file(website.id), path=f"services[{index}]")


def ads_need_a_platform(inventory: Inventory) -> Iterator[Finding]:
    """Google serves ads in the EEA only with a certified platform (its own condition since 16 January 2024)."""
    serving = {service.id for service in inventory.services if _serves_google_ads(service)}
    for website in inventory.websites:
        for index, id in enumerate(website.services):
            if id in serving and not website.certified_cmp:
                yield Finding(
                    f"{shown(id)} serves Google ads, which need a certified consent platform. "
                    "Name it in certified_cmp, or take the service off this website.",
                    website_file(website.id),
                    path=f"services[{index}]",
                )


def log_in_on_click(inventory: Inventory) -> Iterator[Finding]:
    """Code of a log-in button loads after consent and a click on that button (CJEU C-40/17, Fashion ID).

    A log-in service has the word `login` in its id or in a purpose, or loads a script of a log-in host.
    """
    for service in inventory.services:
        words = {word for id in (service.id, *service.purposes) for word in id.split("-")}
        hosts = any(is_under(host, login) for host in service.hosts.script for login in _LOGIN_HOSTS)
        if service.loading is not Loading.CLICK and ("login" in words or hosts):
            message = 'A log-in button loads nothing before it is clicked. Write loading = "click".'
            yield Finding(message, service_file(service.id), path="loading")


def privacy_links(inventory: Inventory) -> Iterator[Finding]:
    """A visitor finds the privacy statement of whoever else receives data."""
    for service in inventory.services:
        if service.recipient != CONTROLLER and not (service.links.privacy or service.links.confirm or service.confirm):
            message = f"{shown(service.recipient)} has no privacy statement here. Write its address in links.privacy."
            yield Finding(message, service_file(service.id), path="links")


def known_transfers(inventory: Inventory) -> Iterator[Finding]:
    """Nothing runs whose data would leave the EEA without a known ground (GDPR Art. 44)."""
    unknown = {
        recipient.id
        for recipient in inventory.recipients
        if any(TransferGround.UNKNOWN in transfer.grounds for transfer in recipient.transfers)
    }
    recipient_of = {service.id: service.recipient for service in inventory.services}
    for website in inventory.websites:
        for index, id in enumerate(website.services):
            if recipient_of.get(id) in unknown:
                yield Finding(
                    f"{shown(id)} sends data to '{recipient_of[id]}' without a known ground for the transfer. "
                    "Write the ground in recipients.toml, or take the service off this website.",
                    website_file(website.id),
                    path=f"services[{index}]",
                )


def origins(inventory: Inventory) -> Iterator[Finding]:
    """Each website has an origin of its own, and lies under the domain whose choice it shares."""
    first: dict[str, str] = {}
    for website in inventory.websites:
        if (other := first.setdefault(website.origin, website.id)) != website.id:
            message = f"{shown(website.origin)} is also the origin of '{other}'. Keep one of the two websites."
            yield Finding(message, website_file(website.id), path="origin")
        domain = website.shared_domain
        if domain and not is_under(urlsplit(website.origin).hostname or "", domain.removeprefix(".")):
            message = f"{shown(website.origin)} does not lie under {shown(domain)}. Write the domain that they share."
            yield Finding(message, website_file(website.id), path="shared_domain")


def languages(inventory: Inventory) -> Iterator[Finding]:
    """The module speaks each language of a website."""
    known = {notice.language for notice in inventory.notices}
    for website in inventory.websites:
        for index, language in enumerate(website.languages):
            if language not in known:
                message = f"The module has no words in {shown(language)}. Write docs/inventory/notice/{language}.toml,"
                message += " or remove the language."
                yield Finding(message, website_file(website.id), path=f"languages[{index}]")


def _serves_google_ads(service: Service) -> bool:
    """AdSense and Ad Manager, by the scripts and frames they load.

    Other hosts of doubleclick.net also measure the advertiser's own campaigns, which needs no such platform.
    """
    hosts = (*service.hosts.script, *service.hosts.frame)
    return any(is_under(host, server) for host in hosts for server in _AD_SERVERS)
