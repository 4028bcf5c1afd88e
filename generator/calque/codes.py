"""Every code that a diagnostic can have, and which of them are faults of the document."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """What kind of thing is wrong. `docs/diagnostics.md` has an example of each."""

    # The text cannot be read.
    UNREADABLE_FILE = "unreadable-file"
    ENCODING = "encoding"
    EMPTY = "empty"
    NOT_AN_OBJECT = "not-an-object"
    JSON_SYNTAX = "json-syntax"
    YAML_SYNTAX = "yaml-syntax"
    SEVERAL_DOCUMENTS = "several-documents"
    ALIAS_BOMB = "alias-bomb"
    TOO_DEEP = "too-deep"
    DUPLICATE_KEY = "duplicate-key"
    KEY_NOT_TEXT = "key-not-text"
    YAML_MERGE = "yaml-merge"
    YAML_TAG = "yaml-tag"
    NOT_JSON = "not-json"
    LONE_SURROGATE = "lone-surrogate"

    # Overlays.
    OVERLAY_INVALID = "overlay-invalid"
    OVERLAY_CONFLICT = "overlay-conflict"
    OVERLAY_UNMATCHED = "overlay-unmatched"

    # The version of OpenAPI.
    VERSION_MISSING = "version-missing"
    VERSION_NOT_TEXT = "version-not-text"
    VERSION_UNKNOWN = "version-unknown"
    VERSION_UNSUPPORTED = "version-unsupported"
    VERSION_SHORT = "version-short"

    # The form of an object.
    MISSING_FIELD = "missing-field"
    UNKNOWN_FIELD = "unknown-field"
    UNKNOWN_KEYWORD = "unknown-keyword"
    WRONG_TYPE = "wrong-type"
    UNKNOWN_TYPE = "unknown-type"
    UNKNOWN_VALUE = "unknown-value"
    UNKNOWN_STATUS = "unknown-status"
    PATH_NAME = "path-name"
    COMPONENT_NAME = "component-name"
    EMPTY_VALUE = "empty-value"
    TOO_MANY = "too-many"
    REPEATED_ITEM = "repeated-item"
    OUT_OF_RANGE = "out-of-range"
    CONFLICTING_FIELDS = "conflicting-fields"
    INVALID = "invalid"

    # Names that do not agree with each other.
    DUPLICATE_OPERATION_ID = "duplicate-operation-id"
    DUPLICATE_PARAMETER = "duplicate-parameter"
    DUPLICATE_TAG = "duplicate-tag"
    UNKNOWN_SECURITY_SCHEME = "unknown-security-scheme"
    UNDECLARED_PATH_PARAMETER = "undeclared-path-parameter"
    UNUSED_PATH_PARAMETER = "unused-path-parameter"
    UNDECLARED_SERVER_VARIABLE = "undeclared-server-variable"

    # Values that do not fit their schemas.
    DEFAULT_MISFIT = "default-misfit"
    EXAMPLE_MISFIT = "example-misfit"
    DEFAULT_NOT_ALLOWED = "default-not-allowed"

    # References.
    DANGLING_REF = "dangling-ref"
    WRONG_REF = "wrong-ref"
    CIRCULAR_REF = "circular-ref"
    REMOTE_REF = "remote-ref"
    REF_OUTSIDE = "ref-outside"
    UNREADABLE_REF = "unreadable-ref"
    REF_SIBLING = "ref-sibling"

    # What the package cannot say.
    COLLECTION_FORMAT = "collection-format"
    LEFT_OUT = "left-out"

    # What the lock remembers.
    RENAMED = "renamed"

    # What the package takes from files of the user's.
    ADOPTED_MISSING = "adopted-missing"
    EXTENSION_MISSING = "extension-missing"

    # What is wrong with the command, not with the document.
    REFUSED = "refused"


NOTES = frozenset(
    (
        Code.OVERLAY_UNMATCHED,
        Code.UNKNOWN_KEYWORD,
        Code.REF_SIBLING,
        Code.COLLECTION_FORMAT,
        Code.LEFT_OUT,
        Code.RENAMED,
        Code.ADOPTED_MISSING,
        Code.EXTENSION_MISSING,
    )
)
"""Warnings about documents that are not at fault: they stay warnings under `--strict`."""
