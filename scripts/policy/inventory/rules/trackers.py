"""Names and hosts that are known to track: they can never be exempt from consent.

Collected from the makers' own lists and the Open Cookie Database (November 2026); `*` stands for any text.
"""

from collections.abc import Iterator
from enum import StrEnum
from fnmatch import fnmatchcase


class Use(StrEnum):
    """What a known tracker is made for."""

    COUNTS = "counting visits"
    RECORDINGS = "recordings"
    SURVEYS = "surveys"
    ADS = "advertising"
    ACCOUNT = "an account elsewhere"
    PERFORMANCE = "measuring speed"


_NAMES: dict[tuple[str, Use], str] = {
    ("Google Analytics", Use.COUNTS): "_ga _ga_* _gid _gat _gat_* _dc_gtm_* FPID FPLC AMP_TOKEN __utm?",
    ("Google", Use.ADS): (
        "_gcl_* _gac_* __gads __gpi __gpi_optout __eoi __gsas FPAU FPGCL* IDE DSID RUL FLC APC ANID AID TAID "
        "NID 1P_JAR __Secure-ENID google_adsense_settings google_ama_* google_pub_config"
    ),
    ("Google", Use.ACCOUNT): (
        "SID HSID SSID APISID SAPISID SIDCC LSID __Secure-?PSID* __Secure-?PAPISID __Host-?PLSID __Host-GAPS"
    ),
    ("YouTube", Use.ADS): "VISITOR_INFO1_LIVE VISITOR_PRIVACY_METADATA __Secure-ROLLOUT_TOKEN YSC ACLK_DATA",
    ("Meta", Use.ADS): "_fbp _fbc fr usida datr sb",
    ("Meta", Use.ACCOUNT): "c_user xs fbm_* fblo_* fblst_*",
    ("Hotjar", Use.RECORDINGS): (
        "_hjSession* _hjid _hjRecording* _hjIncludedIn* _hjAbsoluteSessionInProgress _hjFirstSeen "
        "_hjHasCachedUserAttributes _hjUserAttributes* _hjCachedUserAttributes hjViewportId hjActiveViewportIds"
    ),
    ("Hotjar", Use.SURVEYS): ("_hjClosedSurveyInvites _hjMinimized* _hjDone* _hjShownFeedbackMessage"),
    ("Hotjar", Use.PERFORMANCE): "_hj*",
    ("Contentsquare", Use.RECORDINGS): "_cs_id _cs_s _cs_c _cs_s_ctx _cs_mk* _cs_cvars _cs_i",
    ("Microsoft Clarity", Use.RECORDINGS): "_clck _clsk CLID",
    ("Microsoft", Use.ADS): "MUID MUIDB _uet* ANONCHK SRM_B SM",
    ("Mouseflow", Use.RECORDINGS): "mf_*",
    ("FullStory", Use.RECORDINGS): "fs_uid fs_lua",
    ("LogRocket", Use.RECORDINGS): "_lr_*",
    ("New Relic", Use.PERFORMANCE): "NRBA_SESSION* NREUM NRAGENT",
    ("LinkedIn", Use.ADS): "li_* bcookie bscookie lidc UserMatchHistory AnalyticsSyncHistory ln_or",
    ("TikTok", Use.ADS): "_tt_* _ttp ttcsid*",
    ("Pinterest", Use.ADS): "_pin_* _pinterest_* _derived_epik",
    ("X", Use.ADS): "personalization_id muc_ads guest_id_* twid",
    ("Snap", Use.ADS): "_scid* sc_at",
    ("Vimeo", Use.COUNTS): "vuid",
    ("HubSpot", Use.COUNTS): "__hstc hubspotutk __hssrc",
    ("Criteo", Use.ADS): "cto_bundle cto_bidid",
    ("Adobe", Use.COUNTS): "AMCV_* s_vi s_ecid",
    ("Yandex", Use.COUNTS): "_ym_*",
    ("Amplitude and Mixpanel", Use.COUNTS): "amp_* AMP_* mp_*_mixpanel",
}
_HOSTS: dict[str, str] = {
    "Google Analytics": "google-analytics.com analytics.google.com googletagmanager.com",
    "Google advertising": "doubleclick.net googlesyndication.com googleadservices.com adservice.google.com",
    "Meta": "connect.facebook.net facebook.com",
    "Hotjar": "hotjar.com hotjar.io",
    "Contentsquare": "contentsquare.net",
    "Microsoft Clarity": "clarity.ms bat.bing.com",
    "New Relic": "js-agent.newrelic.com nr-data.net",
    "LinkedIn": "snap.licdn.com px.ads.linkedin.com",
    "TikTok": "analytics.tiktok.com",
    "Pinterest": "ct.pinterest.com s.pinimg.com",
    "Mouseflow": "mouseflow.com",
    "FullStory": "fullstory.com",
    "HubSpot": "hs-analytics.net hs-scripts.com",
    "Criteo": "criteo.com criteo.net",
}
_PATTERNS = tuple((pattern, maker, use) for (maker, use), names in _NAMES.items() for pattern in names.split())
_KNOWN_HOSTS = tuple((host, maker) for maker, hosts in _HOSTS.items() for host in hosts.split())


def known_trackers(name: str) -> Iterator[tuple[str, Use]]:
    """Maker and use of each known tracker that a storage item's name may stand for, the closest first.

    A `*` in the name counts as well: `_*` may stand for `_ga`.
    """
    for pattern, maker, use in _PATTERNS:
        if fnmatchcase(name, pattern) or ("*" in name and fnmatchcase(pattern.replace("*", "x"), name)):
            yield maker, use


def tracker_of_host(host: str) -> str | None:
    """The maker of the known tracker on a host, or None."""
    return next((maker for known, maker in _KNOWN_HOSTS if is_under(host, known)), None)


def is_under(host: str, domain: str) -> bool:
    """Whether a host, such as `*.example.com`, is a domain or lies under it."""
    plain = host.removeprefix("*").removeprefix(".")
    return plain == domain or plain.endswith("." + domain)
