"""The names that generated modules use themselves, so that nothing in them may take these."""

from __future__ import annotations

from calque.config import TAKEN

_FORMATS = (
    "DateTime",
    "Time",
    "Uuid",
    "HttpDate",
    "UnixTime",
    "Int64String",
    "Base64",
    "Base64Url",
    "DecimalString",
)

_BUILTINS = [
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "BaseExceptionGroup",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "BytesWarning",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "DeprecationWarning",
    "EOFError",
    "Ellipsis",
    "EncodingWarning",
    "EnvironmentError",
    "Exception",
    "ExceptionGroup",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning",
    "GeneratorExit",
    "IOError",
    "ImportError",
    "ImportWarning",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotADirectoryError",
    "NotImplemented",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PendingDeprecationWarning",
    "PermissionError",
    "ProcessLookupError",
    "RecursionError",
    "ReferenceError",
    "ResourceWarning",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "SystemExit",
    "TabError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "UnicodeWarning",
    "UserWarning",
    "ValueError",
    "Warning",
    "ZeroDivisionError",
]
"""The builtins that are named as classes are: a checker may take one for the other."""

CLASSES = frozenset(
    {
        *("Model", "OpenModel", "FormattedModel", "OneOf"),
        *("OpenStrEnum", "OpenIntEnum", "ClosedStrEnum", "ClosedIntEnum"),
        *("UNSET", "UnsetType", "JsonValue", "UnknownVariant", "XmlName"),
        *_FORMATS,
        *("TYPE_CHECKING", "Literal", "TypeAlias", "UUID", "Decimal"),
        *_BUILTINS,
    }
)
"""In modules of models."""

RESOURCES = frozenset(
    {"cached_property", "close", "from_connection_string", "with_response"}
)
"""As attributes of a client."""

RESOURCE_CLASSES = frozenset(
    {
        *("Api", "Client", "HttpClient", "Timeout", "TokenProvider", "Mapping", "Self"),
        *("AsyncClient", "AsyncHttpClient", "AsyncTokenProvider"),
        *("ApiKey", "Basic", "BasicCredentials", "Bearer", "HmacSha256", "AccessKey"),
        *("OAuth2", "OpenIdConnect", "ClientCredentials", "RefreshToken"),
        *("Signed", "Signer", "MutualTls", "ClientCertificate", "Network", "Server"),
        *("Transport", "Middleware", "AsyncTransport", "AsyncMiddleware", "Sequence"),
        *("Operation", "Json", "Text", "Binary", "Empty", "Idempotency", "Style"),
        *("Caller", "AsyncCaller", "RequestOptions", "UnsetType", "UNSET"),
        *("UUID", "Decimal", "Literal", "DEFAULT_TIMEOUT", "TYPE_CHECKING"),
        *_FORMATS,
        *("JsonValue", "Form", "Multipart", "Part", "Raw", "ByMediaType"),
        *("File", "Content", "AsyncContent", "Bodies", "BodyForm"),
        *("PagedOperation", "Pager", "AsyncPager", "NextLink", "LinkHeader"),
        *("Cursor", "Offset", "PageNumber", "StreamOperation", "Stream", "AsyncStream"),
        *("EventFraming", "ServerSentEvent", "JsonLines", "JsonSequence"),
        *("LongRunningOperation", "Poller", "AsyncPoller"),
        *("Read", "XmlReader", "XmlBody", "XmlName", "Awaitable"),
    }
)
"""In modules of resources, and of the client."""

FIELDS = frozenset(
    {
        *("str", "int", "float", "bool", "bytes", "object", "list", "dict", "tuple"),
        *("m", "dt", "field", "const", "read_only"),
    }
)
"""In the body of a model."""

HEADERS = FIELDS | {"of", "issues", "styles"}
"""As attributes of the header fields of answers."""

HEADER_CLASSES = frozenset({"Headers", "ResponseHeaders"})
"""In the module of the header fields of answers."""

WEBHOOKS = FIELDS | {
    *("unwrap", "receive", "parse_unverified", "any_webhook", "annotations"),
    *("builtins", "models", "Webhook", "Headers", "ResponseHeaders"),
}
"""In the module of webhooks."""

ADDITIONAL = "additional_properties"
"""The field of a model for what it does not declare, where there may be such."""

PARAMETERS = frozenset(
    {"self", "options", "m", "dt", "http_date", "unix_time", "base64url", "written"}
)
"""As arguments of a method."""

CHOICE = frozenset({"content_type", "given", "chosen"})
"""As arguments of a method whose body may be sent in several media types."""

SWITCHES = frozenset({"either", "async_either"})
"""As arguments of a method that answers at once or with a stream."""

METHODS = frozenset({"m", "dt", "builtins"})
"""As methods of a resource."""

PACKAGES = TAKEN | {"api", "test", "tests"}
"""As import names: too common, or in use."""
