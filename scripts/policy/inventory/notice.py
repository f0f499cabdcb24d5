"""The words of the consent module: frozen values, one file for each language."""

from pydantic import Field

from policy.inventory.fact import Fact
from policy.inventory.fields import Id, Language, Text


class PurposeWords(Fact):
    """A purpose in another language than the inventory's own."""

    name: Text
    sentence: Text


class Notice(Fact):
    """The words of the consent module in one language."""

    language: Language
    title: Text
    intro: Text = Field(description="{controller}, {website} and {recipients} are filled in.")
    recipients_none: Text = Field(description="Fills {recipients} where nobody else gets data.")
    recipients_one: Text
    recipients_many: Text = Field(description="{number} is filled in.")
    shared: Text = Field(description="Shown where sub-domains share a choice; {domain} is filled in.")
    change_later: Text
    more: Text
    allow_all: Text
    refuse_all: Text
    choose: Text
    save: Text
    close: Text
    saved: Text
    settings: Text
    changes_title: Text
    changes_intro: Text = Field(description="{controller} and {website} are filled in.")
    allow_new: Text
    refuse_new: Text
    new_service: Text = Field(description="{service} and {purposes} are filled in.")
    new_purposes: Text = Field(description="{service} and {purposes} are filled in.")
    new_recipients: Text = Field(description="{service} and {recipients} are filled in.")
    new_places: Text = Field(description="{service} and {places} are filled in.")
    new_items: Text = Field(description="{service} and {items} are filled in.")
    new_lifetimes: Text = Field(description="{service} and {items} are filled in.")
    new_readers: Text = Field(description="{service} and {recipients} are filled in.")
    preferences_title: Text
    preferences_intro: Text
    browser_refuses: Text
    always_on: Text
    services: Text
    needs_all: Text = Field(description="{purposes} is filled in.")
    lifetime: Text
    storage: Text
    recipient: Text
    session: Text
    tab: Text
    until_cleared: Text
    not_stored: Text
    frame_blocked: Text = Field(description="{service} is filled in.")
    load_once: Text
    load_always: Text
    always_for: Text = Field(description="{purposes} is filled in.")
    not_removed: Text = Field(description="{service} is filled in.")
    not_erased: Text = Field(description="{items} is filled in.")
    acts: Text
    acts_note: Text
    acts_none: Text
    act_all: Text
    act_none: Text
    act_some: Text
    act_signal: Text
    act_granted: Text
    act_refused: Text
    act_withdrawn: Text
    act_shown: Text
    save_page: Text
    save_json: Text
    announcement: Text | None = Field(
        None, description="Told before a new version of the policy is in force; {date} is filled in."
    )
    announcement_link: Text | None = Field(None, description="Needed beside 'announcement'; leads to what changes.")
    announcement_read: Text | None = Field(None, description="Needed beside 'announcement'; the button of who read it.")
    purposes: dict[Id, PurposeWords] = Field({}, description="Needed in another language than the inventory's own.")
